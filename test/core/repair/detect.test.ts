import { describe, expect, it } from 'vitest';
import { bytesOf, textOf } from '../../../src/core/bytes/text.ts';
import type { Format } from '../../../src/core/formats/format.ts';
import { formats } from '../../../src/core/formats/index.ts';
import { detect, detectPrefix, showsDamage } from '../../../src/core/repair/index.ts';
import { fixture, linesOf } from './texts.ts';

const text = (lines: string[]) => bytesOf(`${lines.join('\n')}\n`);

describe('detect', () => {
  it('names the format that reads most of the head, and the share', () => {
    const found = detect(fixture('server.log'), formats);
    expect(found.format?.id).toBe('filezilla-server-0.9');
    expect(found.share).toBe(1);
    expect(found.shares[0]).toEqual({ id: 'filezilla-server-0.9', share: 1 });
  });

  it('leaves out the last line, which the head may have cut, and blank ones', () => {
    const head = bytesOf(`${linesOf('server.log').slice(0, 4).join('\n\n')}\n(000317) 04/0`);
    expect(detect(head, formats).share).toBe(1);
  });

  it('names no format for lines that tell nothing', () => {
    expect(detect(text(['* a list', '* of things', '> and a quote']), formats).format).toBeNull();
    expect(detect(new Uint8Array(0), formats)).toMatchObject({ format: null, share: 0 });
  });

  it('does not let an open reply swallow a text of another kind', () => {
    const lines = ['220-hello', ...Array.from({ length: 30 }, (_, i) => `<li>item ${i}</li>`), 'USER anna', '331 ok'];
    expect(detect(text(lines), formats).share).toBeLessThan(0.5);
  });
});

describe('detectPrefix', () => {
  it.each([
    ['docker', (_: string, i: number) => `2024-03-05T10:20:30.${123456789 + i}Z `, 'foreign-prefix'],
    ['journald', () => 'Mar  5 10:20:30 depot-1 ftp[4711]: ', 'foreign-prefix'],
    ['a logger', (_: string, i: number) => `2024-03-05 10:20:30,${100 + i} DEBUG [main] o.e.Ftp - `, 'foreign-prefix'],
    ['grep -n', (_: string, i: number) => `logs/client.txt:${i + 1}:`, 'line-numbers'],
    ['cat -n', (_: string, i: number) => `${String(i + 1).padStart(6)}\t`, 'line-numbers'],
    ['a mail', () => '> ', 'quote-prefix'],
    ['a code block', () => '    ', 'indent'],
  ])('strips what %s puts before each line', (_, prefixOf, repair) => {
    // Some formats allow for an indent themselves.
    for (const name of repair === 'indent' ? ['server.log'] : ['server.log', 'window.txt']) {
      const lines = linesOf(name);
      const prefixed = lines.map((line, i) => prefixOf(line, i) + line);
      const prefix = detectPrefix(text(prefixed), formats);
      expect(prefix?.repair).toBe(repair);
      const bytes = text(prefixed);
      let start = 0;
      for (const line of lines) {
        const end = bytes.indexOf(10, start);
        expect(textOf(bytes, prefix!.strip(bytes, start, end), end)).toBe(line);
        start = end + 1;
      }
    }
  });

  it('keeps the blanks that belong to the lines', () => {
    const lines = ['Response:\t211-Features:', 'Response:\t EPSV', 'Response:\t211 End', ...linesOf('window.txt')];
    const prefix = detectPrefix(text(lines.map((line, i) => `${i + 10} ${line}`)), formats)!;
    const line = bytesOf('99   x');
    expect(textOf(line, prefix.strip(line, 0, line.length), line.length)).toBe('  x');
    const other = bytesOf('no prefix');
    expect(prefix.strip(other, 0, other.length)).toBe(0);
  });

  it('sees none where the lines are read as they are, or behind nothing', () => {
    expect(detectPrefix(fixture('server.log'), formats)).toBeNull();
    expect(detectPrefix(fixture('prose.txt'), formats)).toBeNull();
  });
});

/** The format that reads a fixture; the one of bare lines where none does. */
function formatOf(name: string): Format {
  return detect(fixture(name), formats).format ?? formats.find(({ bare }) => bare === true)!;
}

describe('showsDamage', () => {
  it('tells damaged texts from clean ones', () => {
    for (const name of ['server.log', 'client.txt', 'window.txt', 'prose.txt'])
      expect(showsDamage(fixture(name), formatOf(name), formats), name).toBe(false);
    for (const name of [
      'markdown-escaped.txt',
      'question.html',
      'forum-bbcode.txt',
      'powershell.txt',
      'twice.txt',
      'joined.txt',
      'report.json',
    ])
      expect(showsDamage(fixture(name), formatOf(name), formats), name).toBe(true);
  });
});
