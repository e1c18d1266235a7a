import { limits } from '../limits.ts';
import { CR, LF } from './ascii.ts';

/** Takes the pieces of an input in order. */
export interface LineSink {
  /**
   * One piece `bytes[start, end)` without its line end, and its 1-based line. The bytes are borrowed: they may be
   * overwritten once the call returns.
   */
  line(bytes: Uint8Array, start: number, end: number, line: number): void;
}

/** How an input is split. */
export interface LineSplitterOptions {
  /**
   * Whether carriage returns count as lines: only for inputs without any line feed, see {@link countsCarriageReturns}.
   */
  readonly countCarriageReturns?: boolean;
  /** Number of the first line, 1 unless the input goes on from another one. */
  readonly firstLine?: number;
  /** Bytes of a piece that are kept; {@link limits.lineBytes} by default. */
  readonly lineBytes?: number;
}

/** Whether an input that begins with `head` has lines that end in bare carriage returns only. */
export function countsCarriageReturns(head: Uint8Array): boolean {
  return head.indexOf(LF) < 0 && head.indexOf(CR) >= 0;
}

/**
 * Cuts pushed chunks into pieces. LF, CR LF, CR CR LF and a bare CR all end a piece, yet only LF counts lines, as `grep
 * -n` does: pieces between bare CRs (progress meters) share their line and empty ones among them are left out. A blank
 * line is one empty piece.
 */
export class LineSplitter {
  /** Bytes of overlong pieces that were dropped. */
  droppedBytes = 0;

  private readonly sink: LineSink;
  private readonly lineEnd: number;
  private readonly pieceBytes: number;
  private readonly firstLine: number;
  private line: number;
  /** Whether a piece of the current line has been handed on. */
  private begun = false;
  private carry = new Uint8Array(4096);
  private carried = 0;

  constructor(sink: LineSink, options: LineSplitterOptions = {}) {
    this.sink = sink;
    this.lineEnd = options.countCarriageReturns ? CR : LF;
    this.pieceBytes = options.lineBytes ?? limits.lineBytes;
    this.firstLine = options.firstLine ?? 1;
    this.line = this.firstLine;
  }

  /** Lines so far; a last line without line end counts. */
  get lines(): number {
    return this.line - this.firstLine + (this.begun || this.carried > 0 ? 1 : 0);
  }

  /** Takes the next bytes. The chunk may be reused after the call. */
  push(chunk: Uint8Array): void {
    const { lineEnd } = this;
    const breaks = new Breaks(chunk);
    let start = 0;
    for (let end = breaks.from(0); end < chunk.length; end = breaks.from(start)) {
      const isLineEnd = chunk[end] === lineEnd;
      const next = isLineEnd || chunk[end + 1] !== lineEnd ? end + 1 : end + 2;
      if (this.carried > 0) {
        this.keep(chunk, start, end);
        this.emitCarried();
      } else if (end > start || (!this.begun && (isLineEnd || next === end + 2))) this.emit(chunk, start, end);
      if (isLineEnd || next === end + 2) {
        this.begun = false;
        this.line++;
      }
      start = next;
    }
    this.keep(chunk, start, chunk.length);
  }

  /** Hands on a last line without line end. */
  end(): void {
    if (this.carried > 0) this.emitCarried();
  }

  private keep(chunk: Uint8Array, start: number, end: number): void {
    const length = Math.min(end - start, this.pieceBytes - this.carried);
    this.droppedBytes += end - start - length;
    if (length <= 0) return;
    const needed = this.carried + length;
    if (needed > this.carry.length) {
      const grown = new Uint8Array(Math.max(needed, this.carry.length * 2));
      grown.set(this.carry.subarray(0, this.carried));
      this.carry = grown;
    }
    this.carry.set(chunk.subarray(start, start + length), this.carried);
    this.carried = needed;
  }

  private emitCarried(): void {
    const length = this.carried;
    this.carried = 0;
    this.emit(this.carry, 0, length);
  }

  private emit(bytes: Uint8Array, start: number, end: number): void {
    this.begun = true;
    if (end - start > this.pieceBytes) {
      this.droppedBytes += end - start - this.pieceBytes;
      end = start + this.pieceBytes;
    }
    this.sink.line(bytes, start, end, this.line);
  }
}

/** Any byte of a word below 16 leaves one of its bits in {@link HIGHS} when this is taken from each byte. */
const SIXTEENS = 0x10101010;
const HIGHS = 0x80808080 | 0;

/** Finds carriage returns and line feeds, four bytes at a time: both are below 16, as next to nothing else in a text is. */
class Breaks {
  private readonly bytes: Uint8Array;
  private readonly words: Int32Array;
  /** Bytes before the first whole word. */
  private readonly lead: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.lead = Math.min(-bytes.byteOffset & 3, bytes.length);
    this.words = new Int32Array(bytes.buffer, bytes.byteOffset + this.lead, (bytes.length - this.lead) >> 2);
  }

  /** The offset of the next break at `start` or later; the number of bytes where there is none. */
  from(start: number): number {
    const { bytes, words, lead } = this;
    const { length } = bytes;
    let i = start;
    for (;;) {
      // Byte by byte through the rest of a word: at first, and where one may hold a break.
      const stop = Math.min(length, lead + ((((i - lead) >> 2) + 1) << 2));
      for (; i < stop; i++) if (bytes[i] === LF || bytes[i] === CR) return i;
      if (i >= length) return length;
      let word = (i - lead) >> 2;
      while (word < words.length && ((words[word]! - SIXTEENS) & ~words[word]! & HIGHS) === 0) word++;
      i = lead + (word << 2);
    }
  }
}
