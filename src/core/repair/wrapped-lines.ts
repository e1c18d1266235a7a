import type { Format } from '../formats/format.ts';
import { Reads } from './line-reader.ts';
import type { PasteLine } from './paste-line.ts';
import type { Undo, UndoContext } from './undo.ts';

/** Columns between which texts are wrapped. */
const WIDTH_MIN = 40;
const WIDTH_MAX = 250;
/** Of the lines that reach the width, the share that must go on in a line of their own. */
const WRAPPED_SHARE = 0.6;
/** Of the lines that go on, the share that must have just the width for the text to be cut at a column. */
const CUT_SHARE = 0.9;
/** Widths of terminals: there one cut line is proof enough. */
const TERMINAL_WIDTHS: ReadonlySet<number> = new Set([80, 100, 120, 132]);
/** Between words mail programs wrap before these columns; there one wrapped line is proof enough. */
const MAIL_WIDTH_MIN = 60;
const MAIL_WIDTH_MAX = 80;

/** Hard wraps: lines cut at a fixed column in mid-word, as a terminal does, or else between words, as mail programs do. */
export const wrappedLines: Undo = {
  id: 'wrapped-lines',
  proof: 'reads-more',
  undo(lines, context) {
    const texts = lines.map((line) => line.text);
    const goesOn = findUnfinished(texts, context);
    if (!goesOn.includes(true)) return null;
    return joinCut(lines, texts, goesOn) ?? joinWords(lines, texts, goesOn);
  },
};

function joinCut(
  lines: readonly PasteLine[],
  texts: readonly string[],
  goesOn: readonly boolean[],
): PasteLine[] | null {
  const width = widthOf(texts, goesOn);
  if (width < WIDTH_MIN) return null;
  // A blank at the cut may have been lost since.
  const isCut = texts.map((text, i) => goesOn[i]! && (text.length === width || text.length === width - 1));
  const count = countTrue(isCut);
  if (count < countTrue(goesOn) * CUT_SHARE || (count < 2 && !TERMINAL_WIDTHS.has(width))) return null;
  return joinLines(lines, isCut, (text) => (text.length === width ? '' : ' '));
}

function joinWords(
  lines: readonly PasteLine[],
  raw: readonly string[],
  goesOn: readonly boolean[],
): PasteLine[] | null {
  const texts = raw.map((text) => text.trimEnd());
  // Either the whole text was wrapped, or only the part that goes on.
  const longest = texts.reduce((length, text) => Math.max(length, text.length), 0);
  const isWrapped = findWrapped(texts, goesOn, longest) ?? findWrapped(texts, goesOn, widthOf(texts, goesOn));
  return isWrapped === null ? null : joinLines(lines, isWrapped, () => ' ');
}

/** By line: whether the next one goes on and its first word would have made this one wider than `width`. */
function findWrapped(texts: readonly string[], goesOn: readonly boolean[], width: number): boolean[] | null {
  if (width < WIDTH_MIN || width > WIDTH_MAX) return null;
  const isFull = texts.map((text, i) => {
    const word = /^\S+/.exec(texts[i + 1] ?? '')?.[0].length ?? 0;
    return word > 0 && text.length <= width && text.length + 1 + word > width;
  });
  const isWrapped = isFull.map((full, i) => full && goesOn[i]!);
  const count = countTrue(isWrapped);
  const isMail = width >= MAIL_WIDTH_MIN && width <= MAIL_WIDTH_MAX;
  if (count === 0 || (count < 2 && !isMail) || count < countTrue(isFull) * WRAPPED_SHARE) return null;
  return isWrapped;
}

/** By line: whether the next one is read by no format and begins like none's. */
function findUnfinished(texts: readonly string[], { formats, reading }: UndoContext): boolean[] {
  const { reads } = reading();
  const beginnings = beginningsOf(formats);
  const isPart = texts.map((text, i) => reads[i] === Reads.Refused && text !== '' && !beginsLine(text, beginnings));
  return texts.map((text, i) => text !== '' && isPart[i + 1] === true);
}

function beginningsOf(formats: readonly Format[]): RegExp[] {
  return formats.flatMap(({ lineStarts }) => (lineStarts ? [new RegExp(lineStarts.source, 'yu')] : []));
}

function beginsLine(text: string, beginnings: readonly RegExp[]): boolean {
  return beginnings.some((beginning) => {
    beginning.lastIndex = 0;
    return beginning.test(text);
  });
}

/** The length of the longest line that goes on in the next one; 0 if there is none or longer ones stand on their own. */
function widthOf(texts: readonly string[], goesOn: readonly boolean[]): number {
  let width = 0;
  for (let i = 0; i < texts.length; i++) if (goesOn[i]) width = Math.max(width, texts[i]!.length);
  const longer = countTrue(texts.map((text) => text.length > width));
  return width > WIDTH_MAX || longer * 10 > texts.length ? 0 : width;
}

function countTrue(flags: readonly boolean[]): number {
  let count = 0;
  for (const flag of flags) if (flag) count++;
  return count;
}

function joinLines(
  lines: readonly PasteLine[],
  isWrapped: readonly boolean[],
  glue: (text: string) => string,
): PasteLine[] {
  const out: PasteLine[] = [];
  for (let i = 0; i < lines.length; i++) {
    if (!isWrapped[i]) {
      out.push(lines[i]!);
      continue;
    }
    // Joined at once: line after line would be quadratic for a text of one long chain.
    const first = lines[i]!;
    const parts: string[] = [];
    for (; isWrapped[i]; i++) {
      const { text } = lines[i]!;
      parts.push(glue(text) === '' ? text : text.trimEnd(), glue(text));
    }
    parts.push(lines[i]!.text);
    out.push(first.rewrite(parts.join(''), 'wrapped-lines'));
  }
  return out;
}
