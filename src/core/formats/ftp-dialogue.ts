import { LocaleStampReader } from '../bytes/stamp.ts';
import { bytesOf } from '../bytes/text.ts';
import { type EventCursor, Kind, NO_DAY, NO_TIME, Note } from '../event.ts';
import { Fit, fitOf } from '../ftp/replies.ts';
import { isTransferVerb, packVerb, Verb } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import { emitCommand, isCommandAt, trimmedEnd } from './control-lines.ts';
import type { Format, Scanner, ScannerClock, ScannerOptions } from './format.ts';
import { type DialogueLine, splitDialogueLine, vantageOfMark } from './ftp-dialogue-line.ts';
import { ForeignLines } from './ftp-dialogue-others.ts';
import { behindPrompt, readTyped, setupVerbOf, type TypedCommand } from './ftp-dialogue-typed.ts';
import { ClientConnection, Stage } from './mixed-connections.ts';
import { unescapeRepr } from './python-repr.ts';
import { emitBare, emitConnected, emitRemark, findRemark, lineText, type Remark, type RemarkRule } from './remarks.ts';

type What = Note | 'connected' | 'tls-connected' | 'closed' | 'data-connected' | 'user' | 'password' | 'nothing';

/** Lines of telnet, openssl s_client, netkit and Windows ftp, NcFTP around the dialogue. */
const REMARKS: readonly RemarkRule<What>[] = [
  [/^Trying \[?(?<host>[^\s\]]+?)\]?(?::(?<port>\d+))?(?: ?\.\.\.)$/d, Note.ConnectAttempt],
  [/^Connected to \S+:\d+ for (?:PASV|PORT)/, 'data-connected'],
  [/^Connected to (?:\S+ \()?\[?(?<host>[^\s()\]]+?)\]?\)?(?: port (?<port>\d+))?\.?$/di, 'connected'],
  // FlashFXP.
  [/^Connecting to .* -> (?:DNS=\S+ )?IP=(?<host>\S+) PORT=(?<port>\d+)/d, Note.ConnectAttempt],
  [/^CONNECTED\(/, 'tls-connected'],
  [/^(?:telnet|ftp|nc|ncat): .*(?:refused|timed out|unreachable|No route)/i, Note.ConnectFailed],
  [/^Connection closed by (?:foreign|remote) host/i, 'closed'],
  [/^verify error:(?<text>.*)$/d, Note.CertificateVerify],
  [/^\s*Verify return code: (?<text>.*)$/d, Note.CertificateVerify],
  [/^(?:New, )?(?<text>TLSv[\d.]+|SSLv3), Cipher is /d, Note.TlsVersion],
  [/^\s+Protocol\s*: (?<text>TLSv[\d.]+|SSLv3)/d, Note.TlsVersion],
  [/^\s+Cipher\s*: (?<text>[\w-]+)/d, Note.TlsCipher],
  [/^subject=(?<text>.*)$/d, Note.CertificateSubject],
  [/^issuer=(?<text>.*)$/d, Note.CertificateIssuer],
  [/^(?:ftp: )?(?<value>\d+) bytes (?:received|sent) in /d, Note.TransferDone],
  [/^(?:Name|User) \([^)]*\)+: ?(?<text>\S*)$/d, 'user'],
  [/^(?:Password|Kennwort|Mot de passe|Contrase\u00f1a): ?/i, 'password'],
  [
    /^(?:Escape character is|Remote system type|Using (?:binary|ascii) mode|local: |Logged in to |Interactive mode|Passive mode|Hash mark)/,
    'nothing',
  ],
  [/^[-dlbcps][-rwxsStT]{9}[.+@]?\s+\d|^total \d+$|^\d\d-\d\d-\d\d\s+\d\d:\d\d[AP]M\s/, 'nothing'],
  [
    /^(?:depth=|Certificate chain|Server certificate|-----(?:BEGIN|END)|No client certificate|SSL handshake|---$)/,
    'nothing',
  ],
];

/** Verbs that people type in small letters at a server's bare prompt. */
const TYPED_SMALL =
  /^(?:quit|pasv|syst|feat|pwd|noop|abor|epsv|list|nlst|stat)$|^(?:user|pass|type|retr|stor|cwd|size|mdtm|port|eprt|auth|pbsz|prot|list|nlst|epsv|stat|opts)(?: [^\s]+){1,2}$/;
