import { LocaleStampReader } from '../bytes/stamp.ts';
import { bytesOf } from '../bytes/text.ts';
import { type EventCursor, Kind, NO_DAY, NO_TIME } from '../event.ts';
import { Fit, fitOf } from '../ftp/replies.ts';
import { Verb } from '../ftp/verbs.ts';
import { emitCommand, isCommandAt, trimmedEnd } from './control-lines.ts';
import type { Format, Scanner, ScannerClock, ScannerOptions } from './format.ts';
import { type DialogueLine, splitDialogueLine, vantageOfMark } from './ftp-dialogue-line.ts';
import { ForeignLines } from './ftp-dialogue-others.ts';
import { Prompt } from './ftp-dialogue-prompt.ts';
import { DIALOGUE_REMARKS, RemarkReader } from './ftp-dialogue-remarks.ts';
import { DialogueSessions } from './ftp-dialogue-sessions.ts';
import { behindPrompt } from './ftp-dialogue-typed.ts';
import { type ClientConnection, Stage } from './mixed-connections.ts';
import { unescapeRepr } from './python-repr.ts';
import { emitBare, emitConnected, findRemark, lineText, type Remark } from './remarks.ts';
import { NO_CLOCK } from './server-clock.ts';

/** Commands that people type in small letters at a server's bare prompt. */
const TYPED_SMALL =
  /^(?:quit|pasv|syst|feat|pwd|noop|abor|epsv|list|nlst|stat)$|^(?:user|pass|type|retr|stor|cwd|size|mdtm|port|eprt|auth|pbsz|prot|list|nlst|epsv|stat|opts)(?: [^\s]+){1,2}$/;
const REPLY = /^(?:[1-5][0-5]\d|63[1-3])(?:[ -]|$)/;
/** A client's own sentences that look like a reply. */
const NO_REPLY = /^\d+ bytes (?:received|sent) in |^421 Service not available, remote server has closed/;
/** NcFTP puts a colon behind the code, indents what follows, and draws its meter before the last reply of a transfer. */
const COLON_REPLY = /^([1-5][0-5]\d): /;
const BEHIND_METER = /\sk?i?B\/s\s+(?=[1-5][0-5]\d: )/;
const NCFTP_REST = /^\s{4,}\S|ETA:|[kM]?B\/s$/;
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

/** What a line says, taken apart. */
interface Said {
  readonly line: string;
  readonly parts: DialogueLine;
  /** The command or the reply, out of its quotes. */
  readonly text: string;
  /** Whether quotes or brackets stood around it, so that it is no span of the line. */
  readonly literal: boolean;
  readonly start: number;
  readonly end: number;
}

class FtpDialogueScanner implements Scanner {
  private readonly stamps: LocaleStampReader;
  private readonly sessions = new DialogueSessions();
  private readonly prompt = new Prompt();
  private readonly remarks = new RemarkReader(this.sessions, this.prompt);
  private readonly others = new ForeignLines();
  private hasStamps = false;
  private hasTimes = false;
  private serverMarks = 0;
  private clientMarks = 0;
  /** Whether a command or a reply was read. */
  private begun = false;
  private openLines = 0;
  private openMark = '';
  private isNcftp = false;
  /** NcFTP's greeting, which it prints before it says where it is connected to. */
  private held: { line: number; text: string; connection: ClientConnection } | null = null;

  constructor(options: ScannerOptions) {
    this.stamps = new LocaleStampReader(options.order);
  }

  get clock(): ScannerClock {
    const { evidence } = this.stamps;
    if (!this.hasStamps) return { ...NO_CLOCK, resolutionMs: this.hasTimes ? 1000 : null };
    return { date: 'full', resolutionMs: 1000, zone: null, order: evidence.order, basis: evidence.basis };
  }

  get vantage(): 'client' | 'server' {
    return this.serverMarks > this.clientMarks ? 'server' : 'client';
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    end = trimmedEnd(bytes, start, end);
    const line = lineText(bytes, start, end);
    if (line.trim() === '') return this.begun;
    if (this.others.isForeign(line)) return false;
    const said = takeApart(line, start, end);
    const connection = this.sessions.of(said.parts.id);
    out.key = connection.key;
    this.readStamp(bytes, start, said.parts, out);
    const isReply = this.isReply(said);
    if (connection.replies.open !== 0 && !isReply && this.isPart(said, connection))
      this.emitReply(connection, said, out);
    else if (isReply) this.takeReply(said, out);
    else if (this.isCommand(said, bytes, connection)) this.takeCommand(said, connection, out);
    else return this.readRemark(said, connection, out);
    return true;
  }

