import {
  BRACKET_CLOSE,
  BRACKET_OPEN,
  CR,
  DIGIT_0,
  EQUALS,
  EXCLAMATION,
  GREATER,
  isDigit,
  LESS,
  MINUS,
  replyCodeAt,
  SPACE,
  startsWith,
} from '../bytes/ascii.ts';
import { Repetition } from '../bytes/repetition.ts';
import { IsoStampReader } from '../bytes/stamp.ts';
import { bytesOf } from '../bytes/text.ts';
import { type EventCursor, Kind, NO_DAY, NO_KEY, NO_TIME, Note } from '../event.ts';
import { fillCommand } from './command.ts';
import { InterfaceLines } from './filezilla-server-1-interface.ts';
import {
  emitServerRemark,
  emitSessionEnd,
  emitSessionRemark,
  endedSessionAt,
  type Gravity,
} from './filezilla-server-1-remarks.ts';
import type { Format, Scanner, ScannerClock, ScannerOptions } from './format.ts';

const FTP_SESSION = '[FTP Session ';
const FTP_SESSION_BYTES = bytesOf(FTP_SESSION);
const FTP_SERVER = '[FTP Server] ';
const LOGGING_STARTED = ' new logging started =====';
const BAR = '===== ';
/** A power of two, above the number of sessions that are busy at once. */
const INFO_SLOTS = 256;
const INFO_BYTES = 64;
const ID_DIGITS = 10;

/** What a line's two-letter type says; debug lines and `PP` tell nothing that sessions need. */
const Tag = { None: 0, Command: 1, Reply: 2, Status: 3, Error: 4, Warning: 5, Debug: 6 } as const;
type Tag = (typeof Tag)[keyof typeof Tag];
const GRAVITY: Readonly<Partial<Record<Tag, Gravity>>> = {
  [Tag.Status]: 'status',
  [Tag.Error]: 'error',
  [Tag.Warning]: 'warning',
};

const LETTER_W = 87;
const LETTER_D = 68;
const LETTER_P = 80;
const LETTER_I = 73;
const LETTER_V = 86;
const LETTER_Z = 90;

/**
 * The log of FileZilla Server 1.x: its file, the same without stamps (the packages of Debian and Ubuntu write to the journal),
 * and what its administration interface copies.
 */
class FilezillaServer1Scanner implements Scanner {
  private readonly stamp = new IsoStampReader();
  private readonly interfaceLines: InterfaceLines;
  /** Sessions in the middle of their greeting. */
  private readonly greeting = new Set<number>();
  /** Peers and users of the sessions at hand, by the last bits of the id; behind them, how every such line begins. */
  private readonly infos = new Repetition(INFO_SLOTS + 1, INFO_BYTES);
  private readonly peerLengths = new Int32Array(INFO_SLOTS);
  private readonly userLengths = new Int32Array(INFO_SLOTS);
  private stamped = false;
  private startPending = false;
  private tag: Tag = Tag.None;
  private idEnd = 0;

  constructor(options: ScannerOptions) {
    this.interfaceLines = new InterfaceLines(options.order, this);
    this.infos.keep(INFO_SLOTS, FTP_SESSION_BYTES, 0, FTP_SESSION_BYTES.length);
  }

  get clock(): ScannerClock {
    if (!this.stamped) return this.interfaceLines.clock;
    return { date: 'full', resolutionMs: 1, zone: 'Z', order: 'ymd', basis: 'unambiguous', contradictedBy: null };
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    if (end > start && bytes[end - 1] === CR) end--;
    const infoStart = this.readHead(bytes, start, end);
    if (infoStart < 0) return this.interfaceLines.scan(bytes, start, end, out);
    const { tag } = this;
    const stamped = infoStart > start + 3;
    const key = this.sessionAt(bytes, infoStart, end);
    if (key === NO_KEY) return this.scanServerLine(bytes, infoStart, end, stamped, out);

    out.clear(Kind.Nothing);
    out.key = key;
    const messageStart = this.readPeerAndUser(bytes, this.idEnd + 1, end, out);
    if (messageStart < 0) return false;
    this.setTime(stamped, out);
    this.startPending = false;
    if (tag === Tag.Debug) return true;
    if (tag === Tag.Command) this.emitCommand(bytes, messageStart, end, out);
    else if (tag === Tag.Reply) this.emitReply(bytes, messageStart, end, out);
    else emitSessionRemark(GRAVITY[tag]!, bytes, messageStart, end, out);
    return true;
  }

  keyAt(bytes: Uint8Array, start: number, end: number): number {
    const infoStart = this.readHead(bytes, start, end);
    if (infoStart < 0) return NO_KEY;
    const key = this.sessionAt(bytes, infoStart, end);
    if (key !== NO_KEY) {
      // Of a line that is not read on this is all that the others need to know.
      this.startPending = false;
      return key;
    }
    if (!startsWith(bytes, infoStart, end, FTP_SERVER)) return NO_KEY;
    return endedSessionAt(bytes, infoStart + FTP_SERVER.length, end);
  }

