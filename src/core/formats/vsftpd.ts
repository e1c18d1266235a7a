import { COMMA, CR, numberAt, QUOTE, SPACE, startsWith } from '../bytes/ascii.ts';
import { Direction, type EventCursor, Failure, Kind, NO_DAY, Note } from '../event.ts';
import { fillCommand } from './command.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';
import { fillReply } from './reply-line.ts';
import { NO_CLOCK } from './server-clock.ts';
import { emitSessionOver } from './session-over.ts';
import { endsWith, indexOfByte, indexOfSpan, lastIndexOfByte, spanHash } from './spans.ts';
import { Action, VsftpdLine } from './vsftpd-line.ts';
import { Step, type VsftpdSession, VsftpdSessions } from './vsftpd-sessions.ts';

const STEPS: readonly Step[] = [
  Step.Connect,
  Step.Work,
  Step.Work,
  Step.Remark,
  Step.Login,
  Step.Work,
  Step.Work,
  Step.Work,
];

/** Replies after which vsftpd ends its process. */
const GOODBYE = 221;
const SERVICE_CLOSING = 421;
const DAY_SECONDS = 86_400;

/** The log of vsftpd (`vsftpd_log_file`, or through syslog), with and without `log_ftp_protocol`. */
class VsftpdScanner implements Scanner {
  clock: ScannerClock = NO_CLOCK;

  private readonly line = new VsftpdLine();
  private readonly sessions = new VsftpdSessions();
  private loggedIn = false;

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    const { line } = this;
    while (end > start && (bytes[end - 1] === CR || bytes[end - 1] === SPACE)) end--;
    const rest = line.read(bytes, start, end);
    if (rest < 0) return false;
    this.clock = line.clock;
    const client = spanHash(bytes, line.clientStart, line.clientEnd);
    const user = line.userEnd > line.userStart ? spanHash(bytes, line.userStart, line.userEnd) : 0;
    const seconds = (line.day === NO_DAY ? 0 : line.day * DAY_SECONDS) + Math.floor(line.ms / 1000);
    // Syslog may leave the process out: then a client's lines are taken for one session's until its next CONNECT.
    const pid = line.pid >= 0 ? line.pid : -2 - client;
    const session = this.sessions.find(STEPS[line.action]!, pid, client, user, seconds);
    out.day = line.day;
    out.ms = line.ms;
    if (this.sessions.over.length > 0) this.emitOver(out);
    if (session === null) return true;
    out.key = session.key;
    // From USER on lines name who wants to log in; only afterwards is it the user.
    this.loggedIn = session.loggedIn || line.action === Action.Login;
    this.emit(bytes, rest, end, session, out);
    return true;
  }

  private emitOver(out: EventCursor): void {
    for (const key of this.sessions.over) emitSessionOver(out, key);
    this.sessions.over.length = 0;
  }

  private emit(bytes: Uint8Array, start: number, end: number, session: VsftpdSession, out: EventCursor): void {
    // Quotes within the text are not escaped (`"257 "/" is …"`): only the outermost ones are vsftpd's.
    const textStart = start < end && bytes[start] === QUOTE ? start + 1 : start;
    const textEnd = end > textStart && bytes[end - 1] === QUOTE ? end - 1 : end;
    switch (this.line.action) {
      case Action.Command:
        session.dialogue = true;
        session.openReply = 0;
        this.begin(out, Kind.Command);
        fillCommand(out, bytes, textStart, textEnd);
        out.emit();
        return;
      case Action.Response:
        this.emitResponse(bytes, textStart, textEnd, session, out);
        return;
      case Action.Connect:
        this.begin(out, Kind.Connected);
        out.emit();
        if (textEnd > textStart) this.emitNote(out, Note.PeerRefused, textStart, textEnd);
        return;
      case Action.Login:
        if (this.line.ok) this.sessions.acceptLogin(session);
        this.emitNote(out, this.line.ok ? Note.LoginAccepted : Note.LoginRefused, 0, 0);
        return;
      case Action.Debug:
        this.emitDebug(bytes, textStart, textEnd, session, out);
        return;
      case Action.Download:
      case Action.Upload:
        this.emitTransfer(bytes, start, end, session, out);
        return;
      default:
        // Where commands are shown, they tell the same.
        if (!session.dialogue) this.emitNote(out, Note.Other, this.line.actionStart, end);
    }
  }

  private begin(out: EventCursor, kind: Kind): void {
    out.clear(kind);
    this.fillContext(out);
  }

  private fillContext(out: EventCursor): void {
    const { line } = this;
    if (this.loggedIn) {
      out.userStart = line.userStart;
      out.userEnd = line.userEnd;
    }
    out.peerStart = line.clientStart;
    out.peerEnd = line.clientEnd;
  }

  private emitNote(out: EventCursor, note: Note, textStart: number, textEnd: number, value = Number.NaN): void {
    this.begin(out, Kind.Note);
    out.note = note;
    out.textStart = textStart;
    out.textEnd = textEnd;
    out.value = value;
    if (note === Note.TlsFailed || note === Note.DataTlsFailed) out.failure = Failure.Tls;
    out.emit();
  }

  private emitResponse(bytes: Uint8Array, start: number, end: number, session: VsftpdSession, out: EventCursor): void {
    session.dialogue = true;
    // vsftpd prints what cannot be printed as `?`, and the lines of FEAT end in CR LF.
    if (session.openReply !== 0 && endsWith(bytes, start, end, '??')) end -= 2;
    session.openReply = fillReply(out, bytes, start, end, session.openReply);
    this.fillContext(out);
    const { kind, code } = out;
    out.emit();
    if (kind !== Kind.Reply || (code !== GOODBYE && code !== SERVICE_CLOSING)) return;
    this.sessions.close(session);
    this.emitOver(out);
  }

  private emitTransfer(bytes: Uint8Array, start: number, end: number, session: VsftpdSession, out: EventCursor): void {
    const lastQuote = lastIndexOfByte(bytes, start, end, QUOTE);
    const pathStart = start < end && bytes[start] === QUOTE ? start + 1 : start;
    const pathEnd = Math.max(lastQuote, pathStart);
    const bytesAt = lastQuote >= 0 && startsWith(bytes, lastQuote, end, '", ') ? lastQuote + 3 : end;
    const sized = indexOfSpan(bytes, bytesAt, end, ' bytes') >= 0;
    // A size of zero is left out; of a failed transfer it may also be missing because there was no file.
    const size = sized ? numberAt(bytes, bytesAt, end) : this.line.ok ? 0 : Number.NaN;
    if (session.dialogue) {
      if (!Number.isNaN(size)) this.emitNote(out, Note.TransferredBytes, pathStart, pathEnd, size);
      return;
    }
    const direction = this.line.action === Action.Download ? Direction.Download : Direction.Upload;
    this.emitNote(out, Note.TransferStarted, pathStart, pathEnd, direction);
    this.emitNote(out, this.line.ok ? Note.TransferDone : Note.TransferFailed, pathStart, pathEnd, size);
  }

  private emitDebug(bytes: Uint8Array, start: number, end: number, session: VsftpdSession, out: EventCursor): void {
    const data = session.tls || session.loggedIn;
    if (startsWith(bytes, start, end, 'SSL shutdown state')) return;
    if (startsWith(bytes, start, end, 'SSL version: ')) {
      this.emitTls(bytes, start, end, session, out);
      return;
    }
    let note: Note = Note.Other;
    if (startsWith(bytes, start, end, 'SSL_accept failed')) note = data ? Note.DataTlsFailed : Note.TlsFailed;
    else if (startsWith(bytes, start, end, 'No SSL session reuse')) note = Note.TlsNotResumed;
    else if (indexOfSpan(bytes, start, end, 'without SSL shutdown') >= 0) note = Note.TlsNotClosed;
    this.emitNote(out, note, start, end);
  }

  /** `SSL version: TLSv1.3, SSL cipher: TLS_AES_256_GCM_SHA384, not reused, no cert`. */
  private emitTls(bytes: Uint8Array, start: number, end: number, session: VsftpdSession, out: EventCursor): void {
    const data = session.tls || session.loggedIn;
    if (!data) session.tls = true;
    this.emitNote(out, data ? Note.DataTlsConnected : Note.TlsConnected, start, end);
    const versionStart = start + 13;
    const versionEnd = indexOfByte(bytes, versionStart, end, COMMA);
    if (versionEnd < 0) return;
    this.emitNote(out, Note.TlsVersion, versionStart, versionEnd);
    const label = ', SSL cipher: ';
    if (!startsWith(bytes, versionEnd, end, label)) return;
    const cipherStart = versionEnd + label.length;
    const cipherEnd = indexOfByte(bytes, cipherStart, end, COMMA);
    if (cipherEnd < 0) return;
    this.emitNote(out, Note.TlsCipher, cipherStart, cipherEnd);
    if (startsWith(bytes, cipherEnd, end, ', reused')) this.emitNote(out, Note.TlsResumed, start, end);
  }
}

