import type { Format } from '../core/formats/format.ts';
import { formats } from '../core/formats/index.ts';
import { createLayout, shorten } from '../exporters/layout.ts';
import { stringifyJson } from '../exporters/printable.ts';
import { isColorful, terminalWidth } from './settings.ts';

/** The formats that can be read: for people, or as a JSON array. */
export function listFormats(format: 'text' | 'json'): string {
  if (format === 'json') return `[\n${formats.map((entry) => stringifyJson(entryOf(entry))).join(',\n')}\n]\n`;
  const layout = createLayout(terminalWidth(), isColorful('auto'));
  const blocks = formats.map((entry) => {
    const { id, title, vantage, example } = entryOf(entry);
    return `${layout.bold(id)}  ${title} ${layout.dim(`(${vantage})`)}\n    ${layout.dim(shorten(example, layout.width - 4))}\n`;
  });
  return blocks.join('');
}

function entryOf({ id, title, vantage, samples }: Format) {
  const lines = (samples[0] ?? '').split(/\r?\n/);
  // The first line of a transcript is often a greeting of the program; a command or reply shows more.
  const telling = lines.find((line) => /\b(?:[2-5]\d\d|USER|RETR|STOR|EPSV|PASV)\b/.test(line));
  return { id, title, vantage, example: telling ?? lines.find((line) => line !== '') ?? '' };
}
