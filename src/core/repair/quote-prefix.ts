import type { PasteLine } from './paste-line.ts';
import { readLines } from './reading.ts';
import { rewriteLines, type Undo } from './undo.ts';
import { wrappedAtWord } from './wrapped-lines.ts';

const MARK = /^\s*[>|»] ?/;
/** Share of the lines that must be quoted; those that a mail program wrapped after quoting have no mark. */
const QUOTED_SHARE = 0.4;
const QUOTED_MIN = 2;

/** Quote marks of mail and Markdown before the lines. One level a round. */
export const quotePrefix: Undo = {
  id: 'quote-prefix',
  proof: 'reads-no-less',
  marks: { first: '>|' },
  undo(lines, { reading }) {
    const quoted = lines.reduce((sum, line) => sum + (MARK.test(line.text) ? 1 : 0), 0);
    return quoted < QUOTED_MIN ? null : dropMarks(lines, reading().firm);
  },
  undoLine(text) {
    const plain = text.replace(/^[\s>|»]+/, '');
    return plain === text || plain === '' ? null : plain;
  },
};

/**
 * A text that was wrapped and then quoted: half a line with its mark may be read for what it is not, so both go at
 * once.
 */
export const quotedWraps: Undo = {
  id: 'quote-prefix',
  proof: 'reads-no-less',
  marks: { first: '>|' },
  undo(lines, { formats }) {
    const plain = dropMarks(lines, null);
    if (plain === null) return null;
    return wrappedAtWord.undo!(plain, { formats, reading: () => readLines(plain, formats) });
  },
};

/** Drops one mark from each line that has one and is not firmly read. */
function dropMarks(lines: readonly PasteLine[], firm: Uint8Array | null): PasteLine[] | null {
  const isFirm = (i: number) => firm !== null && firm[i] === 1;
  let unread = 0;
  let quoted = 0;
  for (let i = 0; i < lines.length; i++) {
    if (isFirm(i) || lines[i]!.blank) continue;
    unread++;
    if (MARK.test(lines[i]!.text)) quoted++;
  }
  if (quoted < QUOTED_MIN || quoted < unread * QUOTED_SHARE) return null;
  return rewriteLines(lines, 'quote-prefix', (text, i) => (isFirm(i) ? text : text.replace(MARK, '')));
}
