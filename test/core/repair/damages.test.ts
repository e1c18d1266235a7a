import { describe, expect, it } from 'vitest';
import { formats } from '../../../src/core/formats/index.ts';
import { restoreText, textOfPiece } from './texts.ts';

const escapeHtml = (line: string) => line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const escapeMarkdown = (line: string) => line.replace(/([_*[\]<>])/g, '\\$1');

function wrapAtWords(line: string, width: number): string[] {
  const parts: string[] = [];
  for (const word of line.split(' ')) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) parts[parts.length - 1] = `${last} ${word}`;
    else parts.push(word);
  }
  return parts;
}

/** What may happen to the lines of any transcript. */
const DAMAGES: Record<string, (lines: string[]) => string[]> = {
  quoted: (lines) => lines.map((line) => `> ${line}`),
  'quoted twice': (lines) => lines.map((line) => `> > ${line}`),
  'quoted and escaped': (lines) => lines.map((line) => `&gt; ${escapeHtml(line)}`),
  'quoted and escaped for Markdown': (lines) => lines.map((line) => `> ${escapeMarkdown(line)}`),
  'quoted, wrapped and escaped': (lines) =>
    lines.flatMap((line) => wrapAtWords(line, 72)).map((line) => `&gt; ${escapeHtml(line)}`),
  'escaped twice': (lines) => lines.map((line) => escapeHtml(escapeHtml(line))),
  'a JSON string in HTML': (lines) => [`<p>{"log": ${escapeHtml(JSON.stringify(lines.join('\n')))}}</p>`],
  'numbered in a code block': (lines) => lines.map((line, i) => `    ${i + 1}. ${line}`),
  'logged with a stamp, in Markdown code': (lines) => ['```', ...lines.map((line) => `[10:20:30] ${line}`), '```'],
  'coloured by a terminal': (lines) => lines.map((line) => `\x1b[32m${line}\x1b[0m`),
  'double-spaced': (lines) => lines.flatMap((line) => [line, '']),
};

describe('a damaged transcript', () => {
  const whole = ['filezilla-server-0.9', 'filezilla-server-1', 'filezilla-client', 'curl-verbose', 'vsftpd', 'ftplib'];
  for (const format of formats.filter(({ id }) => whole.includes(id))) {
    it.each(Object.entries(DAMAGES))(`of ${format.id} is restored when %s`, (_, damage) => {
      const lines = format.samples[0]!.trimEnd().split('\n');
      const segments = restoreText(damage(lines).join('\n'));
      expect(segments.map((segment) => segment.format.id)).toEqual([format.id]);
      const restored = segments[0]!.pieces.map((piece) => textOfPiece(piece).trimEnd());
      expect(restored.filter((line) => line !== '')).toEqual(lines);
    });
  }
});
