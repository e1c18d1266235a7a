import { startsWith } from '../bytes/ascii.ts';
import { type EventCursor, Failure, NO_DAY, NO_TIME, Note } from '../event.ts';
import { isDataSetupVerb, isTransferVerb } from '../ftp/verbs.ts';
import { emitCommand, isCommandAt, ReplyLines, replyLineCodeAt, trimmedEnd } from './control-lines.ts';
import type { Format, Scanner } from './format.ts';
import { emitConnected, emitRemark, findRemark, lineText, type Remark, type RemarkRule } from './remarks.ts';
import { NO_CLOCK } from './server-clock.ts';

type What = Note | 'connected' | 'lost' | 'socket-error' | 'nothing';

const RULES: readonly RemarkRule<What>[] = [
  [/^Connected to (?<host>\S+?)\.?$/d, 'connected'],
  [/^Trying \[?(?<host>[^\s\]]+?)\]?(?::(?<port>\d+))?(?: \.\.\.|\.\.\.)$/d, Note.ConnectAttempt],
  [
    /^ftp: (?:[Cc]onnect to address|[Cc]an't connect to) [`']?\[?(?<host>[0-9A-Fa-f:.]+?)\]?(?::(?<port>\d+))?'?: /d,
    Note.ConnectFailed,
  ],
  [/^ftp: connect: /, 'socket-error'],
  [
    /^ftp: (?:Can't (?:lookup|find)|\S+: (?:Name or service|Unknown host|nodename))/,
    Note.ConnectFailed,
    Failure.NoName,
  ],
  [/^(?<value>\d+) bytes (?:received|sent) in /d, Note.TransferDone],
  [/^(?:receive|send|list) aborted|^\^C$|^\s*\^C/, Note.TransferStopped],
  [/^net(?:in|out): /, Note.DataBroken],
  [/^disabling epsv4 for this connection/, Note.FallBack],
  // The client's own words when the server hung up, in the form of a reply.
  [/^421 Service not available, remote server has closed connection/, 'lost'],
  [
    /^(?:features\[|setupsockbufsize:|remotemodtime:|updatelocalcwd:|isipv6addr:|fetch_ftp:|parse_url:|ftp_login:|initconn:|got (?:local|remote)cwd|resized buf)/,
    'nothing',
  ],
  [
    /^(?:Remote system type|Using (?:binary|ascii) mode|local: |ftp: setsockopt|EPSV\/EPRT on IPv4|Passive mode|Debugging|Packet tracing|Name \(|Password:)/,
    'nothing',
  ],
  [/^ftp>|^\s{0,4}\d{1,3}% ?\||^\s*\d+\s+[\d.]+ [KMG]?i?B\/s/, 'nothing'],
  [/^[-dlbcps][-rwxsStT]{9}[.+@]?\s+\d|^total \d+$/, 'nothing'],
];
/** Lines that only tnftp's `-d` writes. */
const TELLING =
  /^(?:EPSV\/EPRT on IPv4|features\[FEAT_|setupsockbufsize:|fetch_ftp:|parse_url:|ftp_login:|isipv6addr:)/;

/**
 * The BSD `ftp` client and tnftp with `-d`: `---> ` commands, bare replies. The reply to EPSV, PASV and EPRT is printed twice.
 *
 * `---> USER anna`
 */
export const tnftp: Format = {
  id: 'tnftp',
  title: 'tnftp / BSD ftp -d',
  vantage: 'client',
  keyed: false,
  samples: [
    [
      'setupsockbufsize: rcvbuf_size determined as 131072',
      'Connected to 192.0.2.10.',
      '220 (vsFTPd 3.0.3)',
      '---> USER anna',
      '331 Please specify the password.',
      '---> PASS XXXX',
      '230 Login successful.',
      '---> EPSV',
      '229 Entering Extended Passive Mode (|||40003|)',
      '229 Entering Extended Passive Mode (|||40003|)',
      '---> RETR hello.txt',
      '150 Opening BINARY mode data connection for hello.txt (43 bytes).',
      '226 Transfer complete.',
      '43 bytes received in 00:00 (48.21 KiB/s)',
    ].join('\n'),
  ],
  lineStarts:
    /(?<=^|\s)---> [A-Z]{3,4}\b|(?<=\s)features\[FEAT_|(?<=[.)]\s|---> [A-Z]{3,4}(?: \S{1,200})?\s{1,2})[1-5]\d\d[ -](?=\S)/,
  createScanner: () => new TnftpScanner(),
};

class TnftpScanner implements Scanner {
  readonly clock = NO_CLOCK;
  private readonly replies = new ReplyLines();
  private key = 0;
  private begun = false;
  /** Whether a line was read that this program alone writes. */
  private sure = false;
  /** Whether a bare reply was read. */
  private greeted = false;
  private asked = false;
  private setUp = false;
  private transferring = false;
  /** The last reply line that was complete, to know it when it is printed again. */
  private lastReply = '';

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    end = trimmedEnd(bytes, start, end);
    out.key = this.key;
    out.day = NO_DAY;
    out.ms = NO_TIME;
    if (start === end) return this.sure;
    if (startsWith(bytes, start, end, '---> ')) return this.readCommand(start + '---> '.length, end, out);
    const line = lineText(bytes, start, end);
    const remark = findRemark(RULES, line);
    if (remark !== null && this.replies.open === 0) return this.readRemark(remark, line, start, end, out);
    if (replyLineCodeAt(bytes, start, end) === 0 && this.replies.open === 0) return false;
    // A reply without a command before it: this is a client that does not show what it sends.
    if (!this.sure && this.greeted && !this.asked && this.replies.open === 0) return false;
    this.readReply(line, start, end, out);
    return true;
  }

  private readCommand(start: number, end: number, out: EventCursor): boolean {
    if (!isCommandAt(out.bytes, start, end)) return false;
    // lftp marks its commands alike, but no line of its own is a bare reply.
    if (!this.greeted && !this.sure && this.asked) return false;
    this.asked = true;
    if (this.greeted) this.sure = true;
    this.replies.open = 0;
    this.lastReply = '';
    const verb = emitCommand(out, start, end);
    this.setUp = isDataSetupVerb(verb);
    this.transferring = isTransferVerb(verb);
    return true;
  }

  private readReply(line: string, start: number, end: number, out: EventCursor): void {
    if (this.setUp && line === this.lastReply) return;
    if (!this.begun && !this.sure) this.begun = true;
    const code = this.replies.emit(out, start, end);
    if (code === 0) return;
    this.greeted = true;
    if (this.asked) this.sure = true;
    this.lastReply = line;
    if (code >= 200) this.transferring = false;
  }

  private readRemark(remark: Remark<What>, line: string, start: number, end: number, out: EventCursor): boolean {
    const { what } = remark;
    if (TELLING.test(line)) this.sure = true;
    if (what === 'nothing') return this.sure || line.startsWith('ftp: setsockopt');
    if (what === 'connected') this.readConnected(remark, start, end, out);
    else if (!this.sure && what !== Note.ConnectAttempt && what !== Note.ConnectFailed) return false;
    else if (what === 'lost') emitRemark(out, Note.ConnectionLost, { ...remark, failure: Failure.Closed }, start, end);
    else if (what === 'socket-error') emitRemark(out, this.socketNote(), remark, start, end);
    else emitRemark(out, what, remark, start, end);
    return true;
  }

  private socketNote(): Note {
    return this.setUp || this.transferring ? Note.DataFailed : Note.ConnectFailed;
  }

  private readConnected(remark: Remark<What>, start: number, end: number, out: EventCursor): void {
    if (this.begun) this.key++;
    this.begun = true;
    this.greeted = false;
    this.setUp = false;
    this.replies.open = 0;
    out.key = this.key;
    emitConnected(out, remark, start, end);
  }
}
