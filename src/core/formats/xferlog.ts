import { CR, DIGIT_0, isDigit, numberAt, SPACE, UNDERSCORE } from '../bytes/ascii.ts';
import { Direction, type EventCursor, Kind, Note } from '../event.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';
import { NAMED_MONTH_CLOCK, NO_CLOCK } from './server-clock.ts';
import { spanHash } from './spans.ts';
import { blankTransfer, emitTransfer, TransferRuns } from './transfer-runs.ts';
import { UnixStampReader } from './unix-stamp.ts';

const LETTER_A = 97;
const LETTER_B = 98;
const LETTER_C = 99;
const LETTER_D = 100;
const LETTER_G = 103;
const LETTER_I = 105;
const LETTER_O = 111;
const LETTER_R = 114;
const LETTER_T = 116;
const LETTER_U = 117;
/** Fields that follow the user: service, authentication method, authenticated user, completion. */
const FIELDS_BEHIND_USER = 4;
/** Words that a user's name may have. */
const USER_WORDS_MAX = 32;

/**
 * The transfer log of wu-ftpd, as vsftpd, ProFTPD, Pure-FTPd and others write it (xferlog(5)). A line is a transfer that ended.
 */
class XferlogScanner implements Scanner {
  clock: ScannerClock = NO_CLOCK;

  private readonly stamp = new UnixStampReader();
  private readonly other = new UnixStampReader();
  private readonly runs = new TransferRuns();
  private readonly transfer = blankTransfer();
  private deleted = false;

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    while (end > start && (bytes[end - 1] === CR || bytes[end - 1] === SPACE)) end--;
    const stampEnd = this.stamp.readCtime(bytes, start, end);
    if (stampEnd < 0 || !this.readFields(bytes, stampEnd, end) || this.holdsLine(bytes)) return false;
    this.clock = NAMED_MONTH_CLOCK;
    const { transfer } = this;
    out.day = this.stamp.day;
    out.ms = this.stamp.ms;
    const peer = spanHash(bytes, transfer.peerStart, transfer.peerEnd);
    const user = spanHash(bytes, transfer.userStart, transfer.userEnd);
    if (this.runs.take(out, peer, user, transfer.durationMs / 1000)) this.emitRemark(out, Note.LoginAccepted);
    if (this.deleted) this.emitRemark(out, Note.Other);
    else emitTransfer(out, transfer);
    return true;
  }

  /** Whether another line begins within the path: then its line break was lost. */
  private holdsLine(bytes: Uint8Array): boolean {
    const { pathStart, pathEnd } = this.transfer;
    for (let i = pathStart; i < pathEnd; i++)
      if (bytes[i] === SPACE && this.other.readCtime(bytes, i + 1, pathEnd) >= 0) return true;
    return false;
  }

  /** A remark about the user, or about a file that was deleted. */
  private emitRemark(out: EventCursor, note: Note): void {
    const { transfer } = this;
    out.clear(Kind.Note);
    out.note = note;
    out.userStart = transfer.userStart;
    out.userEnd = transfer.userEnd;
    out.peerStart = transfer.peerStart;
    out.peerEnd = transfer.peerEnd;
    if (note === Note.Other) {
      out.textStart = transfer.pathStart;
      out.textEnd = transfer.pathEnd;
    }
    out.emit();
  }

  /** Reads the fields behind the date: some from the left, the others from the right, since path and user may hold blanks. */
  private readFields(bytes: Uint8Array, start: number, end: number): boolean {
    const { transfer } = this;
    let i = start;
    const seconds = numberAt(bytes, i + 1, end);
    i = numberEnd(bytes, i, end);
    if (seconds < 0 || i < 0) return false;
    transfer.peerStart = i + 1;
    i = wordEnd(bytes, i, end);
    transfer.peerEnd = i;
    const size = i < 0 ? -1 : numberAt(bytes, i + 1, end);
    if (size < 0) return false;
    i = numberEnd(bytes, i, end);
    if (i < 0 || i >= end) return false;
    transfer.pathStart = i + 1;
    transfer.sizeBytes = size;
    transfer.durationMs = seconds * 1000;
    return this.readFromRight(bytes, transfer.pathStart, end);
  }

  private readFromRight(bytes: Uint8Array, pathStart: number, end: number): boolean {
    const { transfer } = this;
    const status = bytes[end - 1];
    if (bytes[end - 2] !== SPACE || (status !== LETTER_C && status !== LETTER_I)) return false;
    let wordStart = end;
    for (let n = 0; n < FIELDS_BEHIND_USER; n++) {
      wordStart = wordBefore(bytes, pathStart, wordStart);
      if (wordStart < 0) return false;
    }
    const userEnd = wordStart - 1;
    for (let n = 0; n < USER_WORDS_MAX; n++) {
      wordStart = wordBefore(bytes, pathStart, wordStart);
      if (wordStart < 0) return false;
      const flags = this.readFlags(bytes, pathStart, wordStart - 1);
      if (flags < 0) continue;
      transfer.userStart = wordStart;
      transfer.userEnd = userEnd;
      transfer.pathEnd = flags;
      transfer.complete = status === LETTER_C;
      return true;
    }
    return false;
  }

  /** Reads ` b _ o r`, which ends at `end`; returns the offset before it, or -1. */
  private readFlags(bytes: Uint8Array, pathStart: number, end: number): number {
    const access = bytes[end - 1];
    const way = bytes[end - 3];
    if (end - pathStart < 8 || bytes[end - 2] !== SPACE || bytes[end - 4] !== SPACE) return -1;
    if (access !== LETTER_A && access !== LETTER_G && access !== LETTER_R && access !== LETTER_U) return -1;
    if (way !== LETTER_I && way !== LETTER_O && way !== LETTER_D) return -1;
    const actionStart = wordBefore(bytes, pathStart, end - 3);
    if (actionStart < 0 || !isAction(bytes, actionStart, end - 4)) return -1;
    const type = bytes[actionStart - 2];
    if ((type !== LETTER_A && type !== LETTER_B) || bytes[actionStart - 3] !== SPACE) return -1;
    if (actionStart - 3 < pathStart) return -1;
    this.deleted = way === LETTER_D;
    this.transfer.direction = way === LETTER_I ? Direction.Upload : Direction.Download;
    this.transfer.type = type === LETTER_A ? 0 : 1;
    return actionStart - 3;
  }
}

