import { CR, PLUS, SPACE } from '../bytes/ascii.ts';
import { textOf } from '../bytes/text.ts';
import { type EventCursor, Failure, Kind, NO_TIME, Note } from '../event.ts';
import { isTransferVerb, Verb } from '../ftp/verbs.ts';
import { fillCommand } from './command.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';
import { IIS_COLUMNS, IisLine } from './iis-line.ts';
import { NamedSessions } from './named-sessions.ts';
import { isoClock, NO_CLOCK } from './server-clock.ts';
import { emitSessionOver } from './session-over.ts';
import { setBack } from './transfer-runs.ts';

const LETTER_A = 97;
const LETTER_Z = 122;
/** Windows error codes that a lost connection leaves in sc-win32-status. */
const FAILURES: ReadonlyMap<number, Failure> = new Map<number, Failure>([
  [64, Failure.Reset],
  [121, Failure.Timeout],
  [1236, Failure.Reset],
  [1460, Failure.Timeout],
  [10053, Failure.Reset],
  [10054, Failure.Reset],
  [10060, Failure.Timeout],
  [10061, Failure.Refused],
]);
/** What IIS 5 and 6 call the commands that move a file. */
const OLD_METHODS: ReadonlyMap<string, number> = new Map([
  ['sent', Verb.RETR],
  ['created', Verb.STOR],
  ['appended', Verb.APPE],
]);

interface IisSession {
  readonly key: number;
  /** Whether the client asked for active mode last: then the port of a data connection is the server's own. */
  active: boolean;
  over: boolean;
  /** Whether USER is its first line: without a line of its own for the connection that is its beginning. */
  begins: boolean;
}

/** The FTP service of IIS, in the W3C Extended Log File Format. A line is a command with its last reply. */
class IisScanner implements Scanner {
  clock: ScannerClock = NO_CLOCK;