/** NcFTP puts a colon behind the code, and its progress meter before the last reply of a transfer. */
const COLON_REPLY = /^([1-5][0-5]\d): /;
const BEHIND_METER = /\sk?i?B\/s\s+(?=[1-5][0-5]\d: )/;
/** Lines of one reply after which its end is no longer waited for. */
const OPEN_LINES_MAX = 200;

/**
 * Commands and replies as any program shows them: bare, or with marks of any kind (`C: `, `> `, `<-- `, `[debug] < '…'`), behind
 * stamps and brackets; telnet and openssl sessions; clients that show replies and what was typed at their prompt.
 *
 * `C: USER anna`
 */
export const ftpDialogue: Format = {
  id: 'ftp-dialogue',
  title: 'Commands and replies',
  vantage: 'client',
  keyed: false,
  samples: [
    [
      'S: 220 ProFTPD Server ready.',
      'C: USER anna',
      'S: 331 Password required for anna',
      'C: PASS ******',
      'S: 230 User anna logged in',
      'C: EPSV',
      'S: 500 EPSV not understood',
      'C: PASV',
      'S: 227 Entering Passive Mode (192,0,2,10,174,201).',
      'C: RETR big.bin',
      'S: 150 Opening BINARY mode data connection for big.bin',
      'S: 426 Transfer aborted. Data connection closed.',
    ].join('\n'),
    [
      '220 Service ready',
      'USER anna',
      '331 User name okay, need password.',
      'PASS ******',
      '230 User logged in, proceed.',
      'TYPE I',
      '200 Command okay.',
      'PORT 192,0,2,7,195,80',
      '200 Command okay.',
      'LIST',
      "425 Can't open data connection.",
    ].join('\n'),
  ],
  lineStarts:
    /(?<=^|\s)(?:[CS]|Client|Server): ?(?=[A-Z1-6])|(?<=\s)(?:>{1,3}|<{1,3}) (?=[A-Z]{3,4}\b|[1-6][0-5]\d[ -])/,
  bare: true,
  createScanner: (options) => new FtpDialogueScanner(options),
};

class FtpDialogueScanner implements Scanner {
  private readonly stamps: LocaleStampReader;
  private readonly connections = new Map<string, ClientConnection>();
  private readonly others = new ForeignLines();
  private nextKey = 0;
  private hasStamps = false;
  private hasTimes = false;
  private serverMarks = 0;
  private clientMarks = 0;
  /** Whether a command or a reply was read. */
  private sure = false;
  private openLines = 0;
  private openMark = '';
  /** A transfer that was typed and waits for its set-up. */
  private typed: TypedCommand | null = null;
  private isNcftp = false;
  /** NcFTP's greeting, which it prints before it says where it is connected to. */
  private held: { line: number; text: string } | null = null;

  constructor(options: ScannerOptions) {
    this.stamps = new LocaleStampReader(options.order);
  }

  get clock(): ScannerClock {
    const { evidence } = this.stamps;
    if (!this.hasStamps)
      return { date: 'none', resolutionMs: this.hasTimes ? 1000 : null, zone: null, order: null, basis: null };
    return { date: 'full', resolutionMs: 1000, zone: null, order: evidence.order, basis: evidence.basis };
  }

  get vantage(): 'client' | 'server' {
    return this.serverMarks > this.clientMarks ? 'server' : 'client';
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    end = trimmedEnd(bytes, start, end);
    const line = lineText(bytes, start, end);
    if (line.trim() === '') return this.sure;
    if (this.others.isForeign(line)) return false;
    const meter = BEHIND_METER.exec(line);
    const parts = splitDialogueLine(meter === null ? line : line.substring(meter.index + meter[0].length));
    const offset = meter === null ? 0 : meter.index + meter[0].length;
    const text = line.substring(offset + parts.textStart);
    const connection = this.connectionOf(parts.id);
    out.key = connection.key;
    this.readStamp(bytes, start, end, parts, out);
    return this.readText(
      line,
      text,
      parts,
      start + bytesOf(line.substring(0, line.length - text.length)).length,
      end,
      connection,
      out,
    );
  }

  private connectionOf(id: string): ClientConnection {
    const known = this.connections.get(id);
    if (known !== undefined) return known;
    return this.replaceConnection(id);
  }

  private replaceConnection(id: string): ClientConnection {
    const connection = new ClientConnection(this.nextKey++);
    this.connections.delete(id);
    this.connections.set(id, connection);
    if (this.connections.size > limits.openSessions) this.connections.delete(this.connections.keys().next().value!);
    return connection;
  }

