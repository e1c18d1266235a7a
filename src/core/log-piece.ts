import { LineSplitter } from './bytes/lines.ts';
import { EventCursor, NO_DAY, NO_TIME } from './event.ts';
import type { Format, Scanner } from './formats/format.ts';
import { formats } from './formats/index.ts';
import { limits } from './limits.ts';
import { detect } from './repair/index.ts';
import type { FormatId } from './report.ts';

/** What a piece of a log shows of itself. */
export interface LogPiece {
  readonly format: FormatId;
  /** The first and the last time with a date, in milliseconds on one time line; null where none is seen. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

const DAY_MS = 86_400_000;

/** The beginning and the end of a file, decoded; the end is null where it is not at hand. */
export interface FileSample {
  readonly head: Uint8Array;
  readonly tail: Uint8Array | null;
}

/**
 * Looks at files that are thought to follow each other, in that order. Null where one of them is no clean log of a format in
 * which each line names its session, or not of the same as the others.
 */
export function describePieces(samples: readonly FileSample[]): readonly LogPiece[] | null {
  const keyed = formats.filter(({ keyed }) => keyed);
  let format: Format | null = null;
  for (const { head } of samples) {
    const found = detect(head, keyed);
    if (found.format === null || found.share < limits.streamShare || (format !== null && found.format !== format))
      return null;
    format = found.format;
  }
  if (format === null) return null;
  // All together show in which order day and month stand.
  const survey = format.createScanner({ order: null });
  for (const { head, tail } of samples)
    for (const bytes of tail === null ? [head] : [head, tail]) timesIn(bytes, survey);
  const { order } = survey.clock;
  const { id } = format;
  return samples.map(({ head, tail }) => ({
    format: id,
    firstMs: timesIn(head, format.createScanner({ order }))?.firstMs ?? null,
    lastMs: tail === null ? null : (timesIn(tail, format.createScanner({ order }))?.lastMs ?? null),
  }));
}

function timesIn(bytes: Uint8Array, scanner: Scanner): { firstMs: number; lastMs: number } | null {
  const out = new EventCursor({ accept: () => undefined });
  let firstMs = Number.NaN;
  let lastMs = Number.NaN;
  const splitter = new LineSplitter({
    line: (text, start, end, line) => {
      out.bytes = text;
      out.line = line;
      out.day = NO_DAY;
      out.ms = NO_TIME;
      if (!scanner.scan(text, start, end, out) || out.day === NO_DAY || out.ms === NO_TIME) return;
      lastMs = out.day * DAY_MS + out.ms;
      if (Number.isNaN(firstMs)) firstMs = lastMs;
    },
  });
  splitter.push(bytes);
  splitter.end();
  return Number.isNaN(firstMs) ? null : { firstMs, lastMs };
}
