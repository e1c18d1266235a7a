import {
  BRACKET_CLOSE,
  BRACKET_OPEN,
  isDigit,
  MINUS,
  numberAt,
  QUOTE,
  replyCodeAt,
  SPACE,
  startsWith,
  UNDERSCORE,
} from '../bytes/ascii.ts';
import { textOf } from '../bytes/text.ts';
import { type EventCursor, Kind, NO_TIME, Note } from '../event.ts';
import { isTransferVerb, KNOWN_VERBS, packVerb, Verb, verbAt } from '../ftp/verbs.ts';
import { fillCommand } from './command.ts';
import type { ScannerClock } from './format.ts';
import { isHostSpan } from './host-span.ts';
import { type ClfSession, ClfSessions } from './proftpd-clf-sessions.ts';
import { NAMED_MONTH_CLOCK, NO_CLOCK } from './server-clock.ts';
import { emitSessionOver } from './session-over.ts';
import { Fields, indexOfByte, indexOfSpan, lastIndexOfByte, spanHash } from './spans.ts';
import { UnixStampReader, zoneText } from './unix-stamp.ts';

const VERB_BYTES_MAX = 9;
/** Known verbs of up to four letters, packed. */
const SHORT_VERBS: ReadonlySet<number> = new Set([...KNOWN_VERBS].filter((verb) => verb.length <= 4).map(packVerb));
const DAY_SECONDS = 86_400;
/** What clients say first. */
const OPENING_VERBS: ReadonlySet<number> = new Set([Verb.USER, Verb.AUTH, Verb.FEAT, Verb.HOST, Verb.SYST, Verb.OPTS]);

/**
 * ProFTPD's ExtendedLog in its default format, `%h %l %u %t "%r" %s %b`, in the others that its sample configurations have, and
 * in what is made of them. A line is a command with its final reply, written when the command is done.
 */
export class ProftpdExtendedLog {
  clock: ScannerClock = NO_CLOCK;

  private readonly stamp = new UnixStampReader();
  private readonly other = new UnixStampReader();
  private readonly fields = new Fields();
  private readonly sessions = new ClfSessions();
  private zoneMinutes = Number.NaN;
  private peerStart = 0;
  private peerEnd = 0;
  private userStart = 0;
  private userEnd = 0;
  private pid = -1;
  private commandStart = 0;
  private commandEnd = 0;
  /** The session of a command whose line was broken in two, null for none. */
  private broken: ClfSession | null = null;
  /** The session whose OPTS was logged under its internal name, and will be so again under its own. */
  private repeated = -1;