/** The special actions of a transfer: none, compressed, uncompressed, tarred. */
function isAction(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]! | 0x20;
    if (bytes[i] !== UNDERSCORE && byte !== LETTER_C && byte !== LETTER_U && byte !== LETTER_T) return false;
  }
  return end > start;
}

/** The end of the number that stands behind the blank at `start`, where another blank follows; or -1. */
function numberEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = start + 1;
  if (bytes[start] !== SPACE || i >= end) return -1;
  while (i < end && isDigit(bytes[i]!)) i++;
  return i < end && bytes[i] === SPACE && i > start + 1 && bytes[start + 1]! >= DIGIT_0 ? i : -1;
}

/** The end of the word that stands behind the blank at `start`, or -1. */
function wordEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = start + 1;
  while (i < end && bytes[i] !== SPACE) i++;
  return i < end && i > start + 1 ? i : -1;
}

/** The start of the word before the one that starts at `wordStart` (or before the line's end), or -1 within the path's first word. */
function wordBefore(bytes: Uint8Array, pathStart: number, wordStart: number): number {
  let i = wordStart - 1;
  if (bytes[i] !== SPACE) i++;
  while (i > pathStart && bytes[i - 1] !== SPACE) i--;
  return i > pathStart ? i : -1;
}

/** A transfer log: `Sun Nov 22 05:11:36 2026 1 192.0.2.7 12 /hello.txt b _ o r anna ftp 0 * c`. */
export const xferlog: Format = {
  id: 'xferlog',
  title: 'xferlog (wu-ftpd, vsftpd, ProFTPD, Pure-FTPd)',
  vantage: 'server',
  keyed: false,
  samples: [
    [
      'Sun Nov 22 05:11:36 2026 1 192.0.2.7 12 /pub/hello.txt b _ o r anna ftp 0 * c',
      'Sun Nov 22 05:12:40 2026 15 2001:db8::7 4321280 /pub/big.bin b _ o a anna@example.com ftp 0 * i',
    ].join('\n'),
  ],
  lineStarts: /[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} \d+ /,
  createScanner: () => new XferlogScanner(),
};
