import { BRACKET_CLOSE, BRACKET_OPEN, COMMA, isDigit, numberAt, QUOTE, SPACE, startsWith } from '../bytes/ascii.ts';
import { NO_DAY, NO_TIME } from '../event.ts';
import type { ScannerClock } from './format.ts';
import { NAMED_MONTH_CLOCK, NO_CLOCK } from './server-clock.ts';
import { indexOfByte } from './spans.ts';
import { SyslogHead } from './syslog-head.ts';
import { UnixStampReader } from './unix-stamp.ts';

/** What a line tells, by its first words. */
export const Action = {
  Connect: 0,
  Command: 1,
  Response: 2,
  Debug: 3,
  Login: 4,
  Download: 5,
  Upload: 6,
  /** MKDIR, DELETE, RENAME, … */
  Other: 7,
} as const;
export type Action = (typeof Action)[keyof typeof Action];

const LETTER_A = 65;
const LETTER_C = 67;
const LETTER_D = 68;
const LETTER_F = 70;
const LETTER_O = 79;
const LETTER_Z = 90;
const ACTION_BYTES = 16;

/** The parts of a line of vsftpd: `date [pid N] [user] ACTION: Client "address", rest`. */
export class VsftpdLine {
  clock: ScannerClock = NO_CLOCK;
  day = NO_DAY;
  ms = NO_TIME;
  /** The process, -1 where syslog left it out. */
  pid = -1;
  action: Action = Action.Other;
  actionStart = 0;
  /** Whether the action is called OK, not FAIL. */
  ok = true;
  userStart = 0;
  userEnd = 0;
  clientStart = 0;
  clientEnd = 0;

  private readonly stamp = new UnixStampReader();
  private readonly head = new SyslogHead();

  /** Reads `bytes[start, end)`; returns where what follows the client begins, or -1 for another kind of line. */
  read(bytes: Uint8Array, start: number, end: number): number {
    const headEnd = this.readHead(bytes, start, end);
    return headEnd < 0 ? -1 : this.readWhat(bytes, headEnd, end);
  }

  /** Reads date and process; returns the offset behind them, or -1. */
  private readHead(bytes: Uint8Array, start: number, end: number): number {
    let i = this.stamp.readCtime(bytes, start, end);
    if (i < 0) {
      i = this.head.read(bytes, start, end, 'vsftpd');
      if (i < 0) return -1;
      const own = this.readOwnHead(bytes, this.stamp.readCtime(bytes, i, end), end);
      if (own >= 0) return own;
      this.day = this.head.day;
      this.ms = this.head.ms;
      this.pid = this.head.pid;
      this.clock = this.head.clock;
      return i;
    }
    return this.readOwnHead(bytes, i, end);
  }

  private readOwnHead(bytes: Uint8Array, start: number, end: number): number {
    if (start < 0 || !startsWith(bytes, start, end, ' [pid ')) return -1;
    let i = start + 6;
    this.pid = numberAt(bytes, i, end);
    while (i < end && isDigit(bytes[i]!)) i++;
    if (this.pid < 0 || bytes[i] !== BRACKET_CLOSE || bytes[i + 1] !== SPACE) return -1;
    this.day = this.stamp.day;
    this.ms = this.stamp.ms;
    this.clock = NAMED_MONTH_CLOCK;
    return i + 2;
  }

  /** Reads user, action and client; returns where the rest begins, or -1. */
  private readWhat(bytes: Uint8Array, start: number, end: number): number {
    this.userStart = this.userEnd = start;
    if (bytes[start] !== BRACKET_OPEN) return this.readAction(bytes, start, end);
    // The name is what a client sent: it may hold brackets.
    for (let i = start + 1; i + 1 < end; i++) {
      if (bytes[i] !== BRACKET_CLOSE || bytes[i + 1] !== SPACE) continue;
      const rest = this.readAction(bytes, i + 2, end);
      if (rest < 0) continue;
      this.userStart = start + 1;
      this.userEnd = i;
      return rest;
    }
    return -1;
  }

  private readAction(bytes: Uint8Array, start: number, end: number): number {
    let i = start;
    this.ok = true;
    this.actionStart = start;
    switch (bytes[start]) {
      case LETTER_F:
        if (startsWith(bytes, i, end, 'FTP command')) return this.readClient(bytes, i + 11, end, Action.Command);
        if (startsWith(bytes, i, end, 'FTP response')) return this.readClient(bytes, i + 12, end, Action.Response);
        if (!startsWith(bytes, i, end, 'FAIL ')) return -1;
        this.ok = false;
        i += 5;
        break;
      case LETTER_O:
        if (!startsWith(bytes, i, end, 'OK ')) return -1;
        i += 3;
        break;
      case LETTER_C:
        return startsWith(bytes, i, end, 'CONNECT') ? this.readClient(bytes, i + 7, end, Action.Connect) : -1;
      case LETTER_D:
        return startsWith(bytes, i, end, 'DEBUG') ? this.readClient(bytes, i + 5, end, Action.Debug) : -1;
      default:
        return -1;
    }
    if (startsWith(bytes, i, end, 'LOGIN:')) return this.readClient(bytes, i + 5, end, Action.Login);
    if (startsWith(bytes, i, end, 'DOWNLOAD:')) return this.readClient(bytes, i + 8, end, Action.Download);
    if (startsWith(bytes, i, end, 'UPLOAD:')) return this.readClient(bytes, i + 6, end, Action.Upload);
    const wordStart = i;
    while (i < end && i - wordStart < ACTION_BYTES && bytes[i]! >= LETTER_A && bytes[i]! <= LETTER_Z) i++;
    return i > wordStart ? this.readClient(bytes, i, end, Action.Other) : -1;
  }

  private readClient(bytes: Uint8Array, start: number, end: number, action: Action): number {
    if (!startsWith(bytes, start, end, ': Client "')) return -1;
    this.clientStart = start + 10;
    this.clientEnd = indexOfByte(bytes, this.clientStart, end, QUOTE);
    if (this.clientEnd < 0) return -1;
    const rest = this.clientEnd + 1;
    if (rest < end && bytes[rest] !== COMMA) return -1;
    this.action = action;
    return Math.min(end, rest + 2);
  }
}
