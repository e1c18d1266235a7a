import type { PasteLine } from './paste-line.ts';
import { rewriteLines, type Undo } from './undo.ts';

const FENCE = /^(?:(?:`{3,}|~{3,})[ \t]*[\w+-]*|`{1,2})$/;
const INLINE_CODE = /^(\s*)(`+)([^`].*?)\2\s*$/;
/** `[ftp.example](ftp.example)`, `[ftp.example](http://ftp.example/)`: what an editor makes of a host name. */
const LINK = /\[([^[\]()\s]{3,200})\]\((?:[a-z]{2,8}:(?:\/\/)?)?([^[\]()\s]{3,300}?)\/?\)/g;
const ESCAPABLE = ['_', '*', '[', ']', '<', '>', '#', '`', '(', ')', '|', '~', '-', '.', '!', '+', '{', '}'];
const ESCAPE = /\\([_*[\]<>#`()|~\-.!+{}])/g;
/** Share of a character's occurrences that must be escaped: a backslash of a Windows path stands before few of them. */
const ESCAPED_SHARE = 0.8;

/** Code fences, inline code, links made of host names, and characters with a backslash before them. */
export const markdown: Undo = {
  id: 'markdown',
  proof: 'reads-no-less',
  marks: { anywhere: '`~\\]' },
  undo(lines) {
    const escaped = escapedCharacters(lines);
    return rewriteLines(lines, 'markdown', (text) => {
      if (FENCE.test(text.trim())) return null;
      if (text.includes(']('))
        text = text.replace(LINK, (link, label: string, target: string) => (target === label ? label : link));
      if (text.includes('`')) text = text.replace(INLINE_CODE, '$1$3');
      if (escaped.size === 0 || !text.includes('\\')) return text;
      return text.replace(ESCAPE, (pair, character: string) => (escaped.has(character) ? character : pair));
    });
  },
  undoLine(text) {
    const plain = text
      .replace(/^\s*(?:[-*+]|\d{1,4}[.)])\s+(?=\S)/, '')
      .replace(/^`+|`{1,3}$/g, '')
      .replace(/\*\*([^*]+)\*\*|__([^_]+)__/g, '$1$2');
    return plain === text ? null : plain;
  },
};

/** The characters that are escaped wherever they occur. */
function escapedCharacters(lines: readonly PasteLine[]): Set<string> {
  const all = new Map<string, number>();
  const escaped = new Map<string, number>();
  if (lines.some((line) => line.text.includes('\\'))) for (const { text } of lines) countCharacters(text, all, escaped);
  return new Set(ESCAPABLE.filter((c) => (escaped.get(c) ?? 0) > 0 && escaped.get(c)! >= all.get(c)! * ESCAPED_SHARE));
}

function countCharacters(text: string, all: Map<string, number>, escaped: Map<string, number>): void {
  // Quote marks before a line are none of its characters.
  for (const [match] of text.replace(/^[\s>]+/, '').matchAll(/\\?[_*[\]<>#`()|~\-.!+{}]/g)) {
    const character = match[match.length - 1]!;
    all.set(character, (all.get(character) ?? 0) + 1);
    if (match.length === 2) escaped.set(character, (escaped.get(character) ?? 0) + 1);
  }
}
