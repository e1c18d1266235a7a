import { bytesOf, textOf } from '../bytes/text.ts';
import { type EventCursor, Failure, Kind, NO_DAY, NO_TIME, Note } from '../event.ts';
import { isTransferVerb } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import { emitCommand, trimmedEnd } from './control-lines.ts';
import type { Format, Scanner } from './format.ts';
import { ClientConnection, Stage } from './mixed-connections.ts';
import { unescapeRepr } from './python-repr.ts';
import { emitBare, emitRemark, findRemark, lineText, type Remark, type RemarkRule } from './remarks.ts';
import { NO_CLOCK } from './server-clock.ts';

/** `*cmd* 'USER anna'`; `*put urgent*` is ABOR, sent as urgent data (RFC 959 section 4.1.3). */
const LINE = /^\*(cmd|resp|get|put|put urgent|welcome|retr|exception)\* (.*)$/s;

type What = Note | 'refused' | 'tls' | 'reset' | 'nothing';

/** What Python and the scripts around it print of exceptions. */
const EXCEPTIONS: readonly RemarkRule<What>[] = [
  // What follows is the server's reply, whatever it speaks of.
  [/\b(?:ftplib\.)?error_(?:perm|temp|proto|reply)\b/, 'nothing'],
  [/\b(?:socket\.)?(?:Timeout(?:Error)?|timeout)\b/, Note.ClientTimeout],
  [/\bConnectionRefusedError\b/, 'refused'],
  [/\b(?:ConnectionResetError|BrokenPipeError)\b/, 'reset'],
  [/\bEOFError\b/, Note.ConnectionLost, Failure.Closed],
  [/\b(?:ssl\.)?SSL\w*Error\b/, 'tls'],
  [/\b(?:socket\.)?gaierror\b/, Note.ConnectFailed, Failure.NoName],
  [/^Traceback |^\s+File "|^\s+\S|^OSError|\bOSError\(/, 'nothing'],
];

/**
 * Python's ftplib with `set_debuglevel(1)` or `(2)`: texts are Python literals, a multi-line reply stands in one line, and at level 2
 * each command and reply is shown as sent (`*put*`, `*get*`) besides.
 *
 * `*cmd* 'USER anna'`
 */
export const ftplib: Format = {
  id: 'ftplib',
  title: 'Python ftplib',
  vantage: 'client',
  keyed: false,
  samples: [
    [
      "*resp* '220-Welcome\\n220 ready'",
      "*cmd* 'USER anna'",
      "*resp* '331 Password required for anna'",
      "*cmd* 'PASS ******'",
      "*resp* '230 User anna logged in'",
      "*cmd* 'EPSV'",
      "*resp* '229 Entering Extended Passive Mode (|||3171|)'",
      "*cmd* 'RETR hello.txt'",
      "*resp* '150 Opening BINARY mode data connection for hello.txt (12 bytes)'",
      "*resp* '226 Transfer complete'",
    ].join('\n'),
  ],
  lineStarts: /\*(?:cmd|resp|get|put|put urgent|welcome)\* (?=b?['"])/,
  createScanner: () => new FtplibScanner(),
};

class FtplibScanner implements Scanner {
  readonly clock = NO_CLOCK;
  private connection = new ClientConnection(0);
  private sure = false;

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    end = trimmedEnd(bytes, start, end);
    out.day = NO_DAY;
    out.ms = NO_TIME;
    out.key = this.connection.key;
    const match = LINE.exec(textOf(bytes, start, Math.min(end, start + limits.replyBytes)));
    if (match === null) return this.sure && this.readException(lineText(bytes, start, end), start, end, out);
    const kind = match[1]!;
    if (kind === 'exception') return this.sure && this.readException(lineText(bytes, start, end), start, end, out);
    const text = unescapeRepr(match[2]!);
    if (text === null) return false;
    this.sure = true;
    // `*put*` and `*get*` repeat what `*cmd*` and `*resp*` say.
    if (kind === 'cmd' || kind === 'put urgent') this.readCommand(text, out);
    else if (kind === 'resp') this.readReply(text.replace(/[\r\n]+$/, ''), out);
    out.bytes = bytes;
    return true;
  }

  private readCommand(text: string, out: EventCursor): void {
    // The newline of an urgent ABOR that the server took for part of the next command stays in the text.
    out.bytes = bytesOf(text.replace(/[\r\n]+$/, ''));
    this.connection.send(emitCommand(out, 0, out.bytes.length));
  }

  private readReply(text: string, out: EventCursor): void {
    if (text.startsWith('220') && this.connection.pending.length === 0 && this.connection.replyCount > 0)
      this.connection = new ClientConnection(this.connection.key + 1);
    const { connection } = this;
    out.key = connection.key;
    if (connection.replyCount === 0 && connection.lastVerb === 0 && text.startsWith('220'))
      emitBare(out, Kind.Connected);
    for (const line of text.split('\n')) {
      out.bytes = bytesOf(line);
      const code = connection.replies.emit(out, 0, out.bytes.length);
      connection.replyCount++;
      if (code !== 0) connection.answer(code);
    }
  }

  private readException(line: string, start: number, end: number, out: EventCursor): boolean {
    const remark = findRemark(EXCEPTIONS, line);
    if (remark === null) return false;
    if (remark.what !== 'nothing') emitRemark(out, this.noteOf(remark), remark, start, end);
    return true;
  }

  /** What an exception is about follows from what had been done. */
  private noteOf(remark: Remark<What>): Note {
    const { connection } = this;
    const transfers = connection.isInTransfer || isTransferVerb(connection.lastVerb);
    if (remark.what === 'refused')
      return connection.stage === Stage.Unknown && !transfers ? Note.ConnectFailed : Note.DataFailed;
    // It connects as soon as it has the port, before it sends anything else.
    if (remark.what === Note.ClientTimeout && connection.hasPortUnused) return Note.DataFailed;
    if (remark.what === 'reset') return transfers ? Note.DataBroken : Note.ConnectionLost;
    if (remark.what === 'tls') return transfers ? Note.DataTlsFailed : Note.TlsFailed;
    return remark.what as Note;
  }
}
