import { rewriteLines, type Undo } from './undo.ts';

const MARK = /^\s*[>|»] ?/;
/** Share of the lines that must be quoted; those that a mail program wrapped after quoting have no mark. */
const QUOTED_SHARE = 0.4;

/** Quote marks of mail and Markdown before the lines. One level a round. */
export const quotePrefix: Undo = {
  id: 'quote-prefix',
  proof: 'reads-no-less',
  undo(lines, { reading }) {
    const { firm } = reading();
    let unread = 0;
    let quoted = 0;
    for (let i = 0; i < lines.length; i++) {
      if (firm[i] === 1 || lines[i]!.blank) continue;
      unread++;
      if (MARK.test(lines[i]!.text)) quoted++;
    }
    if (quoted < 2 || quoted < unread * QUOTED_SHARE) return null;
    return rewriteLines(lines, 'quote-prefix', (text, i) => (firm[i] === 1 ? text : text.replace(MARK, '')));
  },
  undoLine(text) {
    const plain = text.replace(/^[\s>|»]+/, '');
    return plain === text || plain === '' ? null : plain;
  },
};