  private readonly line = new IisLine();
  private readonly sessions = new NamedSessions<IisSession>();
  private nextKey = 1;
  private scratch = new Uint8Array(0);

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    while (end > start && (bytes[end - 1] === CR || bytes[end - 1] === SPACE)) end--;
    const { line } = this;
    if (!line.read(bytes, start, end)) return false;
    if (line.methodEnd === line.methodStart) return true;
    if (this.clock.date === 'none') this.clock = isoClock(1000, 'Z');
    out.day = line.w3c.day;
    out.ms = line.w3c.ms;
    if (line.w3c.hasByte('cs-uri-stem', bytes, PLUS)) this.emitUnescaped(bytes, start, end, out);
    else this.emitLine(bytes, out);
    return true;
  }

  /** Emits a line whose argument has blanks, which IIS writes as plus signs, from a copy with the blanks back. */
  private emitUnescaped(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    const length = end - start;
    if (this.scratch.length < length) this.scratch = new Uint8Array(length * 2);
    const { scratch, line } = this;
    const { w3c } = line;
    for (let i = 0; i < length; i++) scratch[i] = bytes[start + i]!;
    const argumentStart = w3c.startOf('cs-uri-stem') - start;
    const argumentEnd = w3c.endOf('cs-uri-stem', bytes) - start;
    for (let i = argumentStart; i < argumentEnd; i++) if (scratch[i] === PLUS) scratch[i] = SPACE;
    line.shift(-start);
    out.bytes = scratch;
    this.emitLine(scratch, out);
    out.bytes = bytes;
  }

  private emitLine(bytes: Uint8Array, out: EventCursor): void {
    const { line } = this;
    const session = this.sessionOf(bytes);
    out.key = session.key;
    if (session.begins && !line.w3c.has('x-session')) this.emitConnected(bytes, out);
    session.begins = false;
    if (line.isMethod(bytes, 'ControlChannelOpened')) this.emitConnected(bytes, out);
    else if (line.isMethod(bytes, 'ControlChannelClosed')) this.emitClosed(bytes, session, out);
    else if (line.isMethod(bytes, 'DataChannelOpened')) this.emitDataOpened(bytes, session, out);
    else if (line.isMethod(bytes, 'DataChannelClosed')) this.emitDataClosed(bytes, out);
    else if (line.isMethod(bytes, 'closed')) {
      this.emitReply(bytes, out);
      this.emitClosed(bytes, session, out);
    } else this.emitCommand(bytes, session, out);
  }

  /** By GUID, by the number that IIS 5 and 6 glue to the method, or else by the client's address. */
  private sessionOf(bytes: Uint8Array): IisSession {
    const { line } = this;
    const { w3c } = line;
    let start = w3c.startOf('cs-method');
    let end = line.methodStart;
    if (start === end) {
      const column = w3c.has('x-session') ? 'x-session' : 'c-ip';
      start = w3c.startOf(column);
      end = w3c.endOf(column, bytes);
    }
    const known = this.sessions.get(bytes, start, end);
    const begins = line.isMethod(bytes, 'ControlChannelOpened') || line.isMethod(bytes, 'USER');
    if (known !== undefined && !(begins && known.over)) return known;
    const session = { key: this.nextKey++, active: false, over: false, begins: line.isMethod(bytes, 'USER') };
    this.sessions.set(bytes, start, end, session);
    return session;
  }

  private emitConnected(bytes: Uint8Array, out: EventCursor): void {
    this.begin(bytes, out, Kind.Connected);
    this.fillServer(bytes, out);
    out.emit();
  }

  private emitClosed(bytes: Uint8Array, session: IisSession, out: EventCursor): void {
    session.over = true;
    this.begin(bytes, out, Kind.Disconnected);
    out.failure = this.failureOf(bytes);
    out.emit();
  }

  private emitDataOpened(bytes: Uint8Array, session: IisSession, out: EventCursor): void {
    this.begin(bytes, out, Kind.Note);
    out.note = Note.DataConnected;
    if (!session.active) this.fillServer(bytes, out);
    out.emit();
  }

  private emitDataClosed(bytes: Uint8Array, out: EventCursor): void {
    const status = this.line.numberOf('sc-win32-status', bytes);
    this.begin(bytes, out, Kind.Note);
    out.note = status > 0 ? Note.DataBroken : Note.DataClosed;
    if (status > 0) {
      out.failure = this.failureOf(bytes);
      this.fillStatus(bytes, out);
    }
    out.emit();
  }

  private emitCommand(bytes: Uint8Array, session: IisSession, out: EventCursor): void {
    const { line } = this;
    const { w3c } = line;
    const { ms, day } = out;
    this.begin(bytes, out, Kind.Command);
    fillCommand(out, bytes, line.methodStart, line.methodEnd);
    if (isSmallLetter(bytes[line.methodStart]!))
      out.verb = OLD_METHODS.get(textOf(bytes, line.methodStart, line.methodEnd)) ?? out.verb;
    const { verb } = out;
    if (verb !== Verb.PASS && verb !== Verb.ACCT) {
      out.textStart = w3c.startOf('cs-uri-stem');
      out.textEnd = w3c.endOf('cs-uri-stem', bytes);
    }
    if (verb === Verb.PORT || verb === Verb.EPRT) session.active = true;
    else if (verb === Verb.PASV || verb === Verb.EPSV) session.active = false;
    else if (verb === Verb.QUIT) session.over = true;
    // The line is written when the command is done: when a transfer began follows only from how long it took.
    const takenMs = this.line.numberOf('time-taken', bytes);
    if (takenMs >= 0) setBack(out, takenMs - (takenMs % 1000));
    else if (isTransferVerb(verb)) out.ms = NO_TIME;
    out.emit();
    out.ms = ms;
    out.day = day;
    this.emitReply(bytes, out);
    this.emitStatus(bytes, verb, out);
    if (verb === Verb.QUIT && !w3c.has('x-session')) emitSessionOver(out, session.key);
  }

  private emitReply(bytes: Uint8Array, out: EventCursor): void {
    const code = this.line.codeOf(bytes);
    if (code === 0) return;
    this.begin(bytes, out, Kind.Reply);
    out.code = code;
    out.emit();
  }

  /** What Windows says of a command that failed, and how much a transfer moved. */
  private emitStatus(bytes: Uint8Array, verb: number, out: EventCursor): void {
    if (this.line.numberOf('sc-win32-status', bytes) > 0) {
      this.begin(bytes, out, Kind.Note);
      out.note = Note.ServerError;
      out.failure = this.failureOf(bytes);
      this.fillStatus(bytes, out);
      out.emit();
    }
    if (!isTransferVerb(verb)) return;
    const upload = verb === Verb.STOR || verb === Verb.APPE || verb === Verb.STOU;
    const size = this.line.numberOf(upload ? 'cs-bytes' : 'sc-bytes', bytes);
    if (size < 0) return;
    this.begin(bytes, out, Kind.Note);
    out.note = Note.TransferredBytes;
    out.value = size;
    // IIS counts what went over the control connection, too.
    out.exact = false;
    out.emit();
  }

  private failureOf(bytes: Uint8Array): Failure {
    const status = this.line.numberOf('sc-win32-status', bytes);
    return status > 0 ? (FAILURES.get(status) ?? Failure.Unknown) : Failure.Unknown;
  }

  private fillStatus(bytes: Uint8Array, out: EventCursor): void {
    out.value = this.line.numberOf('sc-win32-status', bytes);
    out.textStart = this.line.w3c.startOf('sc-win32-status');
    out.textEnd = this.line.w3c.endOf('sc-win32-status', bytes);
  }

  private fillServer(bytes: Uint8Array, out: EventCursor): void {
    const { w3c } = this.line;
    out.addressStart = w3c.startOf('s-ip');
    out.addressEnd = w3c.endOf('s-ip', bytes);
    out.port = Math.max(0, this.line.numberOf('s-port', bytes));
  }

  private begin(bytes: Uint8Array, out: EventCursor, kind: Kind): void {
    const { w3c } = this.line;
    out.clear(kind);
    out.userStart = w3c.startOf('cs-username');
    out.userEnd = w3c.endOf('cs-username', bytes);
    out.peerStart = w3c.startOf('c-ip');
    out.peerEnd = w3c.endOf('c-ip', bytes);
  }
}