  /** Reads a line; false if it is none of this log. */
  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    const broken = this.broken;
    this.broken = null;
    const dateStart = findDate(this.stamp, bytes, start, end);
    if (dateStart < 0) return broken !== null && this.scanRest(bytes, start, end, broken, out);
    const result = this.readCommand(bytes, dateStart + 26, end);
    if (result < 0 || !this.readNames(bytes, start, dateStart - 1, dateStart + 27)) return false;
    // The line break before a second line was lost.
    if (findDate(this.other, bytes, dateStart + 27, end) >= 0) return false;
    if (this.zoneMinutes !== this.stamp.zoneMinutes) {
      this.zoneMinutes = this.stamp.zoneMinutes;
      this.clock = { ...NAMED_MONTH_CLOCK, zone: zoneText(this.zoneMinutes) };
    }
    out.day = this.stamp.day;
    out.ms = this.stamp.ms;
    const session = this.findSession(bytes, out);
    this.emitOver(out);
    out.key = session.key;
    if (!session.begun) this.emitBeginning(bytes, session, out);
    if (!this.isContinued(bytes, result, end, session)) this.emitCommand(bytes, result, end, out);
    if (result === end) this.broken = session;
    else this.emitResult(bytes, result, end, out);
    this.closeAfterQuit(bytes, session, out);
    return true;
  }

  /** A transfer that ProFTPD gave up stands in two lines, both written at its end: by its 1yz reply and by its final one. */
  private isContinued(bytes: Uint8Array, result: number, end: number, session: ClfSession): boolean {
    const { transferring } = session;
    session.transferring = 0;
    const code = result < end ? replyCodeAt(bytes, result, end) : 0;
    if (code === 0 || !isTransferVerb(verbAt(bytes, this.commandStart, this.commandEnd))) return false;
    const command = spanHash(bytes, this.commandStart, this.commandEnd);
    if (code < 200) session.transferring = command;
    return code >= 200 && transferring !== 0 && transferring === command;
  }

  /** Finds the quoted command; returns where its result begins, `end` for a line that was broken within the command, -1 for none. */
  private readCommand(bytes: Uint8Array, start: number, end: number): number {
    const open = indexOfByte(bytes, start, end, QUOTE);
    if (open < 0 || !isFtpCommand(bytes, open + 1, end)) return -1;
    this.commandStart = open + 1;
    // The command may hold quotes: only the last one that a result follows is the log's.
    for (let i = end - 2; i > open; i--) {
      if (bytes[i] !== QUOTE || bytes[i + 1] !== SPACE || !isResult(bytes, i + 2, end)) continue;
      this.commandEnd = i;
      return i + 2;
    }
    if (indexOfByte(bytes, open + 1, end, QUOTE) >= 0) return -1;
    this.commandEnd = end;
    return end;
  }

  /** Reads who and where from: `host ident user [date]`, `server name [pid] host [date]`, `[date] host user "command"`. */
  private readNames(bytes: Uint8Array, start: number, dateStart: number, behindDate: number): boolean {
    const { fields } = this;
    this.pid = -1;
    let first = 0;
    fields.split(bytes, start, dateStart);
    if (fields.count === 0) fields.split(bytes, behindDate, this.commandStart - 1);
    if (fields.count === 0) return false;
    const { starts, ends, count } = fields;
    for (let i = 0; i < count; i++) {
      if (bytes[starts[i]!] !== BRACKET_OPEN || bytes[ends[i]! - 1] !== BRACKET_CLOSE) continue;
      const pid = numberAt(bytes, starts[i]! + 1, ends[i]!);
      if (pid < 0 || i + 1 === count) continue;
      this.pid = pid;
      first = i + 1;
      break;
    }
    this.peerStart = starts[first]!;
    this.peerEnd = ends[first]!;
    if (!isHostSpan(bytes, this.peerStart, this.peerEnd, count - first > 3)) return false;
    const user = count - first > 2 ? first + 2 : first + 1;
    this.userStart = this.userEnd = 0;
    if (user >= count || isDash(bytes, starts[user]!, ends[user]!)) return true;
    this.userStart = starts[user]!;
    this.userEnd = ends[count - 1]!;
    return true;
  }

  private findSession(bytes: Uint8Array, out: EventCursor): ClfSession {
    const user = this.userEnd > this.userStart ? spanHash(bytes, this.userStart, this.userEnd) : 0;
    const login = verbAt(bytes, this.commandStart, this.commandEnd) === Verb.PASS;
    return this.sessions.find(this.identity(bytes), user, login, out.day * DAY_SECONDS + Math.floor(out.ms / 1000));
  }

  private identity(bytes: Uint8Array): number {
    return this.pid >= 0 ? -1 - this.pid : spanHash(bytes, this.peerStart, this.peerEnd);
  }

  /** No line tells of the connection, but a session that is not logged in and says one of these has just begun. */
  private emitBeginning(bytes: Uint8Array, session: ClfSession, out: EventCursor): void {
    session.begun = true;
    if (session.user !== 0 || !OPENING_VERBS.has(verbAt(bytes, this.commandStart, this.commandEnd))) return;
    this.begin(out, Kind.Connected);
    out.emit();
  }

  private emitCommand(bytes: Uint8Array, result: number, end: number, out: EventCursor): void {
    const again = this.repeated === out.key;
    this.repeated = -1;
    const { ms } = out;
    this.begin(out, Kind.Command);
    fillCommand(out, bytes, this.commandStart, this.commandEnd);
    const internal = internalVerbEnd(bytes, out.verbStart, out.verbEnd);
    if (internal >= 0) {
      // `OPTS_UTF8 ON`: how mod_core dispatches `OPTS UTF8 ON`.
      out.verb = verbAt(bytes, out.verbStart, internal);
      out.verbEnd = internal;
      out.textStart = internal + 1;
      this.repeated = out.key;
    } else if (again && out.verb === Verb.OPTS && result < end && bytes[result] === MINUS) return;
    // The time is that of the end: when a transfer began is not told.
    if (isTransferVerb(out.verb)) out.ms = NO_TIME;
    out.emit();
    out.ms = ms;
  }

  /** `226 12`, `331 -`, or with the reply's text, `226 12 "226 Transfer complete"`. */
  private emitResult(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    const transfer = isTransferVerb(verbAt(bytes, this.commandStart, this.commandEnd));
    const code = replyCodeAt(bytes, start, end);
    if (code === 0) return;
    const quote = indexOfByte(bytes, start, end, QUOTE);
    const close = quote < 0 ? -1 : lastIndexOfByte(bytes, quote + 1, end, QUOTE);
    this.begin(out, Kind.Reply);
    out.code = code;
    const { ms } = out;
    // The time is that of the end: when the 1yz reply was sent is not told.
    if (transfer && code < 200) out.ms = NO_TIME;
    if (close >= 0) {
      out.textStart = replyCodeAt(bytes, quote + 1, close) === code ? Math.min(close, quote + 5) : quote + 1;
      out.textEnd = close;
    }
    out.emit();
    out.ms = ms;
    const sizeStart = start + 4;
    if (!transfer || sizeStart >= end || !isDigit(bytes[sizeStart]!)) return;
    this.begin(out, Kind.Note);
    out.note = Note.TransferredBytes;
    out.value = numberAt(bytes, sizeStart, end);
    out.emit();
  }

  /** The second half of a command that held a line break: `QUIT" 500 -`. */
  private scanRest(bytes: Uint8Array, start: number, end: number, session: ClfSession, out: EventCursor): boolean {
    for (let i = end - 2; i >= start; i--) {
      if (bytes[i] !== QUOTE || bytes[i + 1] !== SPACE || !isResult(bytes, i + 2, end)) continue;
      out.day = this.stamp.day;
      out.ms = this.stamp.ms;
      out.key = session.key;
      this.commandStart = this.commandEnd = i;
      this.peerStart = this.peerEnd = this.userStart = this.userEnd = 0;
      this.emitResult(bytes, i + 2, end, out);
      return true;
    }
    return false;
  }

  private closeAfterQuit(bytes: Uint8Array, session: ClfSession, out: EventCursor): void {
    if (verbAt(bytes, this.commandStart, this.commandEnd) !== Verb.QUIT) return;
    this.sessions.close(this.identity(bytes), session);
    this.emitOver(out);
  }

  private emitOver(out: EventCursor): void {
    for (const key of this.sessions.over) emitSessionOver(out, key);
    this.sessions.over.length = 0;
  }

  private begin(out: EventCursor, kind: Kind): void {
    out.clear(kind);
    out.peerStart = this.peerStart;
    out.peerEnd = this.peerEnd;
    out.userStart = this.userStart;
    out.userEnd = this.userEnd;
  }
}

