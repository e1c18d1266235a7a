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
  private readonly pieceEnd: number;
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
    this.pieceEnd = options.countCarriageReturns ? LF : CR;
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
    const { lineEnd, pieceEnd } = this;
    let start = 0;
    // Looked up once and kept until passed: a file without CR is searched once a chunk, not once a line.
    let inner = indexOrEnd(chunk, pieceEnd, 0);
    for (let end = chunk.indexOf(lineEnd); end >= 0; end = chunk.indexOf(lineEnd, start)) {
      if (inner < start) inner = indexOrEnd(chunk, pieceEnd, start);
      if (inner >= end - 1 && this.carried === 0 && !this.begun) {
        this.emit(chunk, start, Math.min(inner, end));
      } else {
        this.takePieces(chunk, start, end);
        if (this.carried > 0 || !this.begun) this.emitCarried();
      }
      this.begun = false;
      this.line++;
      start = end + 1;
    }
    if (start < chunk.length) this.takePieces(chunk, start, chunk.length);
  }

  /** Hands on a last line without line end. */
  end(): void {
    if (this.carried > 0) this.emitCarried();
  }

  /** Hands on the pieces that end within `chunk[start, end)` and carries the rest. */
  private takePieces(chunk: Uint8Array, start: number, end: number): void {
    for (;;) {
      const inner = indexOrEnd(chunk, this.pieceEnd, start);
      if (inner >= end) break;
      if (this.carried > 0) {
        this.keep(chunk, start, inner);
        this.emitCarried();
      } else if (inner > start) this.emit(chunk, start, inner);
      start = inner + 1;
    }
    this.keep(chunk, start, end);
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

function indexOrEnd(bytes: Uint8Array, byte: number, start: number): number {
  const index = bytes.indexOf(byte, start);
  return index < 0 ? bytes.length : index;
}
