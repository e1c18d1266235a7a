import { countsCarriageReturns } from '../bytes/lines.ts';
import type { Format } from '../formats/format.ts';
import type { Repair } from '../report.ts';
import { bbcode } from './bbcode.ts';
import { commonPrefix } from './common-prefix.ts';
import { duplicates } from './duplicates.ts';
import { isElision } from './elisions.ts';
import { html } from './html.ts';
import { joinedLines } from './joined-lines.ts';
import { indent } from './indent.ts';
import { jsonEscapes } from './json-escapes.ts';
import { LineReader, Reads } from './line-reader.ts';
import { markdown } from './markdown.ts';
import { nulBytes } from './nul-bytes.ts';
import { PasteLine, type Piece, readPasteLines } from './paste-line.ts';
import { powershell } from './powershell.ts';
import { quotePrefix } from './quote-prefix.ts';
import { type FormatShare, type Reading, readLines } from './reading.ts';
import type { FoundSegment } from './segments.ts';
import { smartQuotes } from './smart-quotes.ts';
import { terminalCodes } from './terminal-codes.ts';
import type { Undo, UndoContext } from './undo.ts';
import { wrappedAtColumn, wrappedAtWord } from './wrapped-lines.ts';

/** All repairs, the outermost damage first. */
export const undos: readonly Undo[] = [
  nulBytes,
  jsonEscapes,
  html,
  bbcode,
  terminalCodes,
  powershell,
  markdown,
  quotePrefix,
  indent,
  commonPrefix,
  smartQuotes,
  joinedLines,
  wrappedAtColumn,
  wrappedAtWord,
  duplicates,
];

/** Scores that differ by less are equal. */
const SCORE_STEP = 0.01;
/** Segments of which a fresh scanner reads less are none: their lines made sense only behind another's. */
const CONFIDENCE_MIN = 0.2;
/** Layers of damage that are undone, one repair each. */
const LAYERS_MAX = 12;
/** Bytes of a larger paste on which the repairs are tried: its start, middle and end, and of long lines the start. */
const TRIAL_BYTES = 192 * 1024;
const TRIAL_LINES = 6_000;

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

/** Share of a text's lines by format, largest first. */
export type Shares = readonly FormatShare[];

/**
 * Finds the transcripts in a text (UTF-8) and undoes what posting did to them. Prose around them is in no segment; foreign lines
 * inside stay, for the scanner to refuse. `shares` are the best ones seen.
 */
export function restore(bytes: Uint8Array, formats: readonly Format[]): { segments: Segment[]; shares: Shares } {
  const raw = readPasteLines(bytes, countsCarriageReturns(bytes));
  const trial = trialLines(raw, bytes.length);
  const chosen = chooseUndos(trial, formats);
  let reading = chosen.reading;
  if (trial !== raw)
    reading = chosen.undos.reduce((last, undo) => replay(undo, last, formats), readLines(raw, formats));
  const segments = reading.segments.map((segment) => finishSegment(reading.lines, segment, formats));
  return { segments: segments.filter(({ confidence }) => confidence >= CONFIDENCE_MIN), shares: bestShares([chosen.first, reading]) };
}

/**
 * Tries the repairs and keeps those that prove right: of those with plain marks the next one, else the one by which most is
 * gained. After each one all are tried again, for layers come in any order.
 */
function chooseUndos(lines: readonly PasteLine[], formats: readonly Format[]) {
  const first = readLines(lines, formats);
  const kept: Undo[] = [];
  let reading = first;
  while (kept.length < LAYERS_MAX) {
    const next = plainUndo(reading, formats) ?? gainfulUndo(reading, formats);
    if (next === null) break;
    reading = next.reading;
    kept.push(next.undo);
  }
  return { first, reading, undos: kept };
}

interface Step {
  readonly undo: Undo;
  readonly reading: Reading;
}

function plainUndo(before: Reading, formats: readonly Format[]): Step | null {
  for (const undo of undos) {
    if (undo.proof === 'reads-more') continue;
    const reading = apply(undo, before, formats);
    if (reading !== null && (undo.proof === 'own' || reading.score >= before.score - SCORE_STEP)) return { undo, reading };
  }
  return null;
}

function gainfulUndo(before: Reading, formats: readonly Format[]): Step | null {
  let best: Step | null = null;
  for (const undo of undos) {
    if (undo.proof !== 'reads-more') continue;
    const reading = apply(undo, before, formats);
    if (reading !== null && reading.score > (best?.reading ?? before).score + SCORE_STEP) best = { undo, reading };
  }
  return best;
}

function apply(undo: Undo, reading: Reading, formats: readonly Format[]): Reading | null {
  const context: UndoContext = { formats, reading: () => reading };
  const lines = undo.undo?.(reading.lines, context) ?? null;
  return lines === null ? null : readLines(lines, formats);
}

function replay(undo: Undo, reading: Reading, formats: readonly Format[]): Reading {
  return apply(undo, reading, formats) ?? reading;
}

function trialLines(lines: readonly PasteLine[], sizeBytes: number): readonly PasteLine[] {
  const share = Math.min(TRIAL_BYTES / sizeBytes, TRIAL_LINES / lines.length);
  if (share >= 1) return lines;
  const third = Math.max(1, Math.floor((lines.length * share) / 3));
  const middle = (lines.length - third) >> 1;
  const starts = third * 3 >= lines.length ? [0] : [0, middle, lines.length - third];
  const length = starts.length === 1 ? lines.length : third;
  return starts.flatMap((start) => lines.slice(start, start + length).map(startOfLine));
}

function startOfLine(line: PasteLine): PasteLine {
  const { bytes, start, end } = line;
  return end - start <= TRIAL_BYTES ? line : PasteLine.read(bytes, start, start + TRIAL_BYTES, line.line);
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
    let line = lines[i]!;
    if (!line.blank) filled++;
    let reads = reader.read(line);
    if (reads === Reads.Refused && !line.blank) {
      if (isElision(line.text)) {
        repairs.add('elision');
        filled--;
        continue;
      }
      const other = rereadLine(line, reader);
      if (other !== null) {
        line = other;
        reads = Reads.Remark;
      }
    }
    if (reads !== Reads.Refused && !line.blank) {
      accepted++;
      line.addRepairsTo(repairs);
    }
    pieces.push(line);
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
  for (const undo of undos) {
    const text = undo.undoLine?.(line.text) ?? null;
    if (text === null) continue;
    const other = line.rewrite(text, undo.id);
    if (reader.read(other) >= Reads.Remark) return other;
  }
  return null;
}

function bestShares(readings: readonly Reading[]): Shares {
  const best = new Map<FormatShare['id'], number>();
  for (const { shares } of readings)
    for (const { id, share } of shares) best.set(id, Math.max(best.get(id) ?? 0, share));
  return [...best].map(([id, share]) => ({ id, share })).sort((a, b) => b.share - a.share);
}