  private readStamp(bytes: Uint8Array, start: number, parts: DialogueLine, out: EventCursor): void {
    out.day = NO_DAY;
    out.ms = parts.timeMs ?? NO_TIME;
    if (parts.timeMs !== null) this.hasTimes = true;
    if (parts.stamp === null) return;
    // Prefixes are ASCII, so characters are bytes.
    if (this.stamps.read(bytes, start + parts.stamp[0], start + parts.stamp[1]) < 0) return;
    out.day = this.stamps.day;
    out.ms = this.stamps.ms;
    this.hasStamps = true;
  }

  private isReply({ text, parts }: Said): boolean {
    if (COLON_REPLY.test(text)) return true;
    if (!REPLY.test(text) || NO_REPLY.test(text)) return false;
    const { mark } = parts;
    const awaited = this.sessions.of(parts.id).pending[0];
    if (mark === '') {
      // In prose a line may begin with a number as well.
      if (text.startsWith('220') && awaited !== undefined && awaited !== Verb.QUIT && fitOf(awaited, 220) === Fit.No)
        return false;
      if (text.length === 3 && (awaited === undefined || fitOf(awaited, Number(text)) !== Fit.Own)) return false;
    }
    // FileZilla Server's lines, cut behind their prefix, have `>` before commands and replies alike.
    if (mark === '>' && !this.begun) return false;
    return !this.others.refuses(mark);
  }

  /** Whether the line is part of the open reply, not the next command or another program's. */
  private isPart({ text, parts }: Said, { replies }: ClientConnection): boolean {
    if (++this.openLines > OPEN_LINES_MAX || behindPrompt(text) !== null) return false;
    if (parts.mark !== '' && parts.mark !== this.openMark) return false;
    // Replies to FEAT and HELP list verbs, with or without a blank before them.
    const listsVerbs = replies.open === 211 || replies.open === 214;
    return listsVerbs || parts.mark !== '' || this.openMark !== '' || !/^[A-Z]{3,4}(?: |$)/.test(text);
  }

  private isCommand(
    { line, text, parts, literal, start, end }: Said,
    bytes: Uint8Array,
    connection: ClientConnection,
  ): boolean {
    if (this.others.refuses(parts.mark)) return false;
    if (literal) return isCommandAt(bytesOf(text), 0, bytesOf(text).length);
    if (!isCommandAt(bytes, start, end)) return false;
    if (parts.mark !== '') return true;
    if (/^[A-Z]{3,9}\b/.test(text)) return parts.prefixed || !/^\s/.test(line);
    // Small letters are a person's at a server's prompt, or prose.
    return connection.replyCount > 0 && connection.pending.length === 0 && text.length < 256 && TYPED_SMALL.test(text);
  }

  private takeCommand(said: Said, connection: ClientConnection, out: EventCursor): void {
    const { bytes } = out;
    this.releaseHeld(null, said, out);
    this.vote(vantageOfMark(said.parts.mark, 'command'));
    this.begun = true;
    this.prompt.show(connection);
    // Go's ftp servers log arguments in brackets: `USER [anna]`.
    const bracketed = /^([A-Za-z]{3,4}) \[(.*)\]$/s.exec(said.text);
    const text = bracketed === null ? (said.literal ? said.text : null) : `${bracketed[1]} ${bracketed[2]}`;
    if (text !== null) out.bytes = bytesOf(text.trimEnd());
    connection.send(emitCommand(out, text === null ? said.start : 0, text === null ? said.end : out.bytes.length));
    out.bytes = bytes;
  }

  private vote(vantage: 'client' | 'server' | null): void {
    if (vantage === 'server') this.serverMarks++;
    else if (vantage === 'client') this.clientMarks++;
  }

