import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../src/core/bytes/text.ts';
import { formats } from '../../../src/core/formats/index.ts';
import { MarksOf } from '../../../src/core/repair/marks.ts';
import { readPasteLines } from '../../../src/core/repair/paste-line.ts';
import { readLines } from '../../../src/core/repair/reading.ts';
import { undos } from '../../../src/core/repair/undos.ts';
import { fixture } from './texts.ts';

const marked = undos.filter(({ marks, undo }) => marks !== undefined && undo !== undefined);

/** Ids of the repairs that see damage, and of those among them whose marks the text is not said to have. */
function look(bytes: Uint8Array): { seen: string[]; missed: string[] } {
  const lines = readPasteLines(bytes, false);
  const marks = new MarksOf(lines);
  const reading = readLines(lines, formats);
  const seen = marked.filter((undo) => undo.undo!(lines, { formats, reading: () => reading }) !== null);
  return { seen: seen.map(({ id }) => id), missed: seen.filter((undo) => !marks.mayShow(undo)).map(({ id }) => id) };
}

/** Texts with what the files of fixtures/repair do not show, or not in each way. */
const TEXTS: readonly (readonly [name: string, text: string, id: string])[] = [
  ['NULs', '2\x000 ready\nUSER anna\n', 'nul-bytes'],
  ['the source of a mail', '220 ready=20=\n and waiting\nUSER anna\n', 'quoted-printable'],
  ['colours', '\x1b[32m220 ready\x1b[0m\nUSER anna\n', 'terminal-codes'],
  ['colours without ESC', '[32m220 ready[0m\nUSER anna\n', 'terminal-codes'],
  [
    'a quote mark behind a blank beyond ASCII',
    '\u00a0> 220 ready\n\u00a0> USER anna\n\u00a0> 331 go on\n',
    'quote-prefix',
  ],
  ['a quote mark beyond ASCII', '» 220 ready\n» USER anna\n» 331 go on\n', 'quote-prefix'],
  ['blanks before all lines', '  220 ready\n  USER anna\n  331 go on\n', 'indent'],
  ['a fence of tildes', '~~~\n220 ready\nUSER anna\n~~~\n', 'markdown'],
];

describe('the marks of damage', () => {
  it.each(TEXTS)('stand in a text with %s', (_, text, id) => {
    const { seen, missed } = look(bytesOf(text));
    expect(seen).toContain(id);
    expect(missed).toEqual([]);
  });

  it('stand in every damaged file, and there is one for each', () => {
    const names = readdirSync(new URL('../../../fixtures/repair', import.meta.url)).filter((name) =>
      /\.\w+$/.test(name),
    );
    const seen = new Set(TEXTS.map(([, , id]) => id));
    for (const name of names) {
      const found = look(fixture(name));
      expect(found.missed, name).toEqual([]);
      for (const id of found.seen) seen.add(id);
    }
    expect(marked.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
  });

  it('are not found in a clean log', () => {
    const lines = readPasteLines(bytesOf(formats.find(({ id }) => id === 'filezilla-server-0.9')!.samples[0]!), false);
    const marks = new MarksOf(lines);
    expect(marked.filter((undo) => marks.mayShow(undo)).map(({ id }) => id)).toEqual([]);
  });
});
