import type { PasteLine } from './paste-line.ts';
import { breakLines, type Undo } from './undo.ts';

const ESCAPES = /\\(?:u([0-9a-fA-F]{4})|(r\\n|.))/g;
/** Also the end of one JSON string and the beginning of the next. */
const ESCAPES_AND_ENDS = /\\(?:u([0-9a-fA-F]{4})|(r\\n|.))|"\s*[,:]\s*"/g;
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\n', 'r\\n': '\n', t: '\t', b: '', f: '' };
/** Line breaks that a line must hold. */
const BREAKS_MIN = 2;
/** Lines that make a transcript by themselves. */
const FIRM_MIN = 3;
/** Fewer strings, each a line of its own, are no array. */
const ELEMENTS_MIN = 3;
/** Members of a log record that hold the logged line. */
const MESSAGE_NAMES = ['log', 'message', 'msg', 'MESSAGE', 'text', 'line', 'body', '_raw'];

/**
 * A transcript inside a JSON string or another literal: `\r\n` for line breaks, `\t`, `\"`, `\u003c`; and log records
 * with one line each, as Docker's json-file writes them.
 */
export const jsonEscapes: Undo = {
  id: 'json-escapes',
  proof: 'reads-more',
  marks: { anywhere: '\\', first: '"[{' },
  undo(lines, { reading }) {
    const records = takeMessages(lines) ?? takeElements(lines);
    if (records !== null) return records;
    if (!lines.some(({ text }) => countBreaks(text) >= BREAKS_MIN)) return null;
    const { firm } = reading();
    // A line of a transcript may hold escapes, as ftplib's replies do; a whole transcript in one line is no such line.
    const isTranscript = firm.reduce((sum, one) => sum + one, 0) >= FIRM_MIN;
    return breakLines(lines, 'json-escapes', (text, i) => (isTranscript && firm[i] === 1 ? text : unescapeLine(text)));
  },
};

/** Line breaks that are escaped, or of a JSON array are ends of elements. */
function countBreaks(text: string): number {
  const breaks = isJson(text) ? /\\n|\\r(?!\\n)|\\u000[aAdD]|",\s*"/g : /\\n|\\r(?!\\n)|\\u000[aAdD]/g;
  return text.match(breaks)?.length ?? 0;
}

function isJson(text: string): boolean {
  return /^\s*["[{]/.test(text);
}

function unescapeLine(text: string): string {
  if (countBreaks(text) < BREAKS_MIN) return text;
  if (!isJson(text)) return unescapeText(text, ESCAPES);
  return unescapeText(text.replace(/^[[{\s]*"/, '').replace(/"[\]},\s]*$/, ''), ESCAPES_AND_ENDS);
}

function unescapeText(text: string, escapes: RegExp): string {
  return text.replace(escapes, (_, hex: string | undefined, letter: string | undefined) => {
    if (hex !== undefined) {
      const character = String.fromCharCode(Number.parseInt(hex, 16));
      return character === '\r' ? '\n' : character;
    }
    return letter === undefined ? '\n' : (CONTROLS[letter] ?? letter);
  });
}

/** One JSON object a line: keeps the member that holds the logged line. */
function takeMessages(lines: readonly PasteLine[]): PasteLine[] | null {
  let objects = 0;
  let filled = 0;
  for (const line of lines) {
    if (line.blank) continue;
    filled++;
    if (/^\s*\{.*\}\s*$/.test(line.text)) objects++;
  }
  if (objects < 2 || objects * 2 < filled) return null;
  return breakLines(lines, 'json-escapes', (text) => {
    if (!/^\s*\{.*\}\s*$/.test(text)) return text;
    return messageOf(text)?.replace(/\r\n?/g, '\n') ?? text;
  });
}

function messageOf(text: string): string | null {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof record !== 'object' || record === null) return null;
  const members = record as Record<string, unknown>;
  for (const name of MESSAGE_NAMES) if (typeof members[name] === 'string') return members[name];
  return null;
}

/** An array with one string a line, or a string in a program's source that goes over lines. */
function takeElements(lines: readonly PasteLine[]): PasteLine[] | null {
  const element = /^\s*"((?:[^"\\]|\\.)*)"[\s,;+\\]*$/;
  let elements = 0;
  let filled = 0;
  for (const line of lines) {
    if (line.blank) continue;
    filled++;
    if (element.test(line.text)) elements++;
  }
  if (elements < ELEMENTS_MIN || elements * 2 < filled) return null;
  return breakLines(lines, 'json-escapes', (text) => {
    const content = element.exec(text)?.[1];
    return content === undefined ? text : unescapeText(content, ESCAPES);
  });
}
