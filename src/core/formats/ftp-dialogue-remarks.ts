/** Lines of telnet, openssl s_client, netkit and Windows ftp, FlashFXP and NcFTP around the dialogue. */
import { type EventCursor, Failure, Kind, Note } from '../event.ts';
import { isTransferVerb, Verb } from '../ftp/verbs.ts';
import type { Prompt } from './ftp-dialogue-prompt.ts';
import type { DialogueSessions } from './ftp-dialogue-sessions.ts';
import { type ClientConnection, Stage } from './mixed-connections.ts';
import { emitBare, emitConnected, emitRemark, type Remark, type RemarkRule } from './remarks.ts';

/** What a line around the dialogue says. */
export type DialogueRemark =
  | Note
  | 'connected'
  | 'tls-connected'
  | 'reusing'
  | 'closed'
  | 'user'
  | 'password'
  | 'nothing';

/** The lines that are known. */
export const DIALOGUE_REMARKS: readonly RemarkRule<DialogueRemark>[] = [
  [/^Trying \[?(?<host>[^\s\]]+?)\]?(?::(?<port>\d+))?(?: ?\.\.\.)$/d, Note.ConnectAttempt],
  [/^Connecting to .* -> (?:DNS=\S+ )?IP=(?<host>\S+) PORT=(?<port>\d+)/d, Note.ConnectAttempt],
  [/^Connected to \S+:\d+ for (?:PASV|PORT)/, Note.DataConnected],
  [/^Connected to (?:\S+ \()?\[?(?<host>[^\s()\]]+?)\]?\)?(?: port (?<port>\d+)(?: \(#\d+\))?)?\.?$/di, 'connected'],
  // libcurl, through a program's own log.
  [/^Re-?using existing connection/i, 'reusing'],
  [/^CONNECTED\(/, 'tls-connected'],
  [/^(?:telnet|ftp|nc|ncat): .*(?:refused|timed out|unreachable|No route)/i, Note.ConnectFailed],
  [/^Connection closed by (?:foreign|remote) host/i, 'closed'],
  // The client's own words when the server hung up, in the form of a reply.
  [/^421 Service not available, remote server has closed connection/, Note.ConnectionLost, Failure.Closed],
  [/^verify error:(?<text>.*)$/d, Note.CertificateVerify],
  [/^\s*Verify return code: (?<text>.*)$/d, Note.CertificateVerify],
  [/^(?:New, )?(?<text>TLSv[\d.]+|SSLv3), Cipher is /d, Note.TlsVersion],
  [/^\s+Protocol\s*: (?<text>TLSv[\d.]+|SSLv3)/d, Note.TlsVersion],
  [/^\s+Cipher\s*: (?<text>[\w-]+)/d, Note.TlsCipher],
  [/^subject=(?<text>.*)$/d, Note.CertificateSubject],
  [/^issuer=(?<text>.*)$/d, Note.CertificateIssuer],
  [/^(?:ftp: )?(?<value>\d+) bytes (?:received|sent) in /d, Note.TransferDone],
  [/^(?:Name|User) \([^)]*\)+: ?(?<name>\S*)/, 'user'],
  [/^(?:Password|Kennwort|Mot de passe|Contraseña|Passwort|Пароль|密码):/i, 'password'],
  [/^(?:receive|send) aborted|^\^C/, Note.TransferStopped],
  [
    /^(?:Escape character|Remote system type|Using (?:binary|ascii) mode|local: |Logged in to |Interactive mode|Passive mode)/,
    'nothing',
  ],
  [
    /^(?:Hash mark|WARNING! \d+ bare|File may not have|ftp: (?:bind|setsockopt|Login)|Login failed|\?Invalid|Not connected)/,
    'nothing',
  ],
  [/^[-dlbcps][-rwxsStT]{9}[.+@]?\s+\d|^total \d+$|^\d\d-\d\d-\d\d\s+\d\d:\d\d[AP]M\s/, 'nothing'],
  [/^\s*\d{1,3}% ?\||^\s*\d+\s+[\d.]+ [KMG]?i?B\/s/, 'nothing'],
  [
    /^(?:depth=|Certificate chain|Server certificate|-----(?:BEGIN|END)|No client certificate|SSL handshake|---$)/,
    'nothing',
  ],
];

/** Emits what lines around the dialogue say. */
export class RemarkReader {
  private readonly sessions: DialogueSessions;
  private readonly prompt: Prompt;
  /** The next connection named is one that stands already. */
  private reusing = false;

  constructor(sessions: DialogueSessions, prompt: Prompt) {
    this.sessions = sessions;
    this.prompt = prompt;
  }

  /** Takes the remark at `bytes[start, end)`; false for one that means nothing before the dialogue has begun (`begun`). */
  take(
    remark: Remark<DialogueRemark>,
    start: number,
    end: number,
    begun: boolean,
    connection: ClientConnection,
    out: EventCursor,
  ): boolean {
    const { what } = remark;
    if (what === 'reusing') this.reusing = true;
    if (what === 'nothing' || what === 'reusing') return begun || connection.stage !== Stage.Unknown;
    if (what === 'connected' || what === 'tls-connected' || what === Note.ConnectAttempt) {
      this.takeConnect(remark, start, end, connection, out);
      return true;
    }
    if (!begun && what !== Note.ConnectFailed && what !== Note.CertificateVerify) return false;
    this.takeOther(remark, start, end, connection, out);
    return true;
  }

  private takeConnect(
    remark: Remark<DialogueRemark>,
    start: number,
    end: number,
    connection: ClientConnection,
    out: EventCursor,
  ): void {
    if (this.reusing) {
      this.reusing = false;
      emitRemark(out, Note.ConnectionReused, remark, start, end);
      return;
    }
    const next = connection.replyCount > 0 ? this.sessions.replace('') : connection;
    out.key = next.key;
    if (remark.what === Note.ConnectAttempt) {
      next.stage = Stage.Connecting;
      emitRemark(out, Note.ConnectAttempt, remark, start, end);
      return;
    }
    next.stage = Stage.Connected;
    this.prompt.name(next);
    emitConnected(out, remark, start, end);
    if (remark.what === 'tls-connected') emitBare(out, Kind.Note, Note.TlsConnected);
  }

  private takeOther(
    remark: Remark<DialogueRemark>,
    start: number,
    end: number,
    connection: ClientConnection,
    out: EventCursor,
  ): void {
    switch (remark.what) {
      case 'closed':
        if (connection.replyCount === 0) return;
        emitBare(out, Kind.Disconnected);
        this.sessions.replace('');
        return;
      case 'user':
        this.prompt.send(connection, Verb.USER, remark.match.groups!['name'] ?? '', out);
        return;
      case 'password':
        this.prompt.send(connection, Verb.PASS, '', out);
        return;
      case Note.TransferDone:
        if (isTransferVerb(connection.lastVerb)) emitRemark(out, Note.TransferDone, remark, start, end);
        return;
      case Note.ConnectFailed:
        emitRemark(out, connection.replyCount > 0 ? Note.DataFailed : Note.ConnectFailed, remark, start, end);
        return;
      default:
        if (typeof remark.what === 'number') emitRemark(out, remark.what, remark, start, end);
    }
  }
}