/** The offset of a line's date behind its bracket, or -1. */
function findDate(stamp: UnixStampReader, bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i + 28 <= end; i++) {
    if (bytes[i] !== BRACKET_OPEN || bytes[i + 27] !== BRACKET_CLOSE) continue;
    if (stamp.readClf(bytes, i + 1, end) === i + 27) return i + 1;
  }
  return -1;
}

/** Whether an FTP command stands at `start`: HTTP servers write the same kind of line. */
function isFtpCommand(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && i - start <= VERB_BYTES_MAX && isVerbByte(bytes[i]!)) i++;
  if (i === start) return false;
  const packed = verbAt(bytes, start, i);
  const known = packed === 0 ? KNOWN_VERBS.has(textOf(bytes, start, i).toUpperCase()) : SHORT_VERBS.has(packed);
  return known && indexOfSpan(bytes, i, end, ' HTTP/') < 0;
}

function isVerbByte(byte: number): boolean {
  const letter = byte & 0xdf;
  return (letter >= 65 && letter <= 90) || isDigit(byte);
}

/** Where the verb ends in an internal name such as `OPTS_UTF8` or `SITE_CHMOD`, or -1. */
function internalVerbEnd(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 6 || bytes[start + 4] !== UNDERSCORE) return -1;
  return startsWith(bytes, start, end, 'OPTS') || startsWith(bytes, start, end, 'SITE') ? start + 4 : -1;
}

/** Whether a reply code or a dash stands at `start`, as a word of its own. */
function isResult(bytes: Uint8Array, start: number, end: number): boolean {
  if (start >= end) return false;
  const next = bytes[start] === MINUS ? start + 1 : start + 3;
  if (bytes[start] !== MINUS && replyCodeAt(bytes, start, end) === 0) return false;
  return next === end || bytes[next] === SPACE;
}

function isDash(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 1 && bytes[start] === MINUS;
}
