import { isBlank, isDigit, UNDERSCORE } from '../bytes/ascii.ts';
import type { Format } from '../formats/format.ts';
import type { Repair } from '../report.ts';
import { evidenceFactor, LineReader, Reads } from './line-reader.ts';
import type { Piece } from './paste-line.ts';

/** Parts of a prefix's shape besides literal bytes. */
const BLANKS = -1;
const DIGITS = -2;
const WORD = -3;

/** What stands before the lines proper, generalised: numbers, words, blanks, and the marks between them. */
type Shape = readonly number[];

/** Bytes of a line in which its prefix must end. */
const PREFIX_BYTES = 160;
/** Places of a line where its prefix is tried to end. */
const CUTS_MAX = 20;
/** Shapes, the most frequent ones, behind which the formats are tried. */
const SHAPES_MAX = 32;
/** Lines of a shape that are read. */
const LINES_MAX = 128;

/** Share of the lines with a prefix that must tell something without it. */
const TELLING_SHARE = 0.1;

/** A prefix that lines have in common and that hides their format. */
export interface FoundPrefix {
  readonly shape: Shape;
  /** Blanks that belong to the prefix where it ends in blanks; further ones are the line's own. */
  readonly blanks: number;
  readonly repair: Repair;
  /** Index of the format that reads what follows. */
  readonly format: number;
}

/** The lines that have a prefix of one shape. */
interface Tally {
  readonly shape: Shape;
  count: number;
  /** The first of them, and where their prefixes end. */
  readonly lines: Piece[];
  readonly cuts: number[];
}

/** Finds the shape of prefix behind which some format reads most of the lines. */
export function findPrefix(lines: readonly Piece[], formats: readonly Format[]): FoundPrefix | null {
  let best: FoundPrefix | null = null;
  let most = 0;
  for (const tally of frequentShapes(lines)) {
    for (let format = 0; format < formats.length; format++) {
      const evidence = evidenceBehind(tally, formats[format]!);
      // Of equal ones the shortest: longer prefixes take what belongs to the format.
      if (evidence < most || (evidence === most && best !== null && tally.shape.length >= best.shape.length)) continue;
      if (evidence === 0) continue;
      most = evidence;
      best = { shape: tally.shape, blanks: usualBlanks(tally), repair: repairOf(tally), format };
    }
  }
  return best;
}

function frequentShapes(lines: readonly Piece[]): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const line of lines) {
    for (const cut of cutsOf(line.bytes, line.start, line.end)) {
      const shape = shapeOf(line.bytes, line.start, cut);
      const key = shape.join();
      let tally = tallies.get(key);
      if (tally === undefined) {
        tally = { shape, count: 0, lines: [], cuts: [] };
        tallies.set(key, tally);
      }
      tally.count++;
      if (tally.lines.length === LINES_MAX) continue;
      tally.lines.push(line);
      tally.cuts.push(cut);
    }
  }
  const frequent = [...tallies.values()].filter((tally) => tally.count > 1);
  return frequent.sort((a, b) => b.count - a.count || a.shape.length - b.shape.length).slice(0, SHAPES_MAX);
}

/** What one format reads behind the prefixes; 0 if that makes no transcript. */
function evidenceBehind({ lines, cuts }: Tally, format: Format): number {
  const reader = new LineReader(format);
  let telling = 0;
  for (let i = 0; i < lines.length; i++) {
    const { bytes, end, line } = lines[i]!;
    const reads = reader.readSpan(bytes, cuts[i]!, end, line);
    if (reads >= Reads.Remark) telling++;
  }
  return telling >= lines.length * TELLING_SHARE && isTranscript(format, reader.kinds)
    ? reader.evidence * evidenceFactor(format)
    : 0;
}

/**
 * Not replies alone, which the milliseconds of a stamp could be; for bare formats of more than one kind: indented
 * feature names look like commands, but nobody answers them.
 */
function isTranscript(format: Format, told: number): boolean {
  const kinds = told & ((1 << Reads.Remark) | (1 << Reads.Command) | (1 << Reads.Reply));
  if (kinds === 0 || kinds === 1 << Reads.Reply) return false;
  return !format.bare || (kinds & (kinds - 1)) !== 0;
}

