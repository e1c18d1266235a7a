import { APOSTROPHE, BRACKET_OPEN, COLON, numberAt, PAREN_OPEN, SPACE, startsWith } from '../bytes/ascii.ts';
import { Direction, type EventCursor, Failure, Kind, NO_KEY, NO_TIME, Note } from '../event.ts';
import { Verb } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import { fillCommand } from './command.ts';
import type { ScannerClock } from './format.ts';
import { NO_CLOCK } from './server-clock.ts';
import { indexOfByte, indexOfSpan, isSpan, lastIndexOfByte } from './spans.ts';
import { holdsTag, SyslogHead } from './syslog-head.ts';
import { millisecondsAt, setBack } from './transfer-runs.ts';

const NAME_BYTES_MAX = 512;

interface ProftpdSession {
  /** Whether its commands are shown (debug level 4 and above). */
  dispatching: boolean;
  /** Whether the command that is being dispatched was counted: each module in each phase prints it. */
  counted: boolean;
  /** Whether it was said that commands are hidden. */
  hidden: boolean;
  /** Which way its transfer goes, NaN as long as no line tells. */
  direction: number;
}

/** Remarks on what was refused or went wrong. */
const ERRORS = [
  'notice: ',
  'error: ',
  'SECURITY VIOLATION',
  'Maximum login attempts',
  'MaxRetrieveFileSize',
  'unable to',
  // It waited for a passive data connection until TimeoutNoTransfer (mod_xfer).
  'Passive data transfer failed',
];

/**
 * ProFTPD's SystemLog (or syslog, or its debug output) and the log of mod_tls. The process is the session; commands and replies
 * are hidden below debug level 4.
 */
export class ProftpdSystemLog {
  private readonly head = new SyslogHead();
  private readonly sessions = new Map<number, ProftpdSession>();
  private pid = -1;
  private peerStart = 0;
  private peerEnd = 0;

  /** Clock of the lines so far. */
  get clock(): ScannerClock {
    return this.head.pid < 0 ? NO_CLOCK : this.head.clock;
  }

