import { rewriteLines, type Undo } from './undo.ts';

/** A column of CSV. */
const QUOTED = /^\s*"(?<line>(?:[^"\\]|"")*)"[,;]?\s*$/;
/** What may stand around every line; the group named `line` is what stands within. */
const ENCLOSURES: readonly RegExp[] = [
  /^\s*\|(?<line>.*)\|\s*$/,
  /^\s*\*\*(?<line>.*)\*\*\s*$/,
  QUOTED,
  /^\s*<(?<name>[\w:-]{1,40})(?:\s[^<>]*)?>(?<line>.*)<\/\k<name>>\s*$/,
];
/** Share of the lines that must be enclosed. */
const ENCLOSED_SHARE = 0.8;
/** Fewer lines than these prove nothing. */
const LINES_MIN = 3;

/** Marks before and behind every line: cells of a table, bold text, quotes of a CSV column, elements of XML. */
export const enclosures: Undo = {
  id: 'enclosures',
  proof: 'reads-no-less',
  marks: { first: '|*"<' },
  undo(lines) {
    const filled = lines.filter((line) => !line.blank);
    // With escapes within, quotes are those of JSON or a program's source.
    const escaped = filled.some((line) => line.text.includes('\\"'));
    for (const enclosure of ENCLOSURES) {
      if (escaped && enclosure === QUOTED) continue;
      const enclosed = filled.reduce((sum, line) => sum + (enclosure.test(line.text) ? 1 : 0), 0);
      if (enclosed < LINES_MIN || enclosed < filled.length * ENCLOSED_SHARE) continue;
      return rewriteLines(lines, 'enclosures', (text) => {
        const within = enclosure.exec(text)?.groups?.['line'];
        if (within === undefined) return text;
        return enclosure === QUOTED ? within.replaceAll('""', '"') : within.trim();
      });
    }
    return null;
  },
};
