import type { Format } from '../formats/format.ts';
import { countRead, EVIDENCE, evidenceFactor, Reads } from './line-reader.ts';

/** Lines `first`..`last` (inclusive indexes) that one format reads as a transcript. */
export interface FoundSegment {
  /** Index of the format. */
  readonly format: number;
  readonly first: number;
  readonly last: number;
  /** Share of its lines, blank ones aside, that the format reads. */
  readonly share: number;
  /** Whether it has a command and a reply. */
  readonly dialogue: boolean;
}

/** What every format reads of every line. */
export interface Columns {
  readonly formats: readonly Format[];
  /** By format, by line: {@link Reads}. */
  readonly columns: readonly Uint8Array[];
  /** By line: 1 where there is nothing but blanks. */
  readonly blank: Uint8Array;
}

/** Evidence that makes lines within another transcript a transcript of their own. */
const OTHERS_EVIDENCE = 2.5;
/** Share of lines from which on a format reads most of a text. */
const MOST = 0.5;

/**
 * Finds the transcripts: the format with most evidence takes its lines first, from its first telling line to its last,
 * foreign lines between included; then the next format, among the lines that are left.
 */
export function findSegments(lines: Columns): FoundSegment[] {
  const { formats, columns, blank } = lines;
  const sums = columns.map(sumEvidence);
  const taken = new Uint8Array(blank.length);
  const remaining = new Set(formats.keys());
  const found: FoundSegment[] = [];
  while (remaining.size > 0) {
    const format = mostTelling(lines, remaining, taken);
    if (format < 0) break;
    remaining.delete(format);
    for (const segment of segmentsOf(format, lines, sums, taken)) {
      taken.fill(1, segment.first, segment.last + 1);
      found.push(segment);
    }
  }
  return found.sort((a, b) => a.first - b.first);
}

/** By line, the evidence of the lines before it. */
function sumEvidence(column: Uint8Array): Float32Array {
  const sums = new Float32Array(column.length + 1);
  for (let i = 0; i < column.length; i++) sums[i + 1] = sums[i]! + EVIDENCE[column[i]!]!;
  return sums;
}

function mostTelling(lines: Columns, remaining: ReadonlySet<number>, taken: Uint8Array): number {
  let best = -1;
  let most = 0;
  for (const format of remaining) {
    const column = lines.columns[format]!;
    let total = 0;
    for (let i = 0; i < column.length; i++) if (taken[i] === 0 && column[i] !== 0) total += EVIDENCE[column[i]!]!;
    total *= evidenceFactor(lines.formats[format]!);
    if (total > most) {
      most = total;
      best = format;
    }
  }
  return best;
}

/** The format's transcripts among the lines not yet taken. */
function* segmentsOf(
  format: number,
  lines: Columns,
  sums: readonly Float32Array[],
  taken: Uint8Array,
): Generator<FoundSegment> {
  const column = lines.columns[format]!;
  let first = -1;
  let last = -1;
  for (let i = 0; i <= column.length; i++) {
    const ends = i === column.length || taken[i] === 1;
    if (!ends && column[i]! < Reads.Remark) continue;
    if (first >= 0 && (ends || belongsToOthers(format, lines, sums, last + 1, i))) {
      const segment = completeSegment(format, first, last, lines, taken);
      if (segment !== null) yield segment;
      first = -1;
    }
    if (ends) continue;
    if (first < 0) first = i;
    last = i;
  }
}

/**
 * Whether the lines between two telling ones are another format's transcript. What looks bare may be a listing or a
 * file.
 */
function belongsToOthers(
  format: number,
  lines: Columns,
  sums: readonly Float32Array[],
  start: number,
  end: number,
): boolean {
  if (end - start < OTHERS_EVIDENCE) return false;
  const own = sums[format]![end]! - sums[format]![start]!;
  for (let other = 0; other < sums.length; other++) {
    if (other === format || lines.formats[other]!.bare) continue;
    const evidence = sums[other]![end]! - sums[other]![start]!;
    if (evidence >= OTHERS_EVIDENCE && evidence > own * 2) return true;
  }
  return false;
}

/** Takes in the accepted lines around `first`..`last` and judges whether all that is a transcript. */
function completeSegment(
  format: number,
  first: number,
  last: number,
  lines: Columns,
  taken: Uint8Array,
): FoundSegment | null {
  const column = lines.columns[format]!;
  first = extend(first, -1, column, lines.blank, taken);
  last = extend(last, 1, column, lines.blank, taken);
  const counts = new Float64Array(EVIDENCE.length);
  let filled = 0;
  for (let i = first; i <= last; i++) {
    if (lines.blank[i] === 1) continue;
    filled++;
    counts[column[i]!]!++;
  }
  const share = countRead(counts) / filled;
  if (!isConvincing(lines.formats[format]!, counts, share, lines.blank)) return null;
  const dialogue = counts[Reads.Command]! > 0 && counts[Reads.Reply]! > 0;
  return { format, first, last, share, dialogue };
}

/** Goes on from a telling line over accepted lines, and over single blank ones between them. */
function extend(from: number, step: 1 | -1, column: Uint8Array, blank: Uint8Array, taken: Uint8Array): number {
  let end = from;
  for (let i = from + step; i >= 0 && i < column.length && taken[i] === 0; i += step) {
    if (blank[i] === 1) {
      if (blank[i - step] === 1) break;
    } else if (column[i] === Reads.Refused) break;
    else if (column[i] !== Reads.Doubtful) end = i;
  }
  return end;
}

/** A command and a reply make a transcript, or remarks that are most of the text: a verb quoted in prose does not. */
function isConvincing(format: Format, counts: Float64Array, share: number, blank: Uint8Array): boolean {
  const commands = counts[Reads.Command]!;
  const replies = counts[Reads.Reply]!;
  if (commands > 0 && replies > 0) return !format.bare || share >= MOST;
  if (format.bare || share < MOST) return false;
  const telling = commands + replies + counts[Reads.Remark]!;
  if (telling >= 2) return true;
  const filled = blank.reduce((sum, one) => sum + 1 - one, 0);
  return telling + counts[Reads.Accepted]! >= filled * MOST;
}
