import { rewriteLines, type Undo } from './undo.ts';

/**
 * Share of the lines that must be indented. Fewer are a block within prose, found as a common prefix, or a reply's own.
 */
const INDENTED_SHARE = 0.9;

/** A whole text moved to the right, as Markdown asks for. Blanks beyond those of the least indented line stay. */
export const indent: Undo = {
  id: 'indent',
  proof: 'reads-no-less',
  marks: { first: ' \t' },
  undo(lines) {
    let filled = 0;
    let indented = 0;
    let common: string | null = null;
    for (const line of lines) {
      if (line.blank) continue;
      filled++;
      const blanks = /^[ \t]*/.exec(line.text)![0];
      if (blanks === '') continue;
      indented++;
      common = common === null ? blanks : commonStart(common, blanks);
    }
    if (!common || indented < 2 || indented < filled * INDENTED_SHARE) return null;
    const { length } = common;
    return rewriteLines(lines, 'indent', (text) => (text.startsWith(common) ? text.substring(length) : text));
  },
};

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.substring(0, length);
}
