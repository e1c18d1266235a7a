import { isBlank, SPACE } from '../bytes/ascii.ts';
import { LineSplitter } from '../bytes/lines.ts';
import { bytesOf, textOf } from '../bytes/text.ts';
import { limits } from '../limits.ts';
import type { Repair } from '../report.ts';

/** From here on bytes are no ASCII. */
const HIGH = 0x80;

/** A restored line `bytes[start, end)` and the line of the original file that it came from. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/**
 * A line of a paste on its way through the repairs. It never changes: a repair makes a new one that remembers its
 * origin.
 */
export class PasteLine implements Piece {
  readonly line: number;
  private readonly origin: PasteLine | null;
  private readonly repair: Repair | null;
  private source: Uint8Array | null;
  private sourceStart: number;
  private sourceEnd: number;
  private decoded: string | null;

  private constructor(
    line: number,
    source: Uint8Array | null,
    start: number,
    end: number,
    decoded: string | null,
    origin: PasteLine | null,
    repair: Repair | null,
  ) {
    this.line = line;
    this.source = source;
    this.sourceStart = start;
    this.sourceEnd = end;
    this.decoded = decoded;
    this.origin = origin;
    this.repair = repair;
  }

  /** A line as it stands in the file. */
  static read(bytes: Uint8Array, start: number, end: number, line: number): PasteLine {
    return new PasteLine(line, bytes, start, end, null, null, null);
  }

  /**
   * Encoded only when asked for: most lines of a paste are never rewritten, and of the rewritten ones most are tried
   * and dropped.
   */
  get bytes(): Uint8Array {
    if (this.source === null) {
      this.source = bytesOf(this.decoded!);
      this.sourceEnd = this.source.length;
    }
    return this.source;
  }

  get start(): number {
    return this.sourceStart;
  }

  get end(): number {
    if (this.source === null) return this.bytes.length;
    return this.sourceEnd;
  }

  /** The line as text; invalid bytes show as U+FFFD. */
  get text(): string {
    this.decoded ??= textOf(this.source!, this.sourceStart, this.sourceEnd);
    return this.decoded;
  }

  /** Whether there is nothing but blanks. */
  get blank(): boolean {
    if (this.source === null) return this.decoded!.trim() === '';
    for (let i = this.sourceStart; i < this.sourceEnd; i++) if (!isBlank(this.source[i]!)) return false;
    return true;
  }

  /** Whether there are blanks behind it. */
  get endsInBlank(): boolean {
    if (this.source !== null && this.sourceEnd > this.sourceStart) {
      const last = this.source[this.sourceEnd - 1]!;
      if (last > SPACE && last < HIGH) return false;
    }
    return this.text.trimEnd().length < this.text.length;
  }

  /** Whether its text is the other one's. */
  isAs(other: PasteLine): boolean {
    const areRead = this.source !== null && other.source !== null;
    if (areRead && this.sourceEnd - this.sourceStart !== other.sourceEnd - other.sourceStart) return false;
    return this.text === other.text;
  }

  /** This line with another text, owed to `repair`. */
  rewrite(text: string, repair: Repair): PasteLine {
    return new PasteLine(this.line, null, 0, 0, text, this, repair);
  }

  /** This line without the bytes before `start`, owed to `repair`. */
  cutAt(start: number, repair: Repair): PasteLine {
    return new PasteLine(this.line, this.bytes, start, this.end, null, this, repair);
  }

  /** Adds the repairs that made this line to `repairs`, the first one first. */
  addRepairsTo(repairs: Set<Repair>): void {
    this.origin?.addRepairsTo(repairs);
    if (this.repair !== null) repairs.add(this.repair);
  }
}

/**
 * The lines of a paste, of several blank ones the first. Line breaks and counting are those of {@link LineSplitter}.
 */
export function readPasteLines(bytes: Uint8Array, countCarriageReturns: boolean): PasteLine[] {
  const lines: PasteLine[] = [];
  let afterBlank = false;
  const sink = {
    line(piece: Uint8Array, start: number, end: number, line: number) {
      const blank = start === end;
      if ((blank && afterBlank) || lines.length === limits.pasteLines) return;
      afterBlank = blank;
      // What the splitter carried over is in its own buffer; pushed as one chunk, that is the last line alone.
      if (piece === bytes) lines.push(PasteLine.read(bytes, start, end, line));
      else lines.push(PasteLine.read(new Uint8Array(piece.subarray(start, end)), 0, end - start, line));
    },
  };
  const splitter = new LineSplitter(sink, { countCarriageReturns, lineBytes: Math.max(1, bytes.length) });
  splitter.push(bytes);
  splitter.end();
  return lines;
}
