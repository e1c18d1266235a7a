import { readFileSync } from 'node:fs';
import { bytesOf, textOf } from '../../../src/core/bytes/text.ts';
import { formats } from '../../../src/core/formats/index.ts';
import type { Piece } from '../../../src/core/repair/index.ts';
import { restore, type Segment } from '../../../src/core/repair/index.ts';
import { readPasteLines } from '../../../src/core/repair/paste-line.ts';
import { readLines } from '../../../src/core/repair/reading.ts';
import type { Undo } from '../../../src/core/repair/undo.ts';

/** The bytes of a file of fixtures/repair. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../../fixtures/repair/${name}`, import.meta.url)));
}

/** The lines of an undamaged text of fixtures/repair. */
export function linesOf(name: string): string[] {
  return textOf(fixture(name), 0, fixture(name).length).trimEnd().split('\n');
}

export function restoreText(text: string): Segment[] {
  return restore(bytesOf(text), formats).segments;
}

export function textOfPiece({ bytes, start, end }: Piece): string {
  return textOf(bytes, start, end);
}

/** `format first-last [repairs]`. */
export function describeSegment({ format, firstLine, lastLine, repairs }: Segment): string {
  return `${format.id} ${firstLine}-${lastLine} [${repairs.join(', ')}]`;
}

/** What one repair alone makes of a text: lines as `number:text`, null where it sees no damage. */
export function undoText(undo: Undo, text: string): string[] | null {
  const lines = readPasteLines(bytesOf(text), false);
  const context = { formats, reading: () => readLines(lines, formats) };
  return undo.undo!(lines, context)?.map((line) => `${line.line}:${line.text}`) ?? null;
}
