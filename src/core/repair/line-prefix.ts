import { isBlank, isDigit, UNDERSCORE } from '../bytes/ascii.ts';
import type { Format } from '../formats/format.ts';
import type { Repair } from '../report.ts';
import { EVIDENCE, evidenceFactor, LineReader, Reads } from './line-reader.ts';
import type { Piece } from './paste-line.ts';

/** Parts of a prefix's shape besides literal bytes. */
const BLANKS = -1;
const DIGITS = -2;
const WORD = -3;

/** What stands before the lines proper, generalised: numbers, words, blanks, and the marks between them. */
export type Shape = readonly number[];

/** Bytes of a line in which its prefix must end. */
const PREFIX_BYTES = 160;
/** Places of a line where its prefix is tried to end. */
const CUTS_MAX = 20;
/** Lines that are looked at, spread over the text. */
const PROBES = 64;

/** A prefix that lines have in common and that hides their format. */
export interface FoundPrefix {
  readonly shape: Shape;
  readonly repair: Repair;
  /** Index of the format that reads what follows. */
  readonly format: number;
}

interface Tally {
  readonly shape: Shape;
  /** By format: evidence behind prefixes of this shape. */
  readonly evidence: Float64Array;
  /** By format: lines that tell something. */
  readonly counts: Uint32Array;
  /** By format: which kinds of evidence, as bits by {@link Reads}. */
  readonly kinds: Uint8Array;
  readonly prefixes: string[];
}

/** Finds the shape of prefix behind which some format reads most of the lines that it does not read as they are. */
export function findPrefix(lines: readonly Piece[], formats: readonly Format[]): FoundPrefix | null {
  const tallies = new Map<string, Tally>();
  const step = Math.max(1, Math.floor(lines.length / PROBES));
  for (let i = 0; i < lines.length; i += step) probe(lines[i]!, formats, tallies);
  let best: FoundPrefix | null = null;
  let most = 0;
  for (const { shape, evidence, counts, kinds, prefixes } of tallies.values()) {
    for (let format = 0; format < formats.length; format++) {
      const weight = evidence[format]! * evidenceFactor(formats[format]!);
      // Of equal ones the shortest: longer prefixes take what belongs to the format.
      if (weight < most || (weight === most && best !== null && shape.length >= best.shape.length)) continue;
      if (!isTranscript(formats[format]!, counts[format]!, kinds[format]!)) continue;
      most = weight;
      best = { shape, repair: repairOf(prefixes), format };
    }
  }
  return best;
}

/** Several lines; for bare formats of more than one kind: indented feature names look like commands, but nobody answers them. */
function isTranscript(format: Format, count: number, kinds: number): boolean {
  return count >= 2 && (!format.bare || (kinds & (kinds - 1)) !== 0);
}

function probe(line: Piece, formats: readonly Format[], tallies: Map<string, Tally>): void {
  const { bytes, start, end } = line;
  for (const cut of cutsOf(bytes, start, end)) {
    const shape = shapeOf(bytes, start, cut);
    const key = shape.join();
    let tally = tallies.get(key);
    for (let format = 0; format < formats.length; format++) {
      const reads = new LineReader(formats[format]!).readSpan(bytes, cut, end, line.line);
      if (reads < Reads.Remark) continue;
      if (tally === undefined) {
        tally = {
          shape,
          evidence: new Float64Array(formats.length),
          counts: new Uint32Array(formats.length),
          kinds: new Uint8Array(formats.length),
          prefixes: [],
        };
        tallies.set(key, tally);
      }
      tally.evidence[format]! += EVIDENCE[reads]!;
      tally.counts[format]!++;
      tally.kinds[format]! |= 1 << reads;
    }
    if (tally !== undefined) tally.prefixes.push(String.fromCharCode(...bytes.subarray(start, cut)));
  }
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

/** Generalises `bytes[start, end)`. Blanks at the start count only where there is nothing else: numbers are padded with them. */
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

/** The offset behind a prefix of this shape, or -1. */
export function endOfPrefix(shape: Shape, bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && isBlank(bytes[i]!)) i++;
  if (shape.length === 1 && shape[0] === BLANKS) return i > start && i < end ? i : -1;
  for (const part of shape) {
    const from = i;
    if (part === BLANKS) while (i < end && isBlank(bytes[i]!)) i++;
    else if (part === DIGITS) while (i < end && isDigit(bytes[i]!)) i++;
    else if (part === WORD) while (i < end && isWord(bytes[i]!)) i++;
    else if (bytes[i] === part && i < end) i++;
    if (i === from) return -1;
  }
  return i;
}

function repairOf(prefixes: readonly string[]): Repair {
  if (prefixes.every((prefix) => /^\s+$/.test(prefix))) return 'indent';
  if (prefixes.every((prefix) => /^[^\w\x80-\xff]+$/.test(prefix))) return 'quote-prefix';
  const numbers = prefixes.map((prefix) => /^(?:.*\D)?(\d+)\D{0,4}$/.exec(prefix)?.[1]);
  if (numbers.length > 1 && numbers.every((n, i) => n !== undefined && (i === 0 || Number(n) > Number(numbers[i - 1]))))
    return 'line-numbers';
  return 'foreign-prefix';
}
