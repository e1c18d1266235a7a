import type { Format } from '../formats/format.ts';
import type { PasteLine } from './paste-line.ts';
import type { Undo, UndoContext } from './undo.ts';

/** A date or a time begins a line. */
const STAMP = /^\s*[[(<]?(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{4}|\d\d?:\d\d(?::\d\d|\s))/;
/** Columns between which texts are wrapped. */
const WIDTH_MIN = 40;
const WIDTH_MAX = 250;
/** Of the lines that seem to go on, the share that must be full: foreign lines come after short ones too. */
const WRAPPED_SHARE = 0.6;
/** Of the lines that go on, the share that must have just the width for the text to be cut at a column. */
const CUT_SHARE = 0.9;
/** Lines of the same length by chance are few. */
const CUTS_MIN = 3;
/** Widths of terminals: there one cut line is proof enough. */
const TERMINAL_WIDTHS: ReadonlySet<number> = new Set([80, 100, 120, 132]);
/** Between words mail programs wrap before these columns; there one wrapped line is proof enough. */
const MAIL_WIDTH_MIN = 60;
const MAIL_WIDTH_MAX = 80;

/** Lines cut at a fixed column, in mid-word: a terminal's hard wrap. */
export const wrappedAtColumn: Undo = {
  id: 'wrapped-lines',
  proof: 'reads-more',
  undo(lines, context) {
    const texts = lines.map((line) => line.text);
    const goesOn = findUnfinished(texts, context);
    const width = widthOf(texts, goesOn);
    if (width < WIDTH_MIN) return null;
    // A blank at the cut may have been lost since.
    const isCut = texts.map((text, i) => goesOn[i]! && (text.length === width || text.length === width - 1));
    const count = countTrue(isCut);
    if (count < countTrue(goesOn) * CUT_SHARE || (count < CUTS_MIN && !TERMINAL_WIDTHS.has(width))) return null;
    return joinLines(lines, isCut, (text) => (text.length === width ? '' : ' '));
  },
};

/** Lines wrapped between words, as mail programs do. */
export const wrappedAtWord: Undo = {
  id: 'wrapped-lines',
  proof: 'reads-more',
  undo(lines, context) {
    const texts = lines.map((line) => line.text.trimEnd());
    const goesOn = findUnfinished(texts, context);
    // Either the whole text was wrapped, or only the part that goes on.
    const longest = texts.reduce((length, text) => Math.max(length, text.length), 0);
    const isWrapped = findWrapped(texts, goesOn, longest) ?? findWrapped(texts, goesOn, widthOf(texts, goesOn));
    return isWrapped === null ? null : joinLines(lines, isWrapped, () => ' ');
  },
};

/** By line: whether the next one goes on and its first word would have made this one wider than `width`. */
function findWrapped(texts: readonly string[], goesOn: readonly boolean[], width: number): boolean[] | null {
  if (width < WIDTH_MIN || width > WIDTH_MAX) return null;
  const isWrapped = texts.map((text, i) => {
    const word = /^\S+/.exec(texts[i + 1] ?? '')?.[0].length ?? 0;
    return goesOn[i]! && word > 0 && text.length <= width && text.length + 1 + word > width;
  });
  const count = countTrue(isWrapped);
  const unfinished = countTrue(goesOn.map((goes, i) => goes && texts[i]!.length <= width));
  const isMail = width >= MAIL_WIDTH_MIN && width <= MAIL_WIDTH_MAX;
  if (count === 0 || (count < 2 && !isMail) || count < unfinished * WRAPPED_SHARE) return null;
  return isWrapped;
}

/** By line: whether the next one is surely read by no format and begins like none's. */
function findUnfinished(texts: readonly string[], { formats, reading }: UndoContext): boolean[] {
  const { firm } = reading();
  const beginnings = beginningsOf(formats);
  const isPart = texts.map(
    (text, i) => firm[i] === 0 && text !== '' && !STAMP.test(text) && !beginsLine(text, beginnings),
  );
  return texts.map((text, i) => text !== '' && isPart[i + 1] === true);
}

function beginningsOf(formats: readonly Format[]): RegExp[] {
  return formats.flatMap(({ lineStarts, bare }) => (lineStarts && !bare ? [new RegExp(lineStarts.source, 'yu')] : []));
}

function beginsLine(text: string, beginnings: readonly RegExp[]): boolean {
  return beginnings.some((beginning) => {
    beginning.lastIndex = 0;
    return beginning.test(text);
  });
}

/**
 * The length of the longest line that goes on in the next one; 0 if there is none or longer ones stand on their own.
 */
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
