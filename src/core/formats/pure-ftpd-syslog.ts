import { AT, BRACKET_CLOSE, numberAt, PAREN_OPEN, replyCodeAt, SPACE, startsWith } from '../bytes/ascii.ts';
import { textOf } from '../bytes/text.ts';
import { Direction, type EventCursor, Failure, Kind, Note } from '../event.ts';
import { Verb } from '../ftp/verbs.ts';
import { fillCommand } from './command.ts';
import type { ScannerClock } from './format.ts';
import { type PureFtpdSession, PureFtpdSessions } from './pure-ftpd-sessions.ts';
import { fillReply } from './reply-line.ts';
import { endsWith, indexOfByte, indexOfSpan, isSpan, lastIndexOfByte } from './spans.ts';
import { holdsTag, SyslogHead } from './syslog-head.ts';

const NAME_BYTES_MAX = 512;

/** Pure-FTPd's lines in syslog. Commands are shown with `-d`, replies with `-d -d`. */
export class PureFtpdSyslog {
  private readonly head = new SyslogHead();
  private readonly sessions = new PureFtpdSessions();
  private lastName = '';
  private nameStart = 0;
  private nameEnd = 0;
  private levelStart = 0;
  private levelEnd = 0;

  /** Clock of the lines so far. */
  get clock(): ScannerClock {
    return this.head.clock;
  }