  private takeReply(said: Said, out: EventCursor): void {
    const { id, mark } = said.parts;
    this.vote(vantageOfMark(mark, 'reply'));
    this.begun = true;
    this.openMark = mark;
    let connection = this.sessions.of(id);
    const code = Number(said.text.substring(0, 3));
    const greets = (code === 220 || code === 120) && connection.pending.length === 0 && connection.replies.open === 0;
    if (greets && connection.stage !== Stage.Connected && connection.replyCount > 0 && connection.lastVerb !== 0)
      connection = this.sessions.replace(id);
    out.key = connection.key;
    const begins = greets && connection.replyCount === 0;
    if (COLON_REPLY.test(said.text)) {
      this.isNcftp = true;
      if (begins) {
        this.held = { line: out.line, text: said.text.replace(COLON_REPLY, '$1 '), connection };
        return;
      }
    }
    this.releaseHeld(null, said, out);
    if (begins && connection.stage === Stage.Unknown) emitBare(out, Kind.Connected);
    this.prompt.imply(connection, code, said.text, out);
    this.emitReply(connection, said, out);
  }

  /** Emits the greeting that was held, behind the line `connected` that says where the client is connected to. */
  private releaseHeld(connected: Remark<unknown> | null, said: Said, out: EventCursor): void {
    const { held } = this;
    if (held === null) return;
    this.held = null;
    const { bytes, line, key } = out;
    out.line = held.line;
    out.key = held.connection.key;
    if (connected !== null) emitConnected(out, connected, said.start, said.end);
    else emitBare(out, Kind.Connected);
    out.bytes = bytesOf(held.text);
    held.connection.replies.emit(out, 0, out.bytes.length);
    held.connection.replyCount++;
    held.connection.answer(220);
    out.bytes = bytes;
    out.line = line;
    out.key = key;
  }

  private emitReply(connection: ClientConnection, said: Said, out: EventCursor): void {
    const { bytes } = out;
    const apart = said.literal || COLON_REPLY.test(said.text);
    const lines = apart
      ? said.text
          .replace(COLON_REPLY, '$1 ')
          .replace(/[\r\n]+$/, '')
          .split(/\r?\n/)
      : [null];
    for (const text of lines) {
      if (text !== null) out.bytes = bytesOf(text);
      const code = connection.replies.emit(
        out,
        text === null ? said.start : 0,
        text === null ? said.end : out.bytes.length,
      );
      connection.replyCount++;
      if (connection.replies.open === 0) this.openLines = 0;
      if (code === 0) continue;
      const quits = connection.pending[0] === Verb.QUIT;
      connection.answer(code);
      if (code !== 221 || !quits) continue;
      emitBare(out, Kind.Disconnected);
      this.sessions.replace(said.parts.id);
    }
    out.bytes = bytes;
  }

  private readRemark(said: Said, connection: ClientConnection, out: EventCursor): boolean {
    const { line, text, start, end } = said;
    const typed = behindPrompt(line);
    if (typed !== null) return this.prompt.type(typed, connection, out);
    if (this.isNcftp && NCFTP_REST.test(line)) return true;
    if (this.others.refuses('')) return false;
    const whole = findRemark(DIALOGUE_REMARKS, line);
    const remark = whole ?? (text === line ? null : findRemark(DIALOGUE_REMARKS, text));
    if (remark === null) return false;
    if (remark.what === 'connected' && this.held !== null) {
      this.releaseHeld(remark, said, out);
      return true;
    }
    // A remark on the whole line begins with it, not behind a prefix.
    const from = whole === null ? start : Math.max(0, end - bytesOf(line).length);
    return this.remarks.take(remark, from, end, this.begun, connection, out);
  }
}

function takeApart(line: string, start: number, end: number): Said {
  const meter = BEHIND_METER.exec(line);
  const cut = meter === null ? 0 : meter.index + meter[0].length;
  const parts = splitDialogueLine(line.substring(cut));
  const textStart = cut + parts.textStart;
  const text = line.substring(textStart);
  const literal = literalOf(text, parts.mark);
  const from = Math.min(end, start + bytesOf(line.substring(0, textStart)).length);
  return { line, parts, text: literal ?? text, literal: literal !== null, start: from, end };
}

/** A text in quotes, as Node and Python print it, or in brackets, as .NET traces do; null for a plain one. */
function literalOf(text: string, mark: string): string | null {
  if (mark === '') return null;
  if (/^['"]/.test(text)) return unescapeRepr(text);
  return /^(?:Sending command|Received response)$/.test(mark) ? (/^\[(.*)\]$/s.exec(text)?.[1] ?? null) : null;
}
