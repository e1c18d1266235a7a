import type { Format } from '../formats/format.ts';
import type { FormatId } from '../report.ts';
import { countRead, EVIDENCE, evidenceFactor, LineReader, Reads } from './line-reader.ts';
import type { PasteLine } from './paste-line.ts';
import { type FoundSegment, findSegments } from './segments.ts';

/** The share of lines that a format reads. */
export interface FormatShare {
  readonly id: FormatId;
  readonly share: number;
}

/** What all formats make of the same lines. */
export interface Reading {
  readonly lines: readonly PasteLine[];
  /** The transcripts found, in order; they do not overlap. */
  readonly segments: readonly FoundSegment[];
  /** How much is read in all; the measure by which repairs are judged. */
  readonly score: number;
  /** By line: what the format of its segment reads, {@link Reads.Refused} outside of segments. */
  readonly reads: Uint8Array;
  /**
   * By line: 1 where a format that has marks of its own reads its transcript, for sure. Nothing need be undone there.
   */
  readonly firm: Uint8Array;
  readonly shares: readonly FormatShare[];
}

/** What a refused line within a transcript takes away from the score. */
const REFUSED_COST = 0.3;

/** Reads the lines with every format. Linear in their length times the number of formats. */
export function readLines(lines: readonly PasteLine[], formats: readonly Format[]): Reading {
  const blank = Uint8Array.from(lines, (line) => (line.blank ? 1 : 0));
  const filled = blank.length - blank.reduce((sum, one) => sum + one, 0);
  const columns: Uint8Array[] = [];
  const shares: FormatShare[] = [];
  for (const format of formats) {
    const reader = new LineReader(format);
    const column = new Uint8Array(lines.length);
    const counts = new Float64Array(EVIDENCE.length);
    for (let i = 0; i < lines.length; i++) {
      if (blank[i] === 1) continue;
      const reads = reader.read(lines[i]!);
      column[i] = reads;
      counts[reads]!++;
    }
    columns.push(column);
    shares.push({ id: format.id, share: filled === 0 ? 0 : countRead(counts) / filled });
  }
  const segments = findSegments({ formats, columns, blank });
  const reads = new Uint8Array(lines.length);
  const firm = new Uint8Array(lines.length);
  let score = 0;
  for (const segment of segments) {
    const column = columns[segment.format]!;
    const format = formats[segment.format]!;
    const factor = evidenceFactor(format);
    let gained = 0;
    for (let i = segment.first; i <= segment.last; i++) {
      reads[i] = column[i]!;
      if (!format.bare && column[i]! >= Reads.Continued) firm[i] = 1;
      if (column[i] !== Reads.Refused) gained += EVIDENCE[column[i]!]! * factor;
      else if (blank[i] === 0) gained -= REFUSED_COST;
    }
    // To read a transcript badly is not worse than not to find it.
    score += Math.max(0, gained);
  }
  return { lines, segments, score, reads, firm, shares };
}
