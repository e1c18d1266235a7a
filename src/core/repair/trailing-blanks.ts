import { rewriteLines, type Undo } from './undo.ts';

/** Share of the lines that must end in blanks: a path that does so stands alone. */
const TRAILING_SHARE = 0.5;
/** Fewer lines than these prove nothing. */
const LINES_MIN = 3;

/** Blanks behind the lines: hard line breaks of Markdown, cells of a table, a terminal's full width. */
export const trailingBlanks: Undo = {
  id: 'trailing-blanks',
  proof: 'reads-no-less',
  undo(lines) {
    let filled = 0;
    let trailing = 0;
    for (const line of lines) {
      if (line.blank) continue;
      filled++;
      if (line.endsInBlank) trailing++;
    }
    if (trailing < LINES_MIN || trailing < filled * TRAILING_SHARE) return null;
    return rewriteLines(lines, 'trailing-blanks', (text) => (text.trim() === '' ? text : text.trimEnd()));
  },
};