  /** Reads a line; false if it is none of Pure-FTPd's. */
  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    const nameAt = this.head.read(bytes, start, end, 'pure-ftpd');
    if (nameAt < 0 || bytes[nameAt] !== PAREN_OPEN || holdsTag(bytes, nameAt, end, 'pure-ftpd')) return false;
    const close = indexOfSpan(bytes, nameAt, Math.min(end, nameAt + NAME_BYTES_MAX), ') [');
    const levelEnd = close < 0 ? -1 : indexOfByte(bytes, close + 3, end, BRACKET_CLOSE);
    if (levelEnd < 0) return false;
    this.nameStart = nameAt + 1;
    this.nameEnd = close;
    this.levelStart = close + 3;
    this.levelEnd = levelEnd;
    out.day = this.head.day;
    out.ms = this.head.ms;
    this.emitLine(bytes, Math.min(end, levelEnd + 2), end, out);
    return true;
  }

  private emitLine(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    const { sessions } = this;
    const name = this.readName(bytes);
    const { pid } = this.head;
    if (startsWith(bytes, start, end, 'New connection from ')) {
      out.key = sessions.begin(name, pid).key;
      this.begin(out, Kind.Connected);
      out.emit();
      return;
    }
    const debug = isSpan(bytes, this.levelStart, this.levelEnd, 'DEBUG');
    const reply = debug && replyCodeAt(bytes, start, end) > 0;
    const session = sessions.find(name, pid, reply);
    out.key = session.key;
    if (debug) this.emitDebug(bytes, start, end, reply, session, out);
    else if (startsWith(bytes, start, end, 'Logout')) {
      sessions.leave(session);
      this.begin(out, Kind.Disconnected);
      out.emit();
    } else if (endsWith(bytes, start, end, ' is now logged in'))
      this.emitLogin(bytes, start, end - 17, Note.LoginAccepted, session, out);
    else if (indexOfSpan(bytes, start, end, 'TLS: Enabled ') >= 0) this.emitTls(bytes, start, end, session, out);
    else if (isSpan(bytes, this.levelStart, this.levelEnd, 'NOTICE')) this.emitNotice(bytes, start, end, session, out);
    else this.emitRemark(bytes, start, end, session, out);
  }

  /** The name in the line's parentheses; most lines repeat the one before. */
  private readName(bytes: Uint8Array): string {
    const { nameStart, nameEnd, lastName } = this;
    if (isSpan(bytes, nameStart, nameEnd, lastName)) return lastName;
    this.lastName = textOf(bytes, nameStart, nameEnd);
    return this.lastName;
  }

  private emitRemark(bytes: Uint8Array, start: number, end: number, session: PureFtpdSession, out: EventCursor): void {
    const refused = 'Authentication failed for user [';
    if (startsWith(bytes, start, end, refused))
      this.emitLogin(
        bytes,
        start + refused.length,
        endsWith(bytes, start, end, ']') ? end - 1 : end,
        Note.LoginRefused,
        session,
        out,
      );
    else if (startsWith(bytes, start, end, 'Timeout'))
      this.emitNote(out, Note.ServerError, start, end, Number.NaN, Failure.Timeout);
    else
      this.emitNote(
        out,
        isSpan(bytes, this.levelStart, this.levelEnd, 'INFO') ? Note.Other : Note.ServerError,
        start,
        end,
      );
  }

  /** `Command [retr] [big.bin]`, or a line of a reply. */
  private emitDebug(
    bytes: Uint8Array,
    start: number,
    end: number,
    reply: boolean,
    session: PureFtpdSession,
    out: EventCursor,
  ): void {
    if (startsWith(bytes, start, end, 'Command [')) this.emitCommand(bytes, start + 9, end, session, out);
    else if (reply || session.openReply !== 0) {
      session.replies = true;
      session.openReply = fillReply(out, bytes, start, end, session.openReply);
      this.fillContext(out);
      out.emit();
    } else this.emitNote(out, Note.Other, start, end);
  }

  private emitCommand(bytes: Uint8Array, start: number, end: number, session: PureFtpdSession, out: EventCursor): void {
    const verbEnd = indexOfByte(bytes, start, end, BRACKET_CLOSE);
    if (verbEnd < 0) return;
    session.commands = true;
    session.openReply = 0;
    this.begin(out, Kind.Command);
    fillCommand(out, bytes, start, verbEnd);
    session.lastVerb = out.verb;
    const argument = startsWith(bytes, verbEnd, end, '] [') ? verbEnd + 3 : end;
    if (out.verb !== Verb.PASS && out.verb !== Verb.ACCT && argument < end) {
      out.textStart = argument;
      out.textEnd = endsWith(bytes, argument, end, ']') ? end - 1 : end;
    }
    out.emit();
  }

  private emitLogin(
    bytes: Uint8Array,
    start: number,
    end: number,
    note: Note,
    session: PureFtpdSession,
    out: EventCursor,
  ): void {
    if (note === Note.LoginAccepted) this.sessions.rename(session, textOf(bytes, start, end));
    this.begin(out, Kind.Note);
    out.note = note;
    out.userStart = start;
    out.userEnd = end;
    out.emit();
  }

  /** `TLS: Enabled TLSv1.3 with TLS_AES_256_GCM_SHA384, 256 secret bits cipher`, for either connection. */
  private emitTls(bytes: Uint8Array, start: number, end: number, session: PureFtpdSession, out: EventCursor): void {
    const data = session.tls || (session.loggedIn && session.lastVerb !== Verb.AUTH);
    if (!data) session.tls = true;
    this.emitNote(out, data ? Note.DataTlsConnected : Note.TlsConnected, start, end);
    const versionStart = indexOfSpan(bytes, start, end, 'Enabled ') + 8;
    const versionEnd = indexOfByte(bytes, versionStart, end, SPACE);
    if (versionEnd < 0 || !startsWith(bytes, versionEnd, end, ' with ')) return;
    this.emitNote(out, Note.TlsVersion, versionStart, versionEnd);
    const cipherEnd = indexOfSpan(bytes, versionEnd, end, ', ');
    if (cipherEnd >= 0) this.emitNote(out, Note.TlsCipher, versionEnd + 6, cipherEnd);
  }

  /**
   * `/srv//pub/big.bin downloaded  (49152 bytes, 13355.00KB/sec)`. The line also stands for a transfer that was cut off, so
   * that it proves nothing where the reply would be seen.
   */
  private emitNotice(bytes: Uint8Array, start: number, end: number, session: PureFtpdSession, out: EventCursor): void {
    const open = lastIndexOfByte(bytes, start, end, PAREN_OPEN);
    const size = open < 0 ? -1 : numberAt(bytes, open + 1, end);
    const upload = endsWith(bytes, start, Math.max(start, open), ' uploaded  ');
    if (size < 0 || (!upload && !endsWith(bytes, start, open, ' downloaded  '))) {
      this.emitNote(out, Note.Other, start, end);
      return;
    }
    const pathEnd = open - (upload ? 11 : 13);
    if (session.replies) {
      this.emitNote(out, Note.TransferredBytes, start, pathEnd, size);
      return;
    }
    if (!session.commands)
      this.emitNote(out, Note.TransferStarted, start, pathEnd, upload ? Direction.Upload : Direction.Download);
    this.emitNote(out, Note.TransferDone, start, pathEnd, size);
  }

  private begin(out: EventCursor, kind: Kind): void {
    out.clear(kind);
    this.fillContext(out);
  }

  /** User and peer of `user@peer`; a virtual user's name may hold an `@` of its own, and `?` is nobody yet. */
  private fillContext(out: EventCursor): void {
    const { bytes } = out;
    const at = lastIndexOfByte(bytes, this.nameStart, this.nameEnd, AT);
    if (at < 0) return;
    if (!isSpan(bytes, this.nameStart, at, '?')) {
      out.userStart = this.nameStart;
      out.userEnd = at;
    }
    if (isSpan(bytes, at + 1, this.nameEnd, '?')) return;
    out.peerStart = at + 1;
    out.peerEnd = this.nameEnd;
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
