import { isBlank, LF } from '../bytes/ascii.ts';
import { countsCarriageReturns, LineSplitter } from '../bytes/lines.ts';
import type { Format } from '../formats/format.ts';
import { limits } from '../limits.ts';
import type { Repair } from '../report.ts';
import { joinedLines } from './joined-lines.ts';
import { jsonEscapes } from './json-escapes.ts';
import { endOfPrefix, findPrefix } from './line-prefix.ts';
import { countRead, EVIDENCE, LineReader, Reads } from './line-reader.ts';
import { MarksOf } from './marks.ts';
import { PasteLine } from './paste-line.ts';
import { type FormatShare, type Reading, readLines } from './reading.ts';
import type { UndoContext } from './undo.ts';
import { undos } from './undos.ts';

/** Something that others wrote before each line of an input: stamps, names, line numbers, quote marks. */
export interface LinePrefix {
  readonly repair: Repair;
  /** The offset in `bytes[start, end)` at which the line proper begins; `start` for a line without the prefix. */
  strip(bytes: Uint8Array, start: number, end: number): number;
}

/** Which format reads an input. */
export interface Detection {
  /** The format with the largest share, of equal ones the first in the list; null where none reads anything telling. */
  readonly format: Format | null;
  readonly share: number;
  /** Largest first. */
  readonly shares: readonly FormatShare[];
}

/** Shares that differ by less decide nothing; then the format goes first that is told more. */
const SHARE_STEP = 0.02;

/**
 * The share of the head's lines, blank ones aside, that each format's scanner reads, behind `prefix` if there is one.
 * A last line without line end is left out, for the head may have cut it, unless it is the only one.
 */
export function detect(head: Uint8Array, formats: readonly Format[], prefix: LinePrefix | null = null): Detection {
  const lines = headLines(head).map((line) => withoutPrefix(line, prefix));
  const counts = countHead(formats, lines);
  const shares = counts.map(({ format, accepted, of }) => ({ id: format.id, share: of === 0 ? 0 : accepted / of }));
  let best = -1;
  for (let i = 0; i < formats.length; i++) {
    if (counts[i]!.telling === 0) continue;
    if (best < 0 || isBetter(shares[i]!.share, counts[i]!, shares[best]!.share, counts[best]!)) best = i;
  }
  return {
    format: best < 0 ? null : formats[best]!,
    share: best < 0 ? 0 : shares[best]!.share,
    shares: shares.sort((a, b) => b.share - a.share),
  };
}

/**
 * The prefix that all lines of an input have before what a format reads; null where a format reads the lines as they
 * are, or none reads enough of them behind any prefix.
 */
export function detectPrefix(head: Uint8Array, formats: readonly Format[]): LinePrefix | null {
  if (detect(head, formats).share >= limits.streamShare) return null;
  const found = findPrefix(headLines(head), formats);
  if (found === null) return null;
  const prefix: LinePrefix = {
    repair: found.repair,
    strip(bytes, start, end) {
      const cut = endOfPrefix(found, bytes, start, end);
      return cut < 0 ? start : cut;
    },
  };
  return detect(head, [formats[found.format]!], prefix).share >= limits.streamShare ? prefix : null;
}

/**
 * Whether the head shows damage with plain marks (HTML, Markdown escapes, lost line breaks, NULs, …). Such an input had
 * better be restored, even if some format reads it as it is, for paths and names are damaged as well. `format`: the one that
 * reads it; what its lines are joined of are its own, unless its lines carry no mark.
 */
export function showsDamage(head: Uint8Array, format: Format, all: readonly Format[]): boolean {
  const formats = format.bare ? all : [format];
  const lines = headLines(head, true);
  const marks = new MarksOf(lines);
  let read: Reading | null = null;
  const context: UndoContext = {
    formats,
    reading() {
      read ??= readLines(lines, formats);
      return read;
    },
  };
  return undos.some((undo) => {
    // A transcript in one line may be read as one line of its format.
    const shows = undo.proof !== 'reads-more' || undo === joinedLines || undo === jsonEscapes;
    return shows && marks.mayShow(undo) && undo.undo !== undefined && undo.undo(lines, context) !== null;
  });
}

/** Lines after which a format that reads hardly any is out, if another reads nearly all. */
const EARLY_LINES = 60;
const HARDLY_ANY = 0.5;

/** Counts what each format reads: of all lines, or of the first ones where another format reads nearly all of those. */
function countHead(formats: readonly Format[], lines: readonly PasteLine[]): Count[] {
  const first = lines.slice(0, EARLY_LINES);
  let isSettled = false;
  const early = formats.map((format) => {
    if (isSettled) return { format, accepted: 0, of: first.length, telling: 0 };
    const count = countLines(format, first);
    isSettled = isConclusive(count);
    return count;
  });
  if (first.length === lines.length) return early;
  const isDecided = early.some(({ accepted, telling }) => telling > 0 && accepted >= limits.streamShare * first.length);
  return early.map((count) =>
    isDecided && count.accepted < HARDLY_ANY * first.length ? count : countLines(count.format, lines),
  );
}

/** Lines that show enough of a format that marks them, where it reads each. */
const CONCLUSIVE_LINES = 20;

/** Whether no other format needs to be asked: none reads what one that marks its lines writes. */
function isConclusive({ format, accepted, of, telling }: Count): boolean {
  return !format.bare && of >= CONCLUSIVE_LINES && accepted === of && telling * 2 > of;
}

interface Count {
  readonly format: Format;
  readonly accepted: number;
  /** Of how many lines. */
  readonly of: number;
  readonly telling: number;
}

function countLines(format: Format, lines: readonly PasteLine[]): Count {
  const reader = new LineReader(format);
  const counts = new Float64Array(EVIDENCE.length);
  for (const line of lines) counts[reader.read(line)]!++;
  const telling = counts[Reads.Remark]! + counts[Reads.Command]! + counts[Reads.Reply]!;
  return { format, accepted: countRead(counts), of: lines.length, telling };
}

function isBetter(share: number, count: Count, bestShare: number, best: Count): boolean {
  if (count.format.bare && !best.format.bare && bestShare >= limits.streamShare) return false;
  if (Math.abs(share - bestShare) >= SHARE_STEP) return share > bestShare;
  return count.telling > best.telling;
}

function withoutPrefix(line: PasteLine, prefix: LinePrefix | null): PasteLine {
  if (prefix === null) return line;
  const start = prefix.strip(line.bytes, line.start, line.end);
  return start === line.start ? line : line.cutAt(start, prefix.repair);
}

function headLines(head: Uint8Array, keepBlanks = false): PasteLine[] {
  const lines: PasteLine[] = [];
  const end = head.lastIndexOf(LF) + 1;
  const splitter = new LineSplitter(
    {
      line(bytes, start, end, line) {
        while (!keepBlanks && start < end && isBlank(bytes[end - 1]!)) end--;
        if (start < end) lines.push(PasteLine.read(bytes === head ? bytes : new Uint8Array(bytes), start, end, line));
      },
    },
    { countCarriageReturns: countsCarriageReturns(head) },
  );
  splitter.push(head);
  if (end === 0) splitter.end();
  return lines;
}