/** Where a prefix may end: behind a blank or a mark, before something else. */
function cutsOf(bytes: Uint8Array, start: number, end: number): number[] {
  const cuts: number[] = [];
  const limit = Math.min(end, start + PREFIX_BYTES);
  for (let i = start + 1; i < limit && cuts.length < CUTS_MAX; i++) {
    const before = bytes[i - 1]!;
    if (!isWord(before) && !isBlank(bytes[i]!)) cuts.push(i);
  }
  return cuts;
}

function isWord(byte: number): boolean {
  const letter = byte & 0xdf;
  return (letter >= 65 && letter <= 90) || isDigit(byte) || byte === UNDERSCORE || byte >= 0x80;
}

/**
 * Generalises `bytes[start, end)`. Blanks at the start count only where there is nothing else: numbers are padded with
 * them.
 */
function shapeOf(bytes: Uint8Array, start: number, end: number): Shape {
  const shape: number[] = [];
  let i = start;
  while (i < end && isBlank(bytes[i]!)) i++;
  if (i === end) return [BLANKS];
  while (i < end) {
    const byte = bytes[i]!;
    if (isBlank(byte)) {
      while (i < end && isBlank(bytes[i]!)) i++;
      shape.push(BLANKS);
    } else if (isWord(byte)) {
      let digits = true;
      for (; i < end && isWord(bytes[i]!); i++) digits &&= isDigit(bytes[i]!);
      shape.push(digits ? DIGITS : WORD);
    } else {
      shape.push(byte);
      i++;
    }
  }
  return shape;
}

/** The number of blanks in which most of the prefixes end. */
function usualBlanks({ lines, cuts }: Tally): number {
  const counts = new Map<number, number>();
  lines.forEach(({ bytes, start }, i) => {
    let from = cuts[i]!;
    while (from > start && isBlank(bytes[from - 1]!)) from--;
    const blanks = cuts[i]! - from;
    counts.set(blanks, (counts.get(blanks) ?? 0) + 1);
  });
  return [...counts].sort((a, b) => b[1] - a[1])[0]![0];
}

/** The offset behind the prefix, or -1 where `bytes[start, end)` has none. */
export function endOfPrefix(prefix: FoundPrefix, bytes: Uint8Array, start: number, end: number): number {
  const { shape, blanks } = prefix;
  let i = start;
  while (i < end && isBlank(bytes[i]!)) i++;
  if (shape.length === 1 && shape[0] === BLANKS) return i > start && i < end ? Math.min(i, start + blanks) : -1;
  for (let part = 0, from = i; part < shape.length; part++, from = i) {
    const kind = shape[part]!;
    if (kind === BLANKS) {
      while (i < end && isBlank(bytes[i]!)) i++;
      if (part === shape.length - 1) i = Math.min(i, from + blanks);
    } else if (kind === DIGITS) while (i < end && isDigit(bytes[i]!)) i++;
    else if (kind === WORD) while (i < end && isWord(bytes[i]!)) i++;
    else if (bytes[i] === kind && i < end) i++;
    if (i === from) return -1;
  }
  return i;
}

function repairOf({ lines, cuts }: Tally): Repair {
  const prefixes = lines.map(({ bytes, start }, i) => String.fromCharCode(...bytes.subarray(start, cuts[i])));
  if (prefixes.every((prefix) => /^\s+$/.test(prefix))) return 'indent';
  if (prefixes.every((prefix) => /^[^\w\x80-\xff]+$/.test(prefix))) return 'quote-prefix';
  const numbers = prefixes.map((prefix) => Number(/^(?:.*\D)?(\d{1,7})\D{0,4}$/.exec(prefix)?.[1] ?? Number.NaN));
  const steps = numbers.slice(1).map((number, i) => number - numbers[i]!);
  // Lines between may have been left out, here or by `grep`.
  if (steps.length > 0 && steps.every((step) => step > 0 && step < 1000)) return 'line-numbers';
  return 'foreign-prefix';
}