  private readStamp(bytes: Uint8Array, start: number, end: number, parts: DialogueLine, out: EventCursor): void {
    out.day = NO_DAY;
    out.ms = NO_TIME;
    if (parts.timeMs !== null) {
      out.ms = parts.timeMs;
      this.hasTimes = true;
    }
    // Prefixes are ASCII, so characters are bytes.
    if (
      parts.stamp === null ||
      this.stamps.read(bytes, start + parts.stamp[0], Math.min(end, start + parts.stamp[1])) < 0
    )
      return;
    out.day = this.stamps.day;
    out.ms = this.stamps.ms;
    this.hasStamps = true;
  }

  private readText(
    line: string,
    text: string,
    parts: DialogueLine,
    start: number,
    end: number,
    connection: ClientConnection,
    out: EventCursor,
  ): boolean {
    const { bytes } = out;
    const literal = literalOf(text, parts.mark);
    const said = literal ?? text;
    const isReply = this.isReply(said, parts);
    if (connection.replies.open !== 0 && !isReply && this.isPart(said, parts)) {
      this.emitReply(connection, parts, literal === null ? null : said, start, end, out);
      return true;
    }
    if (isReply) {
      this.takeReply(said, literal !== null, parts, start, end, out);
      return true;
    }
    if (parts.mark !== '' && !this.others.refuses(parts.mark) && this.isCommand(bytes, start, end, literal)) {
      this.takeCommand(literal, parts, connection, start, end, out);
      return true;
    }
    if (parts.mark === '' && this.isBareCommand(line, said, parts, bytes, start, end, connection)) {
      this.takeCommand(null, parts, connection, start, end, out);
      return true;
    }
    return this.readRemark(line, said, start, end, connection, out);
  }

  private isReply(said: string, parts: DialogueLine): boolean {
    if (COLON_REPLY.test(said)) return true;
    if (!/^(?:[1-5][0-5]\d|63[1-3])(?:[ -]|$)/.test(said) || /^\d+ bytes (?:received|sent) in /.test(said))
      return false;
    // In prose a line may begin with a number as well.
    if (said.startsWith('220') && parts.mark === '' && this.awaitsOther(parts.id)) return false;
    // FileZilla Server's lines, cut behind their prefix, have `>` before commands and replies alike.
    if (parts.mark === '>' && this.clientMarks >= this.serverMarks && !this.sure) return false;
    if (parts.mark === '' && said.length === 3) return false;
    return !this.others.refuses(parts.mark);
  }

  /** Whether a command waits that no greeting answers. */
  private awaitsOther(id: string): boolean {
    const verb = this.connections.get(id)?.pending[0];
    return verb !== undefined && verb !== Verb.QUIT && fitOf(verb, 220) === Fit.No;
  }

  private isCommand(bytes: Uint8Array, start: number, end: number, literal: string | null): boolean {
    if (literal !== null) return isCommandAt(bytesOf(literal), 0, bytesOf(literal).length);
    return isCommandAt(bytes, start, end);
  }

  private isBareCommand(
    line: string,
    said: string,
    parts: DialogueLine,
    bytes: Uint8Array,
    start: number,
    end: number,
    connection: ClientConnection,
  ): boolean {
    if (this.others.refuses('') || !isCommandAt(bytes, start, end)) return false;
    if (/^[A-Z]/.test(said) && said === said.replace(/^[A-Za-z]+/, (verb) => verb.toUpperCase()))
      return parts.prefixed || !/^\s/.test(line);
    // Small letters are a person's at a server's prompt, or prose.
    return connection.replyCount > 0 && connection.pending.length === 0 && TYPED_SMALL.test(said) && said.length < 256;
  }

  /** Whether the line is part of the open reply, not the next command or another program's. */
  private isPart(said: string, parts: DialogueLine): boolean {
    if (++this.openLines > OPEN_LINES_MAX) return false;
    if (parts.mark !== '' && parts.mark !== this.openMark) return false;
    if (parts.mark === '' && this.openMark === '' && /^[A-Z]{3,4}(?: |$)/.test(said) && !this.listsVerbs())
      return false;
    return behindPrompt(said) === null;
  }

  /** Replies to FEAT and HELP list verbs, with or without a blank before them. */
  private listsVerbs(): boolean {
    return [...this.connections.values()].some(({ replies }) => replies.open === 211 || replies.open === 214);
  }

