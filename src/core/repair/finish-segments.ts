import type { Format } from '../formats/format.ts';
import type { Repair } from '../report.ts';
import { isElision } from './elisions.ts';
import { LineReader, Reads } from './line-reader.ts';
import type { PasteLine, Piece } from './paste-line.ts';
import type { Reading } from './reading.ts';
import type { FoundSegment } from './segments.ts';
import { undos } from './undos.ts';

/** One transcript of a paste. */
export interface Segment {
  readonly format: Format;
  /** Share of its lines that the format reads. */
  readonly confidence: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly repairs: readonly Repair[];
  /** What the format's scanner shall be fed, in order. */
  readonly pieces: readonly Piece[];
}

/** Segments of which a fresh scanner reads less are none: their lines made sense only behind another's. */
const CONFIDENCE_MIN = 0.2;
/** Lines before a segment that may turn out to be its own. */
const LINES_BEFORE = 8;
const LABELS_LENGTH = 120;
/** `Log:`, `<log><![CDATA[`, `I get this:` before the first line. */
const LABEL = /^.{0,60}?(?:[:>[]\s*)(?=\S)/;

/**
 * Makes segments of what was found: sees whether the lines before belong to it, and reads refused lines in other ways.
 */
export function finishSegments(reading: Reading, formats: readonly Format[]): Segment[] {
  const lines = [...reading.lines];
  const found = [...reading.segments];
  for (let i = 0; i < found.length; i++) {
    const before = found[i - 1];
    // A few remarks before a dialogue are its beginning, although another format read them first.
    const absorbs = before !== undefined && !before.dialogue && found[i]!.dialogue;
    const bound = before === undefined ? 0 : absorbs ? before.first : before.last + 1;
    let first = findBeginning(lines, found[i]!, bound, formats);
    if (first === found[i]!.first && first > bound) {
      const unlabelled = dropLabels(lines[first - 1]!, formats[found[i]!.format]!);
      if (unlabelled !== null) lines[--first] = unlabelled;
    }
    found[i] = { ...found[i]!, first };
    if (absorbs && first <= before.first) found.splice(--i, 1);
    else if (absorbs && first <= before.last) found[i - 1] = { ...before, last: first - 1 };
  }
  return found
    .map((segment) => finishSegment(lines, segment, formats))
    .filter(({ confidence }) => confidence >= CONFIDENCE_MIN);
}

/** The first of the lines right before the segment from which on its format, when it begins there, reads them all. */
function findBeginning(
  lines: readonly PasteLine[],
  segment: FoundSegment,
  bound: number,
  formats: readonly Format[],
): number {
  let start = segment.first;
  while (start > bound && start > segment.first - LINES_BEFORE && !lines[start - 1]!.blank) start--;
  for (; start < segment.first; start++) {
    const reader = new LineReader(formats[segment.format]!);
    const reads = lines.slice(start, segment.first).map((line) => readOrReread(line, reader));
    if (reads.every((line) => line !== null)) return start;
  }
  return start;
}

/** The line without what introduces the transcript, if the format then reads something telling; else null. */
function dropLabels(line: PasteLine, format: Format): PasteLine | null {
  let { text } = line;
  for (let label = LABEL.exec(text); label !== null; label = LABEL.exec(text)) {
    text = text.substring(label[0].length);
    const rest = line.rewrite(text, 'foreign-prefix');
    if (new LineReader(format).read(rest) >= Reads.Remark) return rest;
    if (line.text.length - text.length > LABELS_LENGTH) return null;
  }
  return null;
}

/** The line as the format reads it, null if it does not. */
function readOrReread(line: PasteLine, reader: LineReader): PasteLine | null {
  return reader.read(line) === Reads.Refused ? rereadLine(line, reader) : line;
}

/** Reads a transcript's lines once more, trying refused ones in other readings, and gathers what was repaired. */
function finishSegment(lines: readonly PasteLine[], found: FoundSegment, formats: readonly Format[]): Segment {
  const format = formats[found.format]!;
  const reader = new LineReader(format);
  const repairs = new Set<Repair>();
  const pieces: PasteLine[] = [];
  let filled = 0;
  let accepted = 0;
  for (let i = found.first; i <= found.last; i++) {
    const line = lines[i]!;
    const read = readOrReread(line, reader);
    if (read === null && isElision(line.text)) {
      repairs.add('elision');
      continue;
    }
    pieces.push(read ?? line);
    if (line.blank) continue;
    filled++;
    if (read === null) continue;
    accepted++;
    read.addRepairsTo(repairs);
  }
  return {
    format,
    confidence: filled === 0 ? 0 : accepted / filled,
    firstLine: lines[found.first]!.line,
    lastLine: lines[found.last]!.line,
    repairs: [...repairs],
    pieces,
  };
}

/** Another reading of a line that the format refused, or null. */
function rereadLine(line: PasteLine, reader: LineReader): PasteLine | null {
  if (line.blank) return null;
  for (const undo of undos) {
    const text = undo.undoLine?.(line.text) ?? null;
    if (text === null) continue;
    const other = line.rewrite(text, undo.id);
    if (reader.read(other) >= Reads.Accepted) return other;
  }
  return null;
}
