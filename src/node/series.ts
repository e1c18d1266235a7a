/** Rotated logs: the files that one program wrote one after the other, to be read as one. */

import { createTranscoder, detectEncoding } from '../core/bytes/encoding.ts';
import { describePieces, type FileSample } from '../core/log-piece.ts';
import { readEnds } from './file-ends.ts';
import type { InputPath } from './inputs.ts';

/** A file's place in a series, as its name tells. */
interface Place {
  /** The name that the log has while it is written. */
  readonly stem: string;
  /** `20240131`; empty where the name has no date. */
  readonly date: string;
  /** 0 where the name has no number. */
  readonly number: number;
}

const COMPRESSED = /\.(?:gz|zst)$/i;
const DATE = String.raw`(?<date>\d{4}-?[01]\d-?[0-3]\d)`;
const NAMES: readonly RegExp[] = [
  // FileZilla Server: `server.2024-01-31.log`, `server.2024-01-31.1.log`, and 0.9's `fzs-2024-01-31.log`.
  new RegExp(String.raw`^(?<stem>.+?)[-_.]${DATE}(?:\.(?<number>\d{1,4}))?(?<end>\.(?:log|txt))$`, 'i'),
  // logrotate with dateext: `vsftpd.log-20240131`.
  new RegExp(`^(?<stem>.+?)[-.]${DATE}(?<end>)$`),
  // IIS: `u_ex240131.log`.
  /^(?<stem>(?:u_)?(?:ex|in|nc))(?<date>\d{6})(?<end>\.log)$/i,
  // FileZilla Server: `server.1.log`.
  /^(?<stem>.+)\.(?<number>\d{1,4})(?<end>\.(?:log|txt))$/i,
  // logrotate: `vsftpd.log.1`.
  /^(?<stem>.+)\.(?<number>\d{1,4})(?<end>)$/,
];

/** Where a file stands in a series if it is of one; a log that is still written stands at its end. */
function placeInSeries(file: string): Place {
  const name = file.replace(COMPRESSED, '');
  const start = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'), name.lastIndexOf('!')) + 1;
  const folder = name.slice(0, start);
  for (const pattern of NAMES) {
    const found = pattern.exec(name.slice(start))?.groups;
    if (found === undefined) continue;
    const { stem = '', end = '', date = '', number = '0' } = found;
    return { stem: `${folder}${stem}${end}`, date: date.replaceAll('-', ''), number: Number(number) };
  }
  return { stem: name, date: '', number: 0 };
}

/** Oldest first. Of one day the first has no number; without a date the highest number is the oldest, and no number is the log itself. */
function byAge(a: Place, b: Place): number {
  if (a.date !== b.date) return a.date === '' ? 1 : b.date === '' ? -1 : a.date < b.date ? -1 : 1;
  return a.date === '' ? b.number - a.number : a.number - b.number;
}

/**
 * Puts rotated logs together, each series as one input in the place of its newest file. Names alone do not make a series: all
 * files have to be logs of one format whose sessions have ids, and none may begin before the one before it has ended.
 */
export async function joinSeries(inputs: readonly InputPath[]): Promise<InputPath[]> {
  const series = new Map<string, { input: InputPath; place: Place }[]>();
  for (const input of inputs) {
    if (input.error !== null) continue;
    const place = placeInSeries(input.path);
    const files = series.get(place.stem);
    if (files === undefined) series.set(place.stem, [{ input, place }]);
    else files.push({ input, place });
  }
  const joined = new Map<InputPath, InputPath | null>();
  for (const files of series.values()) {
    if (files.length < 2) continue;
    const parts = files.sort((a, b) => byAge(a.place, b.place)).map(({ input }) => input);
    if (!(await goOnFromEachOther(parts))) continue;
    for (const part of parts) joined.set(part, null);
    const newest = parts[parts.length - 1]!;
    joined.set(newest, { ...newest, named: parts.some(({ named }) => named), parts });
  }
  return inputs.flatMap((input) => {
    const whole = joined.get(input);
    return whole === undefined ? [input] : whole === null ? [] : [whole];
  });
}

/** How far apart lines may stand out of their order. */
const DISORDER_MS = 2_000;

async function goOnFromEachOther(parts: readonly InputPath[]): Promise<boolean> {
  const samples: FileSample[] = [];
  for (const part of parts) {
    const ends = await readEnds(part);
    if (ends === null) return false;
    // A log that was just begun is empty.
    if (ends.head.length > 0)
      samples.push({ head: decode(ends.head), tail: ends.tail === null ? null : decode(ends.tail) });
  }
  const pieces = describePieces(samples) ?? [];
  // Without times there are the names, of which only logrotate's are telling.
  const isNamed = /\.\d+(?:\.gz|\.zst)?$/i.test(parts[0]!.path);
  return (
    pieces.length > 0 &&
    pieces.every((piece, i) => {
      const before = pieces[i - 1];
      const endedMs = before?.lastMs ?? before?.firstMs ?? null;
      if (before === undefined) return true;
      return endedMs === null || piece.firstMs === null ? isNamed : piece.firstMs >= endedMs - DISORDER_MS;
    })
  );
}

function decode(bytes: Uint8Array): Uint8Array {
  return createTranscoder(detectEncoding(bytes).label).push(bytes);
}