function isSmallLetter(byte: number): boolean {
  return byte >= LETTER_A && byte <= LETTER_Z;
}

/** IIS: `2026-11-22 05:15:09 192.0.2.7 anna 192.0.2.1 21 RETR big.bin 226 0 0 6f1c… /big.bin`, in UTC. */
export const iisW3c: Format = {
  id: 'iis-w3c',
  title: 'Microsoft IIS FTP service (W3C)',
  vantage: 'server',
  keyed: false,
  samples: [
    [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Version: 1.0',
      '#Date: 2026-11-22 05:15:00',
      `#Fields: ${IIS_COLUMNS.join(' ')}`,
      '2026-11-22 05:15:00 192.0.2.7 - 192.0.2.1 21 ControlChannelOpened - - 0 0 6f1c2b60-93ab-4f43-9d0a-0c7f4be1a001 -',
      '2026-11-22 05:15:00 192.0.2.7 - 192.0.2.1 21 USER anna 331 0 0 6f1c2b60-93ab-4f43-9d0a-0c7f4be1a001 -',
      '2026-11-22 05:15:00 192.0.2.7 HOST\\anna 192.0.2.1 21 PASS *** 230 0 0 6f1c2b60-93ab-4f43-9d0a-0c7f4be1a001 /',
      '2026-11-22 05:15:09 192.0.2.7 HOST\\anna 192.0.2.1 21 RETR big.bin 426 64 0 6f1c2b60-93ab-4f43-9d0a-0c7f4be1a001 /big.bin',
    ].join('\n'),
    [
      '2026-11-22 05:15:00 192.0.2.7 - 192.0.2.1 21 ControlChannelOpened - - 0 0 6f1c2b60-93ab-4f43-9d0a-0c7f4be1a001 -',
      '2026-11-22 05:15:00 192.0.2.7 - 192.0.2.1 21 USER anna 331 0 0 6f1c2b60-93ab-4f43-9d0a-0c7f4be1a001 -',
    ].join('\n'),
    [
      '#Software: Microsoft Internet Information Services 6.0',
      '#Version: 1.0',
      '#Date: 2026-11-22 05:15:00',
      '#Fields: time c-ip cs-method cs-uri-stem sc-status',
      '05:15:00 192.0.2.7 [56]USER anna 331',
      '05:15:09 192.0.2.7 [56]created new.bin 226',
    ].join('\n'),
  ],
  lineStarts: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [\d.:a-fA-F]{2,45} /,
  createScanner: () => new IisScanner(),
};
