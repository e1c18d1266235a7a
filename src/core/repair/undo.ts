import type { Format } from '../formats/format.ts';
import type { Repair } from '../report.ts';
import type { DamageMarks } from './marks.ts';
import type { PasteLine } from './paste-line.ts';
import type { Reading } from './reading.ts';

/** What the undoing of a damage may look at besides the lines. */
export interface UndoContext {
  readonly formats: readonly Format[];
  /** What the formats read of the lines as they stand. Made when first asked for. */
  reading(): Reading;
}

/** One kind of damage that posting does to a transcript, and how to undo it. All of it runs in linear time. */
export interface Undo {
  readonly id: Repair;
  /**
   * What shows that it was right to undo it: the scanners read more, or no less (its marks are plain), or its own
   * evidence.
   */
  readonly proof: 'reads-more' | 'reads-no-less' | 'own';
  /** What a text that shows the damage has at least one of, so that others need not be searched; absent = it has no such mark. */
  readonly marks?: DamageMarks;
  /** The lines without the damage; null where they do not show it. */
  undo?(lines: readonly PasteLine[], context: UndoContext): PasteLine[] | null;
  /** Another reading of a single line that its transcript's format refuses; null where it shows no such damage. */
  undoLine?(text: string): string | null;
}

/** Applies `change` line by line: a text replaces the line's, null drops the line. Returns null if nothing changed. */
export function rewriteLines(
  lines: readonly PasteLine[],
  repair: Repair,
  change: (text: string, index: number) => string | null,
): PasteLine[] | null {
  const out: PasteLine[] = [];
  let changed = false;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const text = change(line.text, i);
    if (text === line.text) out.push(line);
    else changed = true;
    if (text !== null && text !== line.text) out.push(line.rewrite(text, repair));
  }
  return changed ? out : null;
}

/**
 * Like {@link rewriteLines}, for changes that put line breaks (`\n`) into a line: it becomes several, blank ones left
 * out.
 */
export function breakLines(
  lines: readonly PasteLine[],
  repair: Repair,
  change: (text: string, index: number) => string,
): PasteLine[] | null {
  const out: PasteLine[] = [];
  let changed = false;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const text = change(line.text, i);
    if (text === line.text) {
      out.push(line);
      continue;
    }
    changed = true;
    for (const part of text.split('\n')) if (part.trim() !== '') out.push(line.rewrite(part, repair));
  }
  return changed ? out : null;
}
