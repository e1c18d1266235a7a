import { ASTERISK, COLON, CR, GREATER, isBlank, LESS, LF, SPACE, startsWith } from '../bytes/ascii.ts';
import { byteTextOf } from '../bytes/text.ts';
import { type EventCursor, NO_DAY, NO_TIME } from '../event.ts';
import { limits } from '../limits.ts';
import { skipBlanks } from './control-lines.ts';
import { CurlDialogue } from './curl-dialogue.ts';
import { CurlPrefix } from './curl-prefix.ts';
import { CurlToolLines } from './curl-tool-lines.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';

const HEAD = /^(?:=> (Send)|<= Recv) (?:(header)|(data)|SSL data), +(\d{1,15}) bytes \(0x[0-9a-f]+\)\s*$/;
/** Bytes of a line that its head may take. */
const HEAD_LENGTH_MAX = 80;
const INFO = '== Info: ';
/** Bytes in a line of `--trace`. */
const HEX_COLUMNS = 16;
const OFFSET_DIGITS_MIN = 4;
const OFFSET_DIGITS_MAX = 8;
const NO_BYTES = new Uint8Array(0);

/** A block of bytes that went over the wire, dumped in the lines behind its head. */
class Block {
  readonly sent: boolean;
  readonly isHeader: boolean;
  /** Bytes as the head counts them. */
  readonly total: number;
  readonly ms: number;
  readonly connection: number;
  /** What the dump shows of a header. */
  readonly bytes: Uint8Array;
  length = 0;
  /** Bytes that the dump accounts for so far. */
  seen = 0;
  /** Where the dump begins, 0 before it does. */
  line = 0;
  isDone = false;

  constructor(sent: boolean, isHeader: boolean, total: number, prefix: CurlPrefix) {
    this.sent = sent;
    this.isHeader = isHeader;
    this.total = total;
    this.ms = prefix.ms;
    this.connection = prefix.connection;
    this.bytes = isHeader ? new Uint8Array(Math.min(total, limits.replyBytes)) : NO_BYTES;
  }

  /** Takes the line `OFFSET: bytes` of the dump; returns false if it is none, or none of this block. */
  takeLine(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    let colon = start;
    while (colon < end && colon - start < OFFSET_DIGITS_MAX && hexAt(bytes[colon]!) >= 0) colon++;
    if (colon - start < OFFSET_DIGITS_MIN || colon >= end || bytes[colon] !== COLON) return false;
    let offset = 0;
    for (let i = start; i < colon; i++) offset = offset * HEX_COLUMNS + hexAt(bytes[i]!);
    if (offset < this.seen || offset >= this.total) return false;
    if (this.line === 0) this.line = line;
    // `--trace-ascii` ends a line at CR LF and leaves both out.
    else if (offset === this.seen + 2) this.append(LF);
    const first = Math.min(end, colon + 2);
    const columns = Math.min(HEX_COLUMNS, this.total - offset);
    if (isHexDump(bytes, first, end, columns)) {
      for (let i = 0; i < columns; i++)
        this.append(hexAt(bytes[first + 3 * i]!) * 16 + hexAt(bytes[first + 3 * i + 1]!));
      this.seen = offset + columns;
    } else {
      for (let i = first; i < end; i++) this.append(bytes[i]!);
      this.seen = offset + end - first;
    }
    return true;
  }

  /** Whether all is dumped, but for a CR LF at the end. */
  get isWhole(): boolean {
    return this.seen + 2 >= this.total;
  }

  private append(byte: number): void {
    if (this.length < this.bytes.length) this.bytes[this.length++] = byte;
  }
}

/**
 * `curl --trace` and `--trace-ascii`. The head of a block counts its bytes, and every line of a dump begins with its
 * offset: a file that holds lines like curl's own deceives nobody.
 */