  /** Emits a command of the session `out.key`; time, user and peer are set. */
  emitCommand(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    if (this.greeting.size !== 0) this.greeting.delete(out.key);
    out.kind = Kind.Command;
    fillCommand(out, bytes, start, end);
    out.emit();
  }

  /** Emits a line of a reply. The server tells of a new connection by nothing but its greeting. */
  emitReply(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    const code = replyCodeAt(bytes, start, end);
    const isLast = code !== 0 && (start + 3 === end || bytes[start + 3] === SPACE);
    const isPart = code !== 0 && bytes[start + 3] === MINUS && start + 3 < end;
    if (code === 220 && (isLast || isPart)) {
      if (!this.greeting.has(out.key)) {
        out.kind = Kind.Connected;
        out.emit();
      }
      if (isPart) this.greeting.add(out.key);
      else this.greeting.delete(out.key);
    } else if (this.greeting.size !== 0) this.greeting.delete(out.key);
    out.kind = isLast ? Kind.Reply : Kind.ReplyPart;
    out.code = isLast || isPart ? code : 0;
    out.textStart = isLast || isPart ? Math.min(start + 4, end) : start;
    out.textEnd = end;
    out.emit();
  }

  /** The id of the session that `[FTP Session N …` at `start` names, or {@link NO_KEY}. */
  private sessionAt(bytes: Uint8Array, start: number, end: number): number {
    const length = this.infos.lengthAt(INFO_SLOTS, bytes, start, end);
    if (length === 0) return NO_KEY;
    let key = 0;
    let i = start + length;
    for (; i < end && isDigit(bytes[i]!); i++) key = key * 10 + bytes[i]! - DIGIT_0;
    const digits = i - start - length;
    this.idEnd = i;
    return digits > 0 && digits <= ID_DIGITS && bytes[i] === SPACE ? key : NO_KEY;
  }

  private setTime(stamped: boolean, out: EventCursor): void {
    out.day = stamped ? this.stamp.day : NO_DAY;
    out.ms = stamped ? this.stamp.ms : NO_TIME;
    if (stamped) this.stamped = true;
  }

  /** Reads `[stamp] tag`; returns the offset behind it, or -1. */
  private readHead(bytes: Uint8Array, start: number, end: number): number {
    let i = start;
    if (i < end && isDigit(bytes[i]!)) {
      i = this.stamp.read(bytes, start, end);
      if (i < 0 || bytes[i] !== LETTER_Z || bytes[i + 1] !== SPACE) return -1;
      i += 2;
    }
    this.tag = i + 2 < end && bytes[i + 2] === SPACE ? tagOf(bytes[i]!, bytes[i + 1]!) : Tag.None;
    return this.tag === Tag.None ? -1 : i + 3;
  }

  /** Reads `ip user] ` behind the session's id; returns the offset of the message, or -1. */
  private readPeerAndUser(bytes: Uint8Array, start: number, end: number, out: EventCursor): number {
    const slot = out.key & (INFO_SLOTS - 1);
    const length = this.infos.lengthAt(slot, bytes, start, end);
    out.peerStart = start;
    if (length !== 0) {
      out.peerEnd = start + this.peerLengths[slot]!;
      out.userStart = out.peerEnd + 1;
      out.userEnd = out.userStart + this.userLengths[slot]!;
      return start + length;
    }
    let i = start;
    while (i < end && bytes[i] !== SPACE && bytes[i] !== BRACKET_CLOSE) i++;
    out.peerEnd = i;
    out.userStart = i + 1;
    // A name may hold a bracket; the one before a blank ends it.
    while (i < end && !(bytes[i] === BRACKET_CLOSE && (i + 1 === end || bytes[i + 1] === SPACE))) i++;
    if (i >= end) return -1;
    out.userEnd = Math.max(out.userStart, i);
    const messageStart = Math.min(i + 2, end);
    this.infos.keep(slot, bytes, start, messageStart);
    this.peerLengths[slot] = out.peerEnd - start;
    this.userLengths[slot] = out.userEnd - out.userStart;
    return messageStart;
  }

  /** Lines of the server, its listeners and its other protocols. */
  private scanServerLine(bytes: Uint8Array, start: number, end: number, stamped: boolean, out: EventCursor): boolean {
    const isNamed = bytes[start] === BRACKET_OPEN;
    if (!stamped && !isNamed && !isServerSentence(bytes, start, end)) return false;
    if (this.tag === Tag.Command || this.tag === Tag.Reply) return isNamed;
    this.setTime(stamped, out);
    if (this.tag === Tag.Debug) return true;
    const messageStart = startsWith(bytes, start, end, FTP_SERVER) ? start + FTP_SERVER.length : start;
    const ended = messageStart > start ? endedSessionAt(bytes, messageStart, end) : NO_KEY;
    if (ended !== NO_KEY) {
      out.key = ended;
      emitSessionEnd(bytes, messageStart, end, out);
      return true;
    }
    if (startsWith(bytes, start, end, BAR)) return this.noteLoggingStarted(bytes, start, end, out);
    // The line `===== …` also stands where the log only got another name; listeners come up when the server starts.
    if (this.startPending && startsWith(bytes, messageStart, end, 'Listening on ')) {
      this.startPending = false;
      out.clear(Kind.Note);
      out.key = NO_KEY;
      out.note = Note.ServerStarted;
      out.textStart = messageStart;
      out.textEnd = end;
      out.emit();
    }
    emitServerRemark(GRAVITY[this.tag]!, bytes, messageStart, end, out);
    return true;
  }

