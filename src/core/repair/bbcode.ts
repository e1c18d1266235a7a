import { rewriteLines, type Undo } from './undo.ts';

const NAMES =
  'align|b|center|code|color|email|font|hr|i|icode|img|indent|left|li|list|noparse|ol|plain|pre|quote|right|s|size|spoiler|sub|' +
  'sup|table|td|th|tr|tt|u|ul|url';
const TAG = new RegExp(`\\[/?(?:${NAMES})(?:=[^\\[\\]]*)?\\]|\\[\\*\\]`, 'gi');
const CLOSING = new RegExp(`\\[/(?:${NAMES})\\]`, 'i');

/** Tags of forum software: `[SIZE=1]`, `[/COLOR]`, `[code]`. Only where one is closed: `[b]` alone may be a user's name. */
export const bbcode: Undo = {
  id: 'bbcode',
  proof: 'reads-no-less',
  undo(lines) {
    if (!lines.some((line) => CLOSING.test(line.text))) return null;
    return rewriteLines(lines, 'bbcode', (text) => {
      if (!text.includes('[')) return text;
      const plain = text.replace(TAG, '');
      // A line of tags alone is none of the transcript's.
      return plain !== text && plain.trim() === '' ? null : plain;
    });
  },
};
