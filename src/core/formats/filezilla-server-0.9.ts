import {
  CR,
  DIGIT_0,
  GREATER,
  indexOfText,
  isDigit,
  MINUS,
  PAREN_CLOSE,
  PAREN_OPEN,
  replyCodeAt,
  SPACE,
  startsWith,
} from '../bytes/ascii.ts';
import { Repetition } from '../bytes/repetition.ts';
import { LocaleStampReader } from '../bytes/stamp.ts';
import { type EventCursor, Kind, NO_DAY, NO_KEY, NO_TIME, Note } from '../event.ts';
import { packVerb, verbAt } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import { fillCommand } from './command.ts';
import { fillSessionRemark, INITIALIZING, STARTED, serverRemarkAt } from './filezilla-server-0.9-remarks.ts';
import type { Format, Scanner, ScannerClock, ScannerOptions } from './format.ts';

const NOT_LOGGED_IN = '(not logged in)';
/** The session of lines whose prefix was cut off; the server counts from 1. */
const PREFIX_LOST_KEY = 0;
/** Bytes that a day-half marker and the blanks around it take between the time and ` - `. */
const MARKER_BYTES = 24;
const ID_DIGITS = 10;
/** A power of two, above the number of sessions that are busy at once. */
const PREFIX_SLOTS = 256;
const PREFIX_BYTES = 64;

/**
 * The log of FileZilla Server 0.9.x, as its file has it and as copied out of its window (no blank behind the id). A line does
 * not say whether it is a command, a reply or a remark, so the text decides.
 */
class FilezillaServer09Scanner implements Scanner {
  private readonly stamp: LocaleStampReader;
  /** Sessions inside a multi-line reply: its inner lines show no code and look like commands (FEAT's `SIZE`). */
  private readonly openReplies = new Set<number>();
  /** Users and peers of the sessions at hand, by the last bits of the id. */
  private readonly prefixes = new Repetition(PREFIX_SLOTS, PREFIX_BYTES);
  private readonly userLengths = new Int32Array(PREFIX_SLOTS);
  private readonly peerLengths = new Int32Array(PREFIX_SLOTS);
  private idDigits = 0;
  private dated = false;
  private starting = false;
  private prefixLost = false;

  constructor(options: ScannerOptions) {
    this.stamp = new LocaleStampReader(options.order);
  }

  get clock(): ScannerClock {
    const { order, basis, contradictedBy } = this.stamp.evidence;
    return {
      date: this.dated ? 'full' : 'none',
      resolutionMs: this.dated ? this.stamp.resolutionMs : null,
      zone: null,
      order,
      basis,
      contradictedBy,
    };
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    if (end > start && bytes[end - 1] === CR) end--;
    if (bytes[start] !== PAREN_OPEN || start >= end) return this.scanWithoutPrefix(bytes, start, end, out);
    const key = this.keyAt(bytes, start, end);
    if (key === NO_KEY) return false;
    let i = start + 2 + this.idDigits;
    if (bytes[i] === SPACE) i++;
    const stampEnd = this.stamp.read(bytes, i, end);
    // Who posts a log may have cut the date out of it.
    const isDated = stampEnd >= 0;
    const userStart = isDated ? separatorEnd(bytes, stampEnd, end) : dashEnd(bytes, i, end);
    if (userStart < 0) return false;
    out.clear(Kind.Nothing);
    out.key = key;
    i = this.readUserAndPeer(bytes, userStart, end, out);
    if (i < 0) return false;
    out.day = isDated ? this.stamp.day : NO_DAY;
    out.ms = isDated ? this.stamp.ms : NO_TIME;
    if (isDated) this.dated = true;
    this.starting = false;
    if (i < end && bytes[i] === SPACE) i++;
    this.readText(bytes, i, end, out);
    out.emit();
    return true;
  }