class CurlTraceScanner implements Scanner {
  private readonly dialogue = new CurlDialogue();
  private readonly prefix = new CurlPrefix();
  private readonly toolLines = new CurlToolLines(this.dialogue, (...line) => this.scanMarked(...line));
  private block: Block | null = null;
  /** Whether the head of a block was seen: then remarks marked `* ` (8.17+) and unmarked lines may belong here. */
  private traced = false;
  /** Whether lines marked as `-v` marks them were seen before. */
  private verbose = false;
  private timed = false;

  get clock(): ScannerClock {
    return { date: 'none', resolutionMs: this.timed ? 1 : null, zone: null, order: null, basis: null };
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    out.day = NO_DAY;
    out.ms = NO_TIME;
    while (end > start && bytes[end - 1] === CR) end--;
    const first = skipBlanks(bytes, start, end);
    if (first === end) return false;
    if (this.block?.takeLine(bytes, first, end, out.line)) {
      if (this.block.isWhole) this.tellBlock(out);
      return true;
    }
    if (this.scanMarked(bytes, first, end, out)) return true;
    return this.traced && this.toolLines.read(bytes, start, first, end, out);
  }

  /** A remark or the head of a block, behind its time and its ids. */
  private scanMarked(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    const at = this.prefix.read(bytes, start, end);
    if (startsWith(bytes, at, end, INFO)) {
      this.dialogue.begun = true;
      return this.takeRemark(out, at + INFO.length, end);
    }
    const isMarked = at + 1 < end && isBlank(bytes[at + 1]!);
    if (isMarked && bytes[at] === ASTERISK) return !this.verbose && this.takeRemark(out, at + 2, end);
    if (isMarked && !this.traced) this.verbose ||= bytes[at] === LESS || bytes[at] === GREATER;
    const head = HEAD.exec(byteTextOf(bytes, at, Math.min(end, at + HEAD_LENGTH_MAX)));
    if (head === null) return false;
    this.beginBlock(head, out);
    return true;
  }

  private takeRemark(out: EventCursor, start: number, end: number): boolean {
    const { ms, connection } = this.prefix;
    this.endBlock(out);
    this.turnTo(out, ms, connection);
    return this.dialogue.takeRemark(out, start, end, !this.traced && !this.dialogue.begun);
  }

  private beginBlock(head: RegExpExecArray, out: EventCursor): void {
    const [, sent, header, data, total] = head;
    this.endBlock(out);
    this.traced = this.dialogue.begun = true;
    this.verbose = false;
    this.block = new Block(sent !== undefined, header !== undefined, Number(total), this.prefix);
    this.turnTo(out, this.prefix.ms, this.prefix.connection);
    if (data !== undefined) this.dialogue.takeBlock(out, this.block.total);
  }

  private endBlock(out: EventCursor): void {
    if (this.block !== null) this.tellBlock(out);
    this.block = null;
  }

  /** Tells the commands or replies that a header's dump shows, with the time of its head and the line of its dump. */
  private tellBlock(out: EventCursor): void {
    const block = this.block!;
    if (!block.isHeader || block.isDone) return;
    block.isDone = true;
    const { bytes: source, line, ms } = out;
    const { bytes, length } = block;
    out.bytes = bytes;
    out.line = block.line;
    this.turnTo(out, block.ms, block.connection);
    for (let start = 0; start < length; ) {
      const feed = bytes.indexOf(LF, start);
      const end = feed < 0 || feed > length ? length : feed;
      if (block.sent) this.dialogue.takeCommand(out, start, end);
      else this.dialogue.takeReply(out, start, end);
      start = end + 1;
    }
    out.bytes = source;
    out.line = line;
    out.ms = ms;
  }

  private turnTo(out: EventCursor, ms: number, connection: number): void {
    out.ms = ms;
    if (ms !== NO_TIME) this.timed = true;
    this.dialogue.connections.turnTo(connection);
  }
}

/** Whether `bytes[start, end)` begins with that many pairs of hexadecimal digits, a blank behind each. */
function isHexDump(bytes: Uint8Array, start: number, end: number, pairs: number): boolean {
  if (end - start < 3 * pairs) return false;
  for (let i = start; i < start + 3 * pairs; i += 3)
    if (hexAt(bytes[i]!) < 0 || hexAt(bytes[i + 1]!) < 0 || bytes[i + 2] !== SPACE) return false;
  return true;
}

