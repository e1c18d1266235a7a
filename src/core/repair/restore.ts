import { countsCarriageReturns } from '../bytes/lines.ts';
import type { Format } from '../formats/format.ts';
import { commonPrefix } from './common-prefix.ts';
import { finishSegments, type Segment } from './finish-segments.ts';
import { PasteLine, readPasteLines } from './paste-line.ts';
import { type FormatShare, type Reading, readLines } from './reading.ts';
import type { Undo, UndoContext } from './undo.ts';
import { undos } from './undos.ts';

/** Scores that differ by less are equal. */
const SCORE_STEP = 0.01;
/** Layers of damage that are undone, one repair each. */
const LAYERS_MAX = 12;
/** Bytes of a larger paste on which the repairs are tried: its start, middle and end, and of long lines the start. */
const TRIAL_BYTES = 192 * 1024;
const TRIAL_LINES = 6_000;

/** Share of a text's lines by format, largest first. */
export type Shares = readonly FormatShare[];

/**
 * Finds the transcripts in a text (UTF-8) and undoes what posting did to them. Prose around them is in no segment;
 * foreign lines inside stay, for the scanner to refuse. `shares` are the best ones seen.
 */
export function restore(bytes: Uint8Array, formats: readonly Format[]): { segments: Segment[]; shares: Shares } {
  const raw = readPasteLines(bytes, countsCarriageReturns(bytes));
  const trial = trialLines(raw, bytes.length);
  const chosen = chooseUndos(trial, formats);
  let reading = chosen.reading;
  if (trial !== raw)
    reading = chosen.undos.reduce((last, undo) => replay(undo, last, formats), readLines(raw, formats));
  return { segments: finishSegments(reading, formats), shares: bestShares([chosen.first, reading]) };
}

/**
 * Tries the repairs and keeps those that prove right: of those with plain marks the next one, else the one by which
 * most is gained. After each one all are tried again, for layers come in any order.
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
    if (reading !== null && (undo.proof === 'own' || reading.score >= before.score - SCORE_STEP))
      return { undo, reading };
  }
  return null;
}

function gainfulUndo(before: Reading, formats: readonly Format[]): Step | null {
  let best: Step | null = null;
  for (const undo of undos) {
    if (undo.proof !== 'reads-more') continue;
    // From here on dear: every format is tried behind every prefix. Only if nothing simpler helps.
    if (undo === commonPrefix && best !== null) break;
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

function bestShares(readings: readonly Reading[]): Shares {
  const best = new Map<FormatShare['id'], number>();
  for (const { shares } of readings)
    for (const { id, share } of shares) best.set(id, Math.max(best.get(id) ?? 0, share));
  return [...best].map(([id, share]) => ({ id, share })).sort((a, b) => b.share - a.share);
}