  /**
   * Takes `user (ip)>` apart and returns the offset behind it, or -1. The name may hold any of these bytes; the first `)>` ends
   * the prefix.
   */
  private readUserAndPeer(bytes: Uint8Array, start: number, end: number, out: EventCursor): number {
    const slot = out.key & (PREFIX_SLOTS - 1);
    const length = this.prefixes.lengthAt(slot, bytes, start, end);
    if (length !== 0) {
      out.userStart = start;
      out.userEnd = start + this.userLengths[slot]!;
      out.peerStart = start + length - 2 - this.peerLengths[slot]!;
      out.peerEnd = start + length - 2;
      return start + length;
    }
    let i = start + 1;
    while (i < end && (bytes[i] !== GREATER || bytes[i - 1] !== PAREN_CLOSE)) i++;
    if (i >= end) return -1;
    let open = i - 2;
    while (open > start && bytes[open] !== PAREN_OPEN) open--;
    const userEnd = open > start && bytes[open - 1] === SPACE ? open - 1 : open;
    out.userStart = start;
    out.userEnd = isNotLoggedIn(bytes, start, userEnd) ? start : userEnd;
    // `ip unknown`, and what people write in place of an address that they remove, is none.
    out.peerStart = bytes[open] === PAREN_OPEN && isOneWord(bytes, open + 1, i - 1) ? open + 1 : i - 1;
    out.peerEnd = i - 1;
    this.prefixes.keep(slot, bytes, start, i + 1);
    this.userLengths[slot] = out.userEnd - start;
    this.peerLengths[slot] = out.peerEnd - out.peerStart;
    return i + 1;
  }

  keyAt(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] !== PAREN_OPEN) return this.prefixLost && bytes[start] === GREATER ? PREFIX_LOST_KEY : NO_KEY;
    let key = 0;
    let i = start + 1;
    for (; i < end && isDigit(bytes[i]!); i++) key = key * 10 + bytes[i]! - DIGIT_0;
    this.idDigits = i - start - 1;
    return this.idDigits > 0 && this.idDigits <= ID_DIGITS && bytes[i] === PAREN_CLOSE ? key : NO_KEY;
  }

  /** Tells a reply from a remark from a command. */
  private readText(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    out.textEnd = end;
    const code = replyCodeAt(bytes, start, end);
    if (code !== 0 && (start + 3 === end || bytes[start + 3] === SPACE || bytes[start + 3] === MINUS)) {
      out.code = code;
      out.textStart = Math.min(start + 4, end);
      const isLast = start + 3 === end || bytes[start + 3] === SPACE;
      out.kind = isLast ? Kind.Reply : Kind.ReplyPart;
      if (!isLast) this.openReply(out.key, code);
      else if (this.openReplies.size !== 0) this.openReplies.delete(out.key);
      return;
    }
    if (fillSessionRemark(bytes, start, end, out)) {
      if (this.openReplies.size !== 0) this.openReplies.delete(out.key);
      return;
    }
    if (this.openReplies.size !== 0 && this.openReplies.has(out.key)) {
      if (!NEVER_IN_REPLY.has(verbAt(bytes, start, end))) {
        out.kind = Kind.ReplyPart;
        out.textStart = start;
        return;
      }
      this.openReplies.delete(out.key);
    }
    out.kind = Kind.Command;
    fillCommand(out, bytes, start, end);
  }

  private openReply(key: number, code: number): void {
    // Every line of a greeting carries its code, and each session has one: it needs no memory.
    if (code === 220) return;
    if (this.openReplies.size >= limits.openSessions) this.openReplies.clear();
    this.openReplies.add(key);
  }

  /** The server's own remarks have neither date nor session. */
  private scanWithoutPrefix(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    if (bytes[start] === GREATER && end - start > 2) return this.scanPrefixLost(bytes, start, end, out);
    const note = serverRemarkAt(bytes, start, end);
    if (note < 0) return false;
    out.clear(Kind.Note);
    out.key = NO_KEY;
    out.day = NO_DAY;
    out.ms = NO_TIME;
    out.textStart = start;
    out.textEnd = end;
    if (note === Note.ServerStarted) {
      // `… started` and `Initializing Server.` belong to one start; either may be cut off.
      if (this.starting) return true;
      this.starting = true;
      this.openReplies.clear();
      out.note = Note.ServerStarted;
      out.emit();
      if (!startsWith(bytes, start, end, INITIALIZING)) {
        out.note = Note.Program;
        out.textEnd = end - STARTED.length;
        out.emit();
      }
      return true;
    }
    out.note = note as Note;
    out.emit();
    return true;
  }

  /** `> text`: all that some posts leave of a line. Read only behind a sentence that nothing but this server says. */
  private scanPrefixLost(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    const textStart = bytes[start + 1] === SPACE ? start + 2 : start + 1;
    if (isGreeting(bytes, textStart, end)) this.prefixLost = true;
    if (!this.prefixLost) return false;
    out.clear(Kind.Nothing);
    out.key = PREFIX_LOST_KEY;
    out.day = NO_DAY;
    out.ms = NO_TIME;
    this.readText(bytes, textStart, end, out);
    out.emit();
    return true;
  }
}

