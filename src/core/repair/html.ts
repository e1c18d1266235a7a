import { breakLines, type Undo } from './undo.ts';

const NAMES =
  'a|abbr|b|big|blockquote|body|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|head|hr|html|i|img|ins|kbd|li|meta|ol|' +
  'p|pre|s|samp|section|small|span|strong|sub|sup|table|tbody|td|th|thead|title|tr|tt|u|ul|wbr';
const TAG = new RegExp(`<(/?)(${NAMES})(?:\\s[^<>]*)?/?>`, 'gi');
/** Tags that begin or end a line. */
const BREAK =
  /^(?:blockquote|body|br|dd|div|dl|dt|h[1-6]|head|hr|html|li|ol|p|pre|section|table|tbody|thead|title|tr|ul)$/;
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,30}));/g;
const TRACES = new RegExp(
  `&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\\d{1,7}|#[xX][0-9a-fA-F]{1,6});|</?(?:${NAMES})(?:\\s[^<>]*)?/?>`,
  'i',
);

/** Named characters that turn up in transcripts; letters with accents are composed, see {@link ACCENTS}. */
const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  Tab: '\t',
  NewLine: '\n',
  hellip: '...',
  ndash: '-',
  mdash: '--',
  lsquo: "'",
  rsquo: "'",
  ldquo: '"',
  rdquo: '"',
  laquo: '«',
  raquo: '»',
  szlig: 'ß',
  lbrack: '[',
  rbrack: ']',
  lsqb: '[',
  rsqb: ']',
  lpar: '(',
  rpar: ')',
  lowbar: '_',
  ast: '*',
  num: '#',
  colon: ':',
  comma: ',',
  period: '.',
  sol: '/',
  bsol: '\\',
  vert: '|',
  verbar: '|',
  excl: '!',
  commat: '@',
  equals: '=',
  plus: '+',
  grave: '`',
  copy: '©',
  reg: '®',
  deg: '°',
  shy: '',
  zwnj: '',
  zwj: '',
};
const ACCENTS: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  caron: '\u030c',
  cedil: '\u0327',
};

/** Share of the lines with traces from which on a text is HTML throughout. */
const HTML_SHARE = 0.25;
/** What replies hold so often that a whole text shows it when it was escaped. */
const ESCAPED_MARK = /&(?:amp;)*(?:lt|gt|quot|apos|#34|#39|#60|#62|#x2[27]|#x3[ce]);/i;

/**
 * HTML source, or text in which only `<`, `>` and `&` were escaped. A file may be named `<b>` or `a&amp;b`: a line that is read
 * as it stands is left alone, unless the text shows elsewhere that it went through HTML.
 */
export const html: Undo = {
  id: 'html',
  proof: 'reads-no-less',
  marks: { anywhere: '&<' },
  undo(lines, context) {
    const traced = lines.map(({ text }) => TRACES.test(text));
    const count = traced.reduce((sum, shows) => sum + (shows ? 1 : 0), 0);
    if (count === 0) return null;
    const filled = lines.reduce((sum, { blank }) => sum + (blank ? 0 : 1), 0);
    const { firm } = context.reading();
    const isThroughout = count >= HTML_SHARE * filled && count > 1;
    const isEscaped =
      isThroughout || lines.some(({ text }, i) => traced[i]! && (firm[i] !== 1 || ESCAPED_MARK.test(text)));
    return breakLines(lines, 'html', (text, i) => {
      if (!traced[i]) return text;
      const untagged = isThroughout || firm[i] !== 1 ? dropTags(text) : text;
      return isEscaped ? decodeEntities(untagged) : untagged;
    });
  },
};

function dropTags(text: string): string {
  return text.replace(TAG, (_, slash: string, name: string) => {
    const tag = name.toLowerCase();
    if (BREAK.test(tag)) return '\n';
    return slash === '/' && (tag === 'td' || tag === 'th') ? '\t' : '';
  });
}

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? accented(name) ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    if (code === 0xa0) return ' ';
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}

/** `uuml`: u with diaeresis. */
function accented(name: string): string | undefined {
  const accent = ACCENTS[name.slice(1)];
  return accent === undefined ? undefined : (name[0] + accent).normalize('NFC');
}
