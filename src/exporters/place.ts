import type { ExportOptions } from './exporter.ts';

/** A line of a file. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** Finds the file that holds a line of an input, and the line's number in that file. */
export type PlaceOf = (at: { readonly input: number; readonly line: number }) => Place;

/** Places in the files of a run. Lines of a rotated series run on, but whoever opens a file wants its own. */
export function placesIn({ inputPath, inputParts }: ExportOptions): PlaceOf {
  return ({ input, line }) => {
    const part = inputParts?.(input)?.findLast(({ firstLine }) => firstLine <= line);
    return part === undefined ? { path: inputPath(input), line } : { path: part.path, line: line - part.firstLine + 1 };
  };
}

/** `server.log:12`, as editors and compilers write it. */
export function placeText({ path, line }: Place): string {
  return `${path}:${line}`;
}