  private takeCommand(
    literal: string | null,
    parts: DialogueLine,
    connection: ClientConnection,
    start: number,
    end: number,
    out: EventCursor,
  ): void {
    const { bytes } = out;
    this.flushHeld(out, null);
    this.vote(vantageOfMark(parts.mark, 'command'));
    this.sure = true;
    if (literal !== null) {
      out.bytes = bytesOf(literal.replace(/[\r\n]+$/, ''));
      start = 0;
      end = out.bytes.length;
    }
    connection.send(this.emitCommand(out, start, end));
    out.bytes = bytes;
  }

  /** Go's ftp servers log arguments in brackets: `USER [anna]`. */
  private emitCommand(out: EventCursor, start: number, end: number): number {
    const line = lineText(out.bytes, start, end);
    const bracketed = /^([A-Za-z]{3,4}) \[(.*)\]$/s.exec(line);
    if (bracketed === null) return emitCommand(out, start, end);
    const { bytes } = out;
    out.bytes = bytesOf(`${bracketed[1]} ${bracketed[2]}`.trimEnd());
    const verb = emitCommand(out, 0, out.bytes.length);
    out.bytes = bytes;
    return verb;
  }

  private vote(vantage: 'client' | 'server' | null): void {
    if (vantage === 'server') this.serverMarks++;
    else if (vantage === 'client') this.clientMarks++;
  }

  private takeReply(
    said: string,
    quoted: boolean,
    parts: DialogueLine,
    start: number,
    end: number,
    out: EventCursor,
  ): void {
    this.vote(vantageOfMark(parts.mark, 'reply'));
    this.sure = true;
    this.openMark = parts.mark;
    let connection = this.connectionOf(parts.id);
    const code = Number(said.substring(0, 3));
    const greets = (code === 220 || code === 120) && connection.pending.length === 0 && connection.replies.open === 0;
    if (greets && connection.stage !== Stage.Connected && connection.replyCount > 0 && connection.lastVerb !== 0)
      connection = this.replaceConnection(parts.id);
    out.key = connection.key;
    const colon = COLON_REPLY.test(said);
    if (colon) this.isNcftp = true;
    if (colon && greets && connection.replyCount === 0) {
      this.held = { line: out.line, text: `${code} ${said.substring(5)}` };
      return;
    }
    this.flushHeld(out, null);
    if (greets && connection.replyCount === 0 && connection.stage === Stage.Unknown) emitBare(out, Kind.Connected);
    this.takeImplied(connection, code, said, out);
    this.emitReply(connection, parts, quoted || colon ? said.replace(COLON_REPLY, '$1 ') : null, start, end, out);
  }

  /** NcFTP says where it is connected to in the line after the greeting. */
  private flushHeld(out: EventCursor, connected: (() => void) | null): void {
    const { held } = this;
    if (held === null) return;
    this.held = null;
    const { bytes, line, key } = out;
    out.line = held.line;
    const connection =
      [...this.connections.values()].find((candidate) => candidate.key === key) ?? this.connectionOf('');
    if (connected !== null) connected();
    else emitBare(out, Kind.Connected);
    out.bytes = bytesOf(held.text);
    connection.replies.emit(out, 0, out.bytes.length);
    connection.replyCount++;
    connection.answer(220);
    out.bytes = bytes;
    out.line = line;
  }

  private emitReply(
    connection: ClientConnection,
    parts: DialogueLine,
    literal: string | null,
    start: number,
    end: number,
    out: EventCursor,
  ): void {
    const { bytes } = out;
    const lines = literal === null ? [null] : literal.replace(/[\r\n]+$/, '').split(/\r?\n/);
    for (const text of lines) {
      if (text !== null) out.bytes = bytesOf(text);
      const code = connection.replies.emit(out, text === null ? start : 0, text === null ? end : out.bytes.length);
      connection.replyCount++;
      if (connection.replies.open === 0) this.openLines = 0;
      if (code === 0) continue;
      const quits = connection.pending[0] === Verb.QUIT;
      connection.answer(code);
      if (code === 221 && quits) this.end(parts.id, out);
    }
    out.bytes = bytes;
  }

  private end(id: string, out: EventCursor): void {
    emitBare(out, Kind.Disconnected);
    this.replaceConnection(id);
  }

  /** A reply to a set-up or a transfer that was never shown but follows from what was typed. */
  private takeImplied(connection: ClientConnection, code: number, said: string, out: EventCursor): void {
    const { typed } = this;
    if (typed === null || connection.pending.length > 0 || connection.replies.open !== 0) return;
    const setup = setupVerbOf(code, said);
    if (setup !== 0) this.emitImplied(connection, setup, '', out);
    else if (code === 213)
      this.emitImplied(connection, said.length === 18 ? Verb.MDTM : Verb.SIZE, typed.argument, out);
    else if (code < 200 || code >= 400 || code === 226 || code === 250) {
      this.typed = null;
      this.emitImplied(connection, packVerb(typed.verb), typed.argument, out);
    }
  }

