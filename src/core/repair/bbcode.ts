import { rewriteLines, type Undo } from './undo.ts';

const NAMES =
  'align|b|center|code|color|email|font|i|icode|img|indent|left|li|list|noparse|ol|plain|pre|quote|right|s|size|' +
  'spoiler|sub|sup|table|td|th|tr|tt|u|ul|url';
const CLOSING = new RegExp(`\\[/(${NAMES})\\]`, 'gi');
/** Tags that say nothing without a value; `[size]` alone is Pure-FTPd's way to print a command. */
const VALUED: ReadonlySet<string> = new Set(['align', 'color', 'font', 'size']);

/** Tags of forums: `[SIZE=1]`, `[/COLOR]`, `[code]`. Only such as are closed somewhere: `[b]` may be a user's name. */
export const bbcode: Undo = {
  id: 'bbcode',
  proof: 'reads-no-less',
  marks: { anywhere: '[' },
  undo(lines) {
    const names = new Set<string>();
    for (const { text } of lines)
      if (text.includes('[/')) for (const [, name] of text.matchAll(CLOSING)) names.add(name!.toLowerCase());
    if (names.size === 0) return null;
    const tag = tagOf([...names]);
    return rewriteLines(lines, 'bbcode', (text) => {
      if (!text.includes('[')) return text;
      const plain = text.replace(tag, '');
      // A line of tags alone is none of the transcript's.
      return plain !== text && plain.trim() === '' ? null : plain;
    });
  },
};

function tagOf(names: readonly string[]): RegExp {
  const openings = names.map((name) => `${name}=[^\\[\\]]*${VALUED.has(name) ? '' : `|${name}`}`);
  return new RegExp(`\\[(?:${openings.join('|')}|/(?:${names.join('|')})|\\*)\\]`, 'gi');
}
