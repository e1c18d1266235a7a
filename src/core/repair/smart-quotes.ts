import { rewriteLines, type Undo } from './undo.ts';

const TYPOGRAPHY = /[\u00a0\u00ad\u2000-\u201f\u2026\u202f\u2032\u2033\u2060\u2212\u3000\ufeff]/g;

/**
 * Typographic quotes, dashes, ellipses and blanks that word processors and forums put in place of the plain ones.
 * Undone only for lines that are refused otherwise: a path may be written with them.
 */
export const smartQuotes: Undo = {
  id: 'smart-quotes',
  proof: 'reads-more',
  undo(lines, { reading }) {
    const { firm } = reading();
    return rewriteLines(lines, 'smart-quotes', (text, i) => (firm[i] === 1 ? text : plainText(text)));
  },
  undoLine(text) {
    const plain = plainText(text);
    return plain === text ? null : plain;
  },
};

function plainText(text: string): string {
  return text.replace(TYPOGRAPHY, plainOf);
}

function plainOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x2026) return '...';
  if (code === 0x2014 || code === 0x2015) return '--';
  if ((code >= 0x2010 && code <= 0x2013) || code === 0x2212) return '-';
  if ((code >= 0x2018 && code <= 0x201b) || code === 0x2032) return "'";
  if ((code >= 0x201c && code <= 0x201f) || code === 0x2033) return '"';
  return code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x3000 ? ' ' : '';
}