  private emitImplied(connection: ClientConnection, verb: number, argument: string, out: EventCursor): void {
    const { bytes } = out;
    const name = String.fromCharCode(...[24, 16, 8, 0].map((shift) => (verb >>> shift) & 0xff)).replaceAll('\0', '');
    out.bytes = bytesOf(`${name} ${argument}`.trimEnd());
    connection.send(emitCommand(out, 0, out.bytes.length));
    out.bytes = bytes;
  }

  private readRemark(
    line: string,
    said: string,
    start: number,
    end: number,
    connection: ClientConnection,
    out: EventCursor,
  ): boolean {
    const prompt = behindPrompt(line);
    if (prompt !== null) return this.readPrompt(prompt, connection, out);
    // NcFTP indents what follows the first line of a reply, and draws a meter.
    if (this.isNcftp && /^\s{4,}\S|ETA:|[kM]?B\/s$/.test(line)) return true;
    if (this.others.refuses('')) return false;
    const whole = findRemark(REMARKS, line);
    if (whole !== null) return this.takeRemark(whole, Math.max(0, end - bytesOf(line).length), end, connection, out);
    const stripped = said === line ? null : findRemark(REMARKS, said);
    return stripped !== null && this.takeRemark(stripped, start, end, connection, out);
  }

  private readPrompt(text: string, connection: ClientConnection, out: EventCursor): boolean {
    const typed = readTyped(text);
    if (connection.stage === Stage.Unknown && connection.replyCount === 0) return typed !== null || text === '';
    this.typed = null;
    if (typed === null) return true;
    if (typed.transfer) this.typed = typed;
    else this.emitImplied(connection, packVerb(typed.verb), typed.argument, out);
    return true;
  }

  private takeRemark(
    remark: Remark<What>,
    start: number,
    end: number,
    connection: ClientConnection,
    out: EventCursor,
  ): boolean {
    const { what } = remark;
    if (what === 'nothing') return this.sure || connection.stage !== Stage.Unknown;
    if (what === 'connected' || what === 'tls-connected') {
      this.takeConnected(remark, start, end, connection, out);
      return true;
    }
    if (what === Note.ConnectAttempt) {
      const next = connection.replyCount > 0 ? this.replaceConnection('') : connection;
      next.stage = Stage.Connecting;
      out.key = next.key;
      emitRemark(out, what, remark, start, end);
      return true;
    }
    if (!this.sure && what !== Note.ConnectFailed && what !== Note.CertificateVerify) return false;
    this.takeSureRemark(remark, start, end, connection, out);
    return true;
  }

  private takeConnected(
    remark: Remark<What>,
    start: number,
    end: number,
    connection: ClientConnection,
    out: EventCursor,
  ): void {
    if (this.held !== null) {
      this.flushHeld(out, () => emitConnected(out, remark, start, end));
      return;
    }
    const next = connection.replyCount > 0 ? this.replaceConnection('') : connection;
    next.stage = Stage.Connected;
    out.key = next.key;
    emitConnected(out, remark, start, end);
    if (remark.what === 'tls-connected') emitBare(out, Kind.Note, Note.TlsConnected);
  }

  private takeSureRemark(
    remark: Remark<What>,
    start: number,
    end: number,
    connection: ClientConnection,
    out: EventCursor,
  ): void {
    switch (remark.what) {
      case 'closed':
        if (connection.replyCount > 0) this.end('', out);
        return;
      case 'data-connected':
        emitRemark(out, Note.DataConnected, remark, start, end);
        return;
      case 'user':
        this.emitImplied(connection, Verb.USER, remark.match.groups!['text'] ?? '', out);
        return;
      case 'password':
        this.emitImplied(connection, Verb.PASS, '', out);
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

/** A text in quotes, as Node and Python print it, or in brackets, as .NET traces do; null for a plain one. */
function literalOf(text: string, mark: string): string | null {
  if (mark === '') return null;
  if (/^['"]/.test(text)) return unescapeRepr(text);
  return /^(?:Sending command|Received response)$/.test(mark) ? (/^\[(.*)\]$/s.exec(text)?.[1] ?? null) : null;
}