/** The value of a hexadecimal digit, -1 for another byte. */
function hexAt(byte: number): number {
  const digit = byte - 0x30;
  if (digit >= 0 && digit <= 9) return digit;
  const letter = (byte | 0x20) - 0x61;
  return letter >= 0 && letter <= 5 ? letter + 10 : -1;
}

/** `curl --trace FILE` and `--trace-ascii FILE`, 7.10 to 8.x. */
export const curlTrace: Format = {
  id: 'curl-trace',
  title: 'curl --trace, --trace-ascii',
  vantage: 'client',
  keyed: false,
  samples: [
    [
      '== Info:   Trying 192.0.2.7:21...',
      '== Info: Connected to ftp.example.org (192.0.2.7) port 21',
      '<= Recv header, 13 bytes (0xd)',
      '0000: 220 Welcome',
      '=> Send header, 11 bytes (0xb)',
      '0000: USER anna',
      '<= Recv header, 32 bytes (0x20)',
      '0000: 331 Password required for anna',
      '=> Send header, 13 bytes (0xd)',
      '0000: PASS secret',
      '<= Recv header, 15 bytes (0xf)',
      '0000: 230 Logged on',
      '=> Send header, 6 bytes (0x6)',
      '0000: EPSV',
      '== Info: Connect data stream passively',
      '<= Recv header, 48 bytes (0x30)',
      '0000: 229 Entering Extended Passive Mode (|||50012|)',
    ].join('\n'),
    [
      '05:06:09.577918 *   Trying 192.0.2.7:21...',
      '05:06:09.579080 * Established connection to ftp.example.org (192.0.2.7 port 21) from 192.0.2.9 port 57432 ',
      '05:06:09.588316 <= Recv header, 13 bytes (0xd)',
      '0000: 32 32 30 20 57 65 6c 63 6f 6d 65 0d 0a          220 Welcome..',
      '05:06:09.588550 => Send header, 11 bytes (0xb)',
      '0000: 55 53 45 52 20 61 6e 6e 61 0d 0a                USER anna..',
      '05:06:09.595264 <= Recv header, 32 bytes (0x20)',
      '0000: 33 33 31 20 50 61 73 73 77 6f 72 64 20 72 65 71 331 Password req',
      '0010: 75 69 72 65 64 20 66 6f 72 20 61 6e 6e 61 0d 0a uired for anna..',
      '05:06:09.595432 => Send header, 13 bytes (0xd)',
      '0000: 50 41 53 53 20 73 65 63 72 65 74 0d 0a          PASS secret..',
      '05:06:09.710095 <= Recv header, 15 bytes (0xf)',
      '0000: 32 33 30 20 4c 6f 67 67 65 64 20 6f 6e 0d 0a    230 Logged on..',
      '05:06:09.710319 => Send header, 6 bytes (0x6)',
      '0000: 45 50 53 56 0d 0a                               EPSV..',
      '05:06:09.714739 <= Recv header, 48 bytes (0x30)',
      '0000: 32 32 39 20 45 6e 74 65 72 69 6e 67 20 45 78 74 229 Entering Ext',
      '0010: 65 6e 64 65 64 20 50 61 73 73 69 76 65 20 4d 6f ended Passive Mo',
      '0020: 64 65 20 28 7c 7c 7c 35 30 30 31 32 7c 29 0d 0a de (|||50012|)..',
      '05:06:09.716073 => Send header, 8 bytes (0x8)',
      '0000: 54 59 50 45 20 49 0d 0a                         TYPE I..',
    ].join('\n'),
  ],
  lineStarts: /(?<=^|\s)(?:== Info: |(?:=> Send|<= Recv) (?:header|data|SSL data), \d+ bytes|[0-9a-f]{4}: )/,
  createScanner: () => new CurlTraceScanner(),
};