  /** Reads a line; false if it is none of this log. */
  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    let i = this.head.read(bytes, start, end, 'proftpd');
    const daemon = i >= 0;
    if (!daemon) i = this.head.read(bytes, start, end, 'mod_tls');
    if (i < 0 || this.head.pid < 0 || holdsTag(bytes, i, end, 'proftpd')) return false;
    out.day = this.head.day;
    out.ms = this.head.ms;
    this.pid = this.head.pid;
    this.peerStart = this.peerEnd = 0;
    const text = daemon ? this.readPeer(bytes, i, end) : i;
    if (text < 0) {
      this.emitServerLine(bytes, i, end, out);
      return true;
    }
    out.key = this.pid;
    if (!daemon) this.emitTls(bytes, text, end, out);
    else this.emitSessionLine(bytes, text, end, out);
    return true;
  }

  /** Reads `server (client[address]): ` or, in older releases, `server (client[address]) - `; returns the offset behind it, or -1. */
  private readPeer(bytes: Uint8Array, start: number, end: number): number {
    const limit = Math.min(end, start + NAME_BYTES_MAX);
    const open = indexOfByte(bytes, start, limit, PAREN_OPEN);
    const close = open < 0 ? -1 : indexOfSpan(bytes, open, limit, '])');
    if (close < 0) return -1;
    const bracket = lastIndexOfByte(bytes, open, close, BRACKET_OPEN);
    if (bracket < 0) return -1;
    this.peerStart = bracket + 1;
    this.peerEnd = close;
    let i = close + 2;
    if (bytes[i] === COLON) i++;
    else if (startsWith(bytes, i, end, ' - ')) i += 2;
    return bytes[i] === SPACE ? i + 1 : i;
  }

  /** `host proftpd[1]: ProFTPD 1.3.8 (stable) (built …) standalone mode STARTUP`. */
  private emitServerLine(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    const name = indexOfSpan(bytes, start, end, 'ProFTPD ');
    if (name < 0 || indexOfSpan(bytes, name, end, ' STARTUP') < 0) return;
    out.key = NO_KEY;
    this.emitNote(out, Note.ServerStarted, name, end);
  }

  private sessionOf(key: number): ProftpdSession {
    let session = this.sessions.get(key);
    if (session !== undefined) return session;
    session = { dispatching: false, counted: false, hidden: false, direction: Number.NaN };
    this.sessions.set(key, session);
    if (this.sessions.size > limits.openSessions)
      for (const oldest of this.sessions.keys()) {
        this.sessions.delete(oldest);
        break;
      }
    return session;
  }

  private emitSessionLine(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    if (startsWith(bytes, start, end, 'FTP session opened')) {
      this.sessions.delete(this.pid);
      this.begin(out, Kind.Connected);
      out.emit();
    } else if (startsWith(bytes, start, end, 'FTP session closed')) {
      this.sessions.delete(this.pid);
      this.begin(out, Kind.Disconnected);
      out.emit();
    } else if (startsWith(bytes, start, end, 'dispatching ')) this.emitDispatch(bytes, start, end, out);
    else if (startsWith(bytes, start, end, 'USER ') || startsWith(bytes, start, end, 'ANON '))
      this.emitLogin(bytes, start, end, out);
    else if (startsWith(bytes, start, end, 'Transfer ')) this.emitTransfer(bytes, start, end, out);
    else if (startsWith(bytes, start, end, 'Entering ')) this.emitPassive(bytes, start, end, out);
    else this.emitRemark(bytes, start, end, out);
  }

  private emitRemark(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    if (startsWith(bytes, start, end, 'MaxStoreFileSize')) {
      this.sessionOf(this.pid).direction = Direction.Upload;
      this.emitNote(out, Note.ServerError, start, end);
      return;
    }
    if (startsWith(bytes, start, end, 'MaxRetrieveFileSize')) this.sessionOf(this.pid).direction = Direction.Download;
    const timeout = indexOfSpan(bytes, start, end, 'timeout') >= 0 || indexOfSpan(bytes, start, end, 'timed out') >= 0;
    if (timeout) this.emitNote(out, Note.ServerError, start, end, Number.NaN, Failure.Timeout);
    else if (isRefusal(bytes, start, end)) this.emitNote(out, Note.PeerRefused, start, end);
    else if (ERRORS.some((words) => startsWith(bytes, start, end, words)))
      this.emitNote(out, Note.ServerError, start, end);
  }

  /** `dispatching CMD command 'RETR big.bin' to mod_xfer`: printed for each phase and module. */
  private emitDispatch(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    const phaseStart = start + 12;
    const phaseEnd = indexOfByte(bytes, phaseStart, end, SPACE);
    const open = indexOfByte(bytes, phaseStart, end, APOSTROPHE);
    const close = lastIndexOfByte(bytes, open + 1, end, APOSTROPHE);
    if (phaseEnd < 0 || open < 0 || close < 0) return;
    const session = this.sessionOf(this.pid);
    session.dispatching = true;
    if (!isSpan(bytes, phaseStart, phaseEnd, 'PRE_CMD') && !isSpan(bytes, phaseStart, phaseEnd, 'CMD')) {
      session.counted = false;
      return;
    }
    if (session.counted) return;
    session.counted = true;
    this.begin(out, Kind.Command);
    fillCommand(out, bytes, open + 1, close);
    out.emit();
  }

  /** `USER anna: Login successful.`, `USER anna (Login failed): …`, `USER anna: no such user found from …`. */
  private emitLogin(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    let note: Note = Note.LoginAccepted;
    let userEnd = indexOfSpan(bytes, start, end, ': Login successful');
    if (userEnd < 0) {
      note = Note.LoginRefused;
      userEnd = indexOfSpan(bytes, start, end, ' (Login failed)');
    }
    if (userEnd < 0) userEnd = indexOfSpan(bytes, start, end, ': no such user');
    if (userEnd < 0) {
      this.emitNote(out, Note.Other, start, end);
      return;
    }
    this.begin(out, Kind.Note);
    out.note = note;
    out.userStart = start + 5;
    out.userEnd = userEnd;
    if (note === Note.LoginRefused) {
      out.textStart = start;
      out.textEnd = end;
    }
    out.emit();
  }

  /** `Transfer completed: 12 bytes in 0.00 seconds`, `Transfer aborted after 16384 bytes in 0.01 seconds`. */
  private emitTransfer(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    const complete = startsWith(bytes, start, end, 'Transfer completed: ');
    if (!complete && !startsWith(bytes, start, end, 'Transfer aborted after ')) return;
    const size = numberAt(bytes, start + (complete ? 20 : 23), end);
    const value = size < 0 ? Number.NaN : size;
    const session = this.sessionOf(this.pid);
    if (session.dispatching) {
      this.emitNote(out, complete ? Note.TransferredBytes : Note.TransferFailed, start, end, value);
      return;
    }
    this.emitHidden(out);
    const { day, ms } = out;
    const secondsAt = indexOfSpan(bytes, start, end, ' in ');
    const durationMs = secondsAt < 0 ? 0 : millisecondsAt(bytes, secondsAt + 4, end);
    const stepMs = this.clock.resolutionMs ?? 1;
    if (ms !== NO_TIME && durationMs >= stepMs) setBack(out, durationMs - (durationMs % stepMs));
    this.emitNote(out, Note.TransferStarted, start, start, session.direction);
    out.day = day;
    out.ms = ms;
    this.emitNote(out, complete ? Note.TransferDone : Note.TransferFailed, start, end, value);
    session.direction = Number.NaN;
  }

  /** `Entering Extended Passive Mode (|||41011|)`: the text of the 229 or 227 reply, printed when it is sent. */
  private emitPassive(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    const extended = startsWith(bytes, start, end, 'Entering Extended Passive Mode');
    if (!extended && !startsWith(bytes, start, end, 'Entering Passive Mode')) return;
    if (!this.sessionOf(this.pid).dispatching) {
      this.emitHidden(out);
      this.begin(out, Kind.Command);
      out.verb = extended ? Verb.EPSV : Verb.PASV;
      out.emit();
    }
    this.begin(out, Kind.Reply);
    out.code = extended ? 229 : 227;
    out.textStart = start;
    out.textEnd = end;
    out.emit();
  }

  /** Says once that commands are not shown, so that results are not looked for at the few that are. */
  private emitHidden(out: EventCursor): void {
    const session = this.sessionOf(this.pid);
    if (session.hidden) return;
    session.hidden = true;
    this.emitNote(out, Note.CommandsHidden, 0, 0);
  }

  private emitTls(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    const accepted = indexOfSpan(bytes, start, end, ' connection accepted, using cipher ');
    if (accepted >= 0) {
      const data = startsWith(bytes, accepted - 5, accepted, ' data');
      const cipherStart = accepted + 35;
      const cipherEnd = indexOfByte(bytes, cipherStart, end, SPACE);
      this.emitNote(out, data ? Note.DataTlsConnected : Note.TlsConnected, start, end);
      this.emitNote(out, Note.TlsVersion, start, data ? accepted - 5 : accepted);
      this.emitNote(out, Note.TlsCipher, cipherStart, cipherEnd < 0 ? end : cipherEnd);
      if (indexOfSpan(bytes, cipherStart, end, 'resumed session') >= 0) this.emitNote(out, Note.TlsResumed, start, end);
    } else if (startsWith(bytes, start, end, 'client did not reuse'))
      this.emitNote(out, Note.TlsNotResumed, start, end);
    else if (startsWith(bytes, start, end, 'unable to accept TLS'))
      this.emitNote(out, Note.TlsFailed, start, end, Number.NaN, Failure.Tls);
    else if (startsWith(bytes, start, end, 'unable to open data connection'))
      this.emitNote(out, Note.DataTlsFailed, start, end, Number.NaN, Failure.Tls);
  }

  private begin(out: EventCursor, kind: Kind): void {
    out.clear(kind);
    out.peerStart = this.peerStart;
    out.peerEnd = this.peerEnd;
  }

  private emitNote(
    out: EventCursor,
    note: Note,
    textStart: number,
    textEnd: number,
    value = Number.NaN,
    failure: Failure = Failure.Unknown,
  ): void {
    this.begin(out, Kind.Note);
    out.note = note;
    out.textStart = textStart;
    out.textEnd = textEnd;
    out.value = value;
    out.failure = failure;
    out.emit();
  }
}

/** `Connection refused (max clients 30)`, `Connection from host [address] denied.`: the session never began. */
function isRefusal(bytes: Uint8Array, start: number, end: number): boolean {
  if (startsWith(bytes, start, end, 'Connection refused')) return true;
  return startsWith(bytes, start, end, 'Connection from ') && indexOfSpan(bytes, start, end, ' denied') >= 0;
}