  private noteLoggingStarted(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    const suffix = end - LOGGING_STARTED.length;
    this.startPending = startsWith(bytes, suffix, end, LOGGING_STARTED);
    out.clear(Kind.Note);
    out.key = NO_KEY;
    out.note = this.startPending ? Note.Program : Note.Other;
    out.textStart = start + BAR.length;
    out.textEnd = this.startPending ? suffix : end;
    out.emit();
    return true;
  }
}

function tagOf(first: number, second: number): Tag {
  if (first === second)
    switch (first) {
      case LESS:
        return Tag.Reply;
      case GREATER:
        return Tag.Command;
      case EQUALS:
        return Tag.Status;
      case EXCLAMATION:
        return Tag.Error;
      case LETTER_W:
        return Tag.Warning;
      case LETTER_D:
      case LETTER_P:
        return Tag.Debug;
    }
  // `DW`, `DI` and `DV`: debug warning, info and verbose.
  return first === LETTER_D && (second === LETTER_W || second === LETTER_I || second === LETTER_V)
    ? Tag.Debug
    : Tag.None;
}

/** What the server itself says at its start, by which a line without a stamp is known. */
const SERVER_SENTENCES = [
  BAR,
  'Setting up TLS for the ',
  'Generating self-signed certificate',
  'SHA1 certificate fingerprint: ',
  'SHA256 certificate fingerprint: ',
  'Settings written to ',
  'resolve_paths: ',
];

function isServerSentence(bytes: Uint8Array, start: number, end: number): boolean {
  return SERVER_SENTENCES.some((text) => startsWith(bytes, start, end, text));
}

const SAMPLES = [
  `2026-11-22T05:14:30.101Z << [FTP Session 1 192.0.2.7] 220-FileZilla Server 1.9.4
2026-11-22T05:14:30.101Z << [FTP Session 1 192.0.2.7] 220 Please visit https://filezilla-project.org/
2026-11-22T05:14:30.102Z >> [FTP Session 1 192.0.2.7] USER alice
2026-11-22T05:14:30.102Z << [FTP Session 1 192.0.2.7] 331 Please, specify the password.
2026-11-22T05:14:30.102Z >> [FTP Session 1 192.0.2.7] PASS ****
2026-11-22T05:14:30.108Z << [FTP Session 1 192.0.2.7] 230 Login successful.
2026-11-22T05:14:30.108Z >> [FTP Session 1 192.0.2.7 alice] EPSV
2026-11-22T05:14:30.108Z << [FTP Session 1 192.0.2.7 alice] 229 Entering Extended Passive Mode (|||50093|)
2026-11-22T05:14:30.120Z == [FTP Server] Session 1 ended gracefully.
`,
  `== [FTP Server] Listening on 0.0.0.0:21 [Explicit FTP over TLS and insecure plain FTP].
<< [FTP Session 1 2001:db8::7] 220 FileZilla Server 1.9.4
>> [FTP Session 1 2001:db8::7] QUIT
<< [FTP Session 1 2001:db8::7] 221 Goodbye.
== [FTP Server] Session 1 ended gracefully.
`,
  `<Date/Time> Info [Type] Message
<11/22/2026 5:14:30 AM> FTP Session 1 192.0.2.7 [Response] 220 FileZilla Server 1.9.4
<11/22/2026 5:14:30 AM> FTP Session 1 192.0.2.7 [Command] USER alice
<11/22/2026 5:14:30 AM> FTP Session 1 192.0.2.7 [Response] 331 Please, specify the password.
<11/22/2026 5:14:30 AM> FTP Session 1 192.0.2.7 [Command] PASS ****
<11/22/2026 5:14:30 AM> FTP Session 1 192.0.2.7 [Response] 230 Login successful.
<11/22/2026 5:14:30 AM> FTP Session 1 192.0.2.7 alice [Command] QUIT
`,
  `[Response] 220 FileZilla Server 1.9.4
[Command] USER alice
[Response] 331 Please, specify the password.
[Command] PASS ****
[Response] 530 Login incorrect.
[Status] Session 31 ended gracefully.
`,
];

/** FileZilla Server 1.x: `2026-11-22T05:14:30.108Z << [FTP Session 1 192.0.2.7 alice] 226 Operation successful` */
export const filezillaServer1: Format = {
  id: 'filezilla-server-1',
  title: 'FileZilla Server 1',
  vantage: 'server',
  keyed: true,
  samples: SAMPLES,
  lineStarts:
    /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (?:<<|>>|==|!!|WW|D[DIVW]) |(?<=^|\s)(?:<<|>>|==|!!|WW) \[FTP Se|<[^<>]{8,40}> (?:FTP Session \d| \[)/,
  createScanner: (options) => new FilezillaServer1Scanner(options),
};
