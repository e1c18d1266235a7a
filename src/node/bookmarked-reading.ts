import type { Analysis, InputSource } from '../core/analysis.ts';
import { LF } from '../core/bytes/ascii.ts';
import type { Input, Session } from '../core/report.ts';
import type { Bookmarks, HeldSession, PlacedInput } from './bookmarks.ts';
import type { InputTaker } from './input.ts';

/** The start of a line, with its number. */
interface Place {
  readonly offset: number;
  readonly line: number;
}

/**
 * Reads an input on from where it was left. Sessions that are not over at its end are held back, and are read again by the next
 * run; one that has not gone on by then is told as it is.
 */
export class BookmarkedReading implements InputTaker {
  private readonly analysis: Analysis;
  private readonly placed: PlacedInput;
  private readonly bookmarks: Bookmarks;
  private readonly readBefore: number;
  /** Text bytes that are still to be skipped: a compressed file cannot be read from its middle. */
  private skipBytes: number;
  /** Where the next byte stands. */
  private offset: number;
  private line: number;
  private lineStart: number;
  private readonly places: Place[];
  private readonly held: HeldSession[] = [];
  private isEnding = false;

  constructor(analysis: Analysis, placed: PlacedInput, bookmarks: Bookmarks) {
    this.analysis = analysis;
    this.placed = placed;
    this.bookmarks = bookmarks;
    const { mark, head } = placed;
    this.readBefore = mark?.readLines ?? 0;
    const start = this.start;
    this.skipBytes = head?.isCompressed ? start.offset : 0;
    this.offset = start.offset;
    this.lineStart = start.offset;
    this.line = start.line;
    this.places = [start];
  }

  /** Where reading begins. */
  get start(): Place {
    const { mark } = this.placed;
    return mark === null || mark.format === null ? { offset: 0, line: 1 } : { offset: mark.offset, line: mark.line };
  }

  open(source: InputSource, index?: number): void {
    const { mark } = this.placed;
    const continued =
      mark === null || mark.format === null
        ? {}
        : { continued: { firstLine: mark.line, format: mark.format, order: mark.order } };
    this.analysis.open({ ...source, ...continued }, index);
  }

  push(chunk: Uint8Array): boolean {
    if (this.skipBytes > 0) {
      const skipped = Math.min(this.skipBytes, chunk.length);
      this.skipBytes -= skipped;
      chunk = chunk.subarray(skipped);
    }
    if (chunk.length === 0) return true;
    this.count(chunk);
    return this.analysis.push(chunk);
  }

  close(error: string | null = null): Input {
    this.isEnding = true;
    const input = this.analysis.close(error);
    const { offset, line } = this.goOn();
    const readLines = this.offset === this.lineStart ? this.line - 1 : this.line;
    const reached = { readBytes: this.offset, readLines: Math.max(readLines, this.readBefore), offset, line };
    this.bookmarks.keep(this.placed, { ...reached, ...this.readAs(input), held: this.held });
    return input;
  }

  fail(source: InputSource, error: string, index?: number): Input {
    return this.analysis.fail(source, error, index);
  }

  /** Whether a session is told now: not if it was told before, and not yet if it may go on. */
  accepts({ firstLine, lastLine, end }: Pick<Session, 'firstLine' | 'lastLine' | 'end'>): boolean {
    const { mark, isComplete } = this.placed;
    if (lastLine <= this.readBefore)
      return mark!.held.some((held) => held.firstLine === firstLine && held.lastLine === lastLine);
    if (!this.isEnding || isComplete || end !== 'unfinished') return true;
    this.held.push({ firstLine, lastLine });
    return false;
  }

  private count(chunk: Uint8Array): void {
    let at = chunk.indexOf(LF);
    if (at >= 0) this.places.push({ offset: this.offset + at + 1, line: this.line + 1 });
    for (; at >= 0; at = chunk.indexOf(LF, at + 1)) {
      this.line++;
      this.lineStart = this.offset + at + 1;
    }
    this.offset += chunk.length;
  }

  /** Where the next run begins: at the last known place before the sessions that are held back. */
  private goOn(): Place {
    const end = { offset: this.lineStart, line: this.line };
    if (this.held.length === 0) return end;
    const first = this.held.reduce((least, { firstLine }) => Math.min(least, firstLine), end.line);
    return this.places.findLast(({ line }) => line <= first) ?? this.places[0]!;
  }

  /** What the text was read as, if the next run can begin in its middle: whole lines of one format in which nothing was repaired. */
  private readAs({ transcripts, encoding, error }: Input) {
    const { mark } = this.placed;
    const [transcript] = transcripts;
    if (transcript === undefined) return { format: mark?.format ?? null, order: mark?.order ?? null };
    const isPlain = transcripts.length === 1 && transcript.repairs.length === 0 && error === null;
    if (!isPlain || /^utf-16/i.test(encoding)) return { format: null, order: null };
    return { format: transcript.format, order: transcript.clock.order };
  }
}