/** vsftpd's own log: `Sun Nov 22 05:09:11 2026 [pid 12292] [anna] OK LOGIN: Client "192.0.2.7"`. */
export const vsftpd: Format = {
  id: 'vsftpd',
  title: 'vsftpd',
  vantage: 'server',
  keyed: false,
  samples: [
    [
      'Sun Nov 22 05:09:10 2026 [pid 12254] CONNECT: Client "192.0.2.7"',
      'Sun Nov 22 05:09:10 2026 [pid 12254] FTP response: Client "192.0.2.7", "220 (vsFTPd 3.0.3)"',
      'Sun Nov 22 05:09:10 2026 [pid 12254] FTP command: Client "192.0.2.7", "USER anna"',
      'Sun Nov 22 05:09:10 2026 [pid 12254] [anna] FTP response: Client "192.0.2.7", "331 Please specify the password."',
      'Sun Nov 22 05:09:10 2026 [pid 12254] [anna] FTP command: Client "192.0.2.7", "PASS <password>"',
      'Sun Nov 22 05:09:11 2026 [pid 12253] [anna] OK LOGIN: Client "192.0.2.7"',
      'Sun Nov 22 05:09:11 2026 [pid 12258] [anna] FTP response: Client "192.0.2.7", "230 Login successful."',
    ].join('\n'),
    [
      'Sun Nov 22 05:20:54 2026 [pid 17413] CONNECT: Client "2001:db8::7"',
      'Sun Nov 22 05:20:54 2026 [pid 17412] [anna] OK LOGIN: Client "2001:db8::7"',
      'Sun Nov 22 05:20:56 2026 [pid 17414] [anna] FAIL DOWNLOAD: Client "2001:db8::7", "/big.bin", 8060928 bytes, 3898.62Kbyte/sec',
    ].join('\n'),
    [
      'Nov 22 05:20:54 host vsftpd[17413]: CONNECT: Client "192.0.2.7"',
      'Nov 22 05:20:55 host vsftpd[17412]: [anna] FAIL LOGIN: Client "192.0.2.7"',
    ].join('\n'),
  ],
  lineStarts: /[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} \[pid \d+\] /,
  createScanner: () => new VsftpdScanner(),
};
