import { counted, listed } from '../core/diagnoses/wording.ts';
import type { Input } from '../core/report.ts';
import type { ExportOptions } from './exporter.ts';

/** A line of a file. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** Finds the file that holds a line of an input, and the line's number in that file. */
export type PlaceOf = (at: { readonly input: number; readonly line: number }) => Place;

/** Places in the files of a run. Lines of a rotated series run on, but whoever opens a file wants its own. */
export function placesIn({ inputPath, inputParts }: Pick<ExportOptions, 'inputPath' | 'inputParts'>): PlaceOf {
  return ({ input, line }) => placeIn(inputParts?.(input) ?? null, line) ?? { path: inputPath(input), line };
}

/** Finds the file of a rotated series that holds a line; null for an input that is none. */
export function placeIn(parts: Input['parts'], line: number): Place | null {
  const part = parts?.findLast(({ firstLine }) => firstLine <= line);
  return part === undefined ? null : { path: part.path, line: line - part.firstLine + 1 };
}

/** Files of a series that are named in its heading; of more only the first and the last are. */
const PARTS_NAMED = 6;

/** `2 files read as one: server.log.1 from line 1 and server.log from line 41`. */
export function partsText(parts: NonNullable<Input['parts']>): string {
  const named = parts.map(({ path, firstLine }) => `${path} from line ${firstLine}`);
  const told = named.length <= PARTS_NAMED ? named : [named[0]!, `${named.length - 2} more`, named[named.length - 1]!];
  return `${counted(parts.length, 'file')} read as one: ${listed(told)}`;
}

/** `server.log:12`, as editors and compilers write it. */
export function placeText({ path, line }: Place): string {
  return `${path}:${line}`;
}
