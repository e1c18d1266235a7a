import { startsWith } from '../bytes/ascii.ts';
import { IsoStampReader } from '../bytes/stamp.ts';
import { textOf } from '../bytes/text.ts';
import { type EventCursor, Kind, NO_DAY, NO_TIME, Note } from '../event.ts';
import { isDataSetupVerb, isTransferVerb, Verb, verbAt } from '../ftp/verbs.ts';
import { emitCommand, isCommandAt, replyLineCodeAt, trimmedEnd, verbEndAt } from './control-lines.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';
import { type ClientConnection, MixedConnections, Stage } from './mixed-connections.ts';
import { emitBare, emitRemark, findRemark, lineText, type Remark, type RemarkRule } from './remarks.ts';
import { isoClock, NO_CLOCK } from './server-clock.ts';

type What = Note | 'closing' | 'socket-error' | 'timeout' | 'saved' | 'nothing';

/** Behind `---- `. */
const INFORMATION: readonly RemarkRule<What>[] = [
  [/^Connecting to \S+ \((?<host>[^)\s]*)\) port (?<port>\d+)/d, Note.ConnectAttempt],
  [/^Connecting data socket to \((?<host>[^)\s]*)\) port (?<port>\d+)/d, Note.DataAttempt],
  [/^Data connection established/, Note.DataConnected],
  [/^Accepted data connection from \((?<host>[^)\s]*)\) port (?<port>\d+)/d, Note.DataConnected],
  [/^Got EOF on data connection/, Note.DataClosed],
  [/^Address returned by (?:PASV|EPSV)/, Note.DataAddressReplaced],
  [/^Closing control socket/, 'closing'],
];
/** Behind `**** `. */
const ERRORS: readonly RemarkRule<What>[] = [
  [/^Socket error \(/, 'socket-error'],
  [/^data-socket: /i, Note.DataBroken],
  [/^control-socket: |^Peer closed connection|^remote end closes connection/i, Note.ConnectionLost],
  [/^Timeout - reconnecting/, 'timeout'],
  [/^Certificate verification: (?<text>.*)/d, Note.CertificateVerify],
  [/TLS|SSL|certificate/i, Note.TlsFailed],
];
/** Lines without a mark. */
const PLAIN: readonly RemarkRule<What>[] = [
  [/^Fatal error: (?<text>.*)/d, Note.ClientError],
  [/^(?:get|mget|put|mput|cd|ls|open|mirror|pget): .*/, Note.Other],
  [/^Login failed: /, Note.Other],
  [/^WARNING: Certificate verification: (?<text>.*)/d, Note.CertificateVerify],
  [/^Certificate: (?<text>.*)/d, Note.CertificateSubject],
  [/^\s+Issued by:\s+(?<text>.*)/d, Note.CertificateIssuer],
  // `2026-11-22 05:20:55 ftp://anna@192.0.2.10/a -> /home/anna/a 0-43 814 B/s`
  [/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S.* -> .* (?<from>\d+)-(?<to>\d+) [\d.]+ ?[KMGT]?i?B\/s$/, 'saved'],
  [/^(?:Loaded \d+ (?:CAs|CRLs)|Checking against:|\s+(?:Checking against|Trusted)|Not trusted)/, 'nothing'],
  [/^[-dlbcps][-rwxsStT]{9}[.+@]?\s+\d/, 'nothing'],
];

/**
 * lftp with `debug` (4.x): `----` what it does, `--->` commands, `<---` replies, `****` errors; `-p`, `-t` and `-c` put the process, the
 * time and the context before them. Parallel connections carry no id.
 *
 * `---- Connecting to ftp.example.net (192.0.2.10) port 21`
 */
export const lftp: Format = {
  id: 'lftp',
  title: 'lftp',
  vantage: 'client',
  keyed: false,
  samples: [
    [
      '---- Resolving host address...',
      '---- Connecting to ftp.example.net (192.0.2.10) port 21',
      '<--- 220 (vsFTPd 3.0.3)',
      '---> USER anna',
      '<--- 331 Please specify the password.',
      '---> PASS secret',
      '<--- 230 Login successful.',
      '---> PASV',
      '<--- 227 Entering Passive Mode (192,0,2,10,142,133).',
      '---- Connecting data socket to (192.0.2.10) port 36485',
      '---- Data connection established',
      '---> RETR big.bin',
      '<--- 150 Opening BINARY mode data connection for big.bin (60000000 bytes).',
      '**** data-socket: Connection reset by peer',
      '---- Closing data socket',
      '<--- 426 Failure writing network stream.',
    ].join('\n'),
  ],
  lineStarts: /(?<=^|\s)(?:-{4}|-{3}>|<-{3}|\*{4}) /,
  createScanner: () => new LftpScanner(),
};

/** What stands before the mark: `[13401] 2026-11-22 05:16:28 127.0.0.1 `. */
const PREFIX =
  /^(?:\[\d{1,10}\] )?(?<stamp>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?(?:[\w.:[\]-]{1,255} )?(?=(?:----|--->|<---|\*{4})(?:\s|$))/d;
const MARK_LENGTH = 4;

class LftpScanner implements Scanner {
  private readonly connections = new MixedConnections();
  private readonly stamps = new IsoStampReader();
  private hasStamps = false;
  /** Whether a mark was seen that tnftp does not write. */
  private sure = false;

  get clock(): ScannerClock {
    return this.hasStamps ? isoClock(1000, null) : NO_CLOCK;
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    end = trimmedEnd(bytes, start, end);
    const line = lineText(bytes, start, end);
    const prefix = PREFIX.exec(line);
    out.day = NO_DAY;
    out.ms = NO_TIME;
    if (prefix === null) return this.sure && this.readPlain(line, start, end, out);
    const mark = start + prefix[0].length;
    const text = Math.min(end, mark + MARK_LENGTH + 1);
    const sent = startsWith(bytes, mark, end, '--->');
    const received = startsWith(bytes, mark, end, '<---');
    if (sent ? !this.sure || !isCommandAt(bytes, text, end) : false) return false;
    if (received && !this.sure && replyLineCodeAt(bytes, text, end) === 0) return false;
    this.sure = true;
    this.readStamp(bytes, start + (prefix.indices?.groups?.['stamp']?.[0] ?? -1), start, end, out);
    if (sent) this.readCommand(text, end, out);
    else if (received) this.readReply(text, end, out);
    else this.readMark(startsWith(bytes, mark, end, '----') ? INFORMATION : ERRORS, text, end, out);
    return true;
  }

  private readStamp(bytes: Uint8Array, at: number, start: number, end: number, out: EventCursor): void {
    if (at < start || this.stamps.read(bytes, at, end) < 0) return;
    out.day = this.stamps.day;
    out.ms = this.stamps.ms;
    this.hasStamps = true;
  }

  private readCommand(start: number, end: number, out: EventCursor): void {
    const connection = this.connections.sender(verbAt(out.bytes, start, verbEndAt(out.bytes, start, end)));
    out.key = connection.key;
    connection.send(emitCommand(out, start, end));
  }

  private readReply(start: number, end: number, out: EventCursor): void {
    const connection = this.connections.receiver(replyLineCodeAt(out.bytes, start, end));
    out.key = connection.key;
    const code = connection.replies.emit(out, start, end);
    if (code !== 0) connection.answer(code);
  }

  private readMark(rules: readonly RemarkRule<What>[], start: number, end: number, out: EventCursor): void {
    const remark = findRemark(rules, textOf(out.bytes, start, end));
    if (remark === null) return;
    if (remark.what === Note.ConnectAttempt) {
      const connection = this.connections.begin();
      connection.stage = Stage.Connecting;
      out.key = connection.key;
      emitRemark(out, Note.ConnectAttempt, remark, start, end);
      return;
    }
    const connection = this.subjectOf(remark.what) ?? this.connections.begin();
    out.key = connection.key;
    if (remark.what === 'closing') {
      emitBare(out, Kind.Disconnected);
      this.connections.end(connection);
    } else if (remark.what === 'timeout') {
      // It connects before it sends the transfer's command.
      emitRemark(out, connection.hasPortUnused ? Note.DataFailed : Note.ClientTimeout, remark, start, end);
    } else if (remark.what === 'socket-error') this.readSocketError(connection, remark, start, end, out);
    else emitRemark(out, remark.what as Note, remark, start, end);
  }

  /** With several connections, a data connection's remark is that of the one which set it up or transfers. */
  private subjectOf(what: What): ClientConnection | null {
    const { latest } = this.connections;
    const aboutData = typeof what === 'number' && what >= Note.DataAttempt && what <= Note.DataClosed;
    if (!aboutData || latest === null || latest.isInTransfer || isDataSetupVerb(latest.answeredVerb)) return latest;
    return this.connections.find((connection) => connection.isInTransfer) ?? latest;
  }

  /** `Socket error (Connection refused) - reconnecting`: which connection it was follows from what had been done. */
  private readSocketError(
    connection: ClientConnection,
    remark: Remark<What>,
    start: number,
    end: number,
    out: EventCursor,
  ): void {
    let note: Note = Note.ConnectionLost;
    if (connection.stage === Stage.Connecting) note = Note.ConnectFailed;
    else if (
      isDataSetupVerb(connection.lastVerb) ||
      isTransferVerb(connection.lastVerb) ||
      connection.lastVerb === Verb.REST
    )
      note = connection.transferring ? Note.DataBroken : Note.DataFailed;
    if (note === Note.ConnectFailed) connection.stage = Stage.Failed;
    emitRemark(out, note, remark, start, end);
  }

  private readPlain(line: string, start: number, end: number, out: EventCursor): boolean {
    const remark = findRemark(PLAIN, line);
    if (remark === null) return false;
    const connection = this.connections.latest;
    if (remark.what === 'nothing' || connection === null) return true;
    out.key = connection.key;
    if (remark.what !== 'saved') {
      emitRemark(out, remark.what as Note, remark, start, end);
      return true;
    }
    out.clear(Kind.Note);
    out.note = Note.TransferDone;
    out.value = Number(remark.match.groups!['to']) - Number(remark.match.groups!['from']);
    out.emit();
    return true;
  }
}