/** The offset behind the ` - ` that ends the stamp, or -1. A day-half marker may stand before it. */
function separatorEnd(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end - 2, start + MARKER_BYTES);
  for (let i = start; i < limit; i++)
    if (bytes[i] === SPACE && bytes[i + 1] === MINUS && bytes[i + 2] === SPACE) return i + 3;
  return -1;
}

function dashEnd(bytes: Uint8Array, start: number, end: number): number {
  return bytes[start] === MINUS && bytes[start + 1] === SPACE && start + 2 < end ? start + 2 : -1;
}

function isOneWord(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === SPACE) return false;
  return true;
}

function isNotLoggedIn(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === NOT_LOGGED_IN.length && startsWith(bytes, start, end, NOT_LOGGED_IN);
}

/** Commands that no multi-line reply of this server holds without a blank before them: it was cut off before its end. */
const NEVER_IN_REPLY: ReadonlySet<number> = new Set(
  'USER PASS QUIT CWD CDUP PWD XPWD LIST NLST RETR STOR APPE PASV PORT TYPE SYST NOOP DELE RNFR RNTO MKD RMD'
    .split(' ')
    .map(packVerb),
);

function isGreeting(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    startsWith(bytes, start, end, '220-FileZilla Server') ||
    (startsWith(bytes, start, end, 'Connected') && indexOfText(bytes, start, end, ', sending welcome message') > 0)
  );
}

const SAMPLES = [
  `(000022) 11/12/2012 22:33:35 PM - (not logged in) (192.0.2.7)> Connected on port 21, sending welcome message...
(000022) 11/12/2012 22:33:35 PM - (not logged in) (192.0.2.7)> 220 FileZilla Server 0.9.60 beta
(000022) 11/12/2012 22:33:36 PM - (not logged in) (192.0.2.7)> USER anna
(000022) 11/12/2012 22:33:36 PM - (not logged in) (192.0.2.7)> 331 Password required for anna
(000022) 11/12/2012 22:33:36 PM - (not logged in) (192.0.2.7)> PASS ********
(000022) 11/12/2012 22:33:36 PM - anna (192.0.2.7)> 230 Logged on
(000022) 11/12/2012 22:33:36 PM - anna (192.0.2.7)> EPSV
(000022) 11/12/2012 22:33:36 PM - anna (192.0.2.7)> 229 Entering Extended Passive Mode (|||50007|)
`,
  `Creating listen socket on port 21...
Server online.
(000001)2015. 01. 05. 9:05:01 - (not logged in) (2001:db8::7)> Connected, sending welcome message...
(000001)2015. 01. 05. 9:05:01 - (not logged in) (2001:db8::7)> 220 ready
(000001)2015. 01. 05. 9:05:02 - (not logged in) (2001:db8::7)> QUIT
(000001)2015. 01. 05. 9:05:02 - (not logged in) (2001:db8::7)> 221 Goodbye
(000001)2015. 01. 05. 9:05:02 - (not logged in) (2001:db8::7)> disconnected.
`,
];

/** FileZilla Server 0.9.x: `(000022) 11/12/2012 22:33:35 PM - anna (192.0.2.7)> 426 Connection closed; transfer aborted.` */
export const filezillaServer09: Format = {
  id: 'filezilla-server-0.9',
  title: 'FileZilla Server 0.9',
  vantage: 'server',
  keyed: true,
  samples: SAMPLES,
  lineStarts:
    /\(\d{6,10}\) ?(?:\d{1,4}[-./ ]|- )|(?<=^|\s)(?:Creating listen socket on port|Server online|FileZilla Server .{1,40} started)/,
  createScanner: (options) => new FilezillaServer09Scanner(options),
};
