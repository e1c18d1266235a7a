import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';
import pc from 'picocolors';
import type { Outcome, Severity } from '../core/report.ts';
import { escapeControls } from './printable.ts';

/** Prose wider than this is hard to read, however wide the terminal is. */
const WIDTH_MAX = 120;
const WIDTH_MIN = 40;

type Paint = (text: string) => string;

/** How texts for people are laid out: the width to keep to, and colours, which are silent where colour is off. */
export interface Layout {
  readonly width: number;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly outcome: Readonly<Record<Outcome, Paint>>;
}

/** The layout for a terminal of `width` columns. */
export function createLayout(width: number, color: boolean): Layout {
  const paint = pc.createColors(color);
  return {
    width: Math.max(WIDTH_MIN, Math.min(width, WIDTH_MAX)),
    bold: paint.bold,
    dim: paint.dim,
    severity: { error: paint.red, warning: paint.yellow, notice: paint.cyan, info: paint.blue },
    outcome: { completed: paint.green, aborted: paint.red, failed: paint.red, unfinished: paint.yellow },
  };
}

/** Wraps `text` to the layout's width: `lead` before its first line, as many blanks before the others. */
export function wrapText(layout: Layout, lead: string, text: string): string[] {
  const indent = stringWidth(lead);
  const lines = wrapAnsi(text, Math.max(WIDTH_MIN / 2, layout.width - indent), { hard: false }).split('\n');
  return lines.map((line, i) => (i === 0 ? lead : ' '.repeat(indent)) + line);
}

/** The text with blanks behind it up to `columns`. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

/** The text, of a log, on one line and cut to at most `columns`. */
export function shorten(text: string, columns: number): string {
  const line = escapeControls(text);
  // A character is at most two columns wide, so nearly every text is decided without measuring it.
  if (line.length * 2 <= columns || stringWidth(line) <= columns) return line;
  let width = 0;
  let end = 0;
  for (const character of line) {
    width += stringWidth(character);
    if (width >= columns) break;
    end += character.length;
  }
  return `${line.substring(0, end)}…`;
}

/** `line 7`, `lines 1-30`. */
export function linesText({ firstLine, lastLine }: { readonly firstLine: number; readonly lastLine: number }): string {
  return firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine}-${lastLine}`;
}
