import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const src = path.resolve(import.meta.dirname, '../../src');
/** Layers that meet texts of transcripts; the command line's own arguments are the user's. */
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /^(?:core|exporters|web)\b.*\.tsx?$/.test(file),
);
const LITERAL =
  /(?:[=(,:[!&|?{};>]|\breturn|^)\s*\/(?![*/])((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuy]*)/gm;

const regexps = files.flatMap((file) => {
  const text = readFileSync(path.join(src, file), 'utf8').replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  return [...text.matchAll(LITERAL)].flatMap(([, source = '', flags = '']) => {
    try {
      return [{ name: `${file}: /${source}/${flags}`, pattern: new RegExp(source, flags) }];
    } catch {
      return [];
    }
  });
});

const LENGTH = 16_000;
const UNITS = [
  'a',
  'A',
  '0',
  ' ',
  '\t',
  '-',
  '"',
  '<',
  '(',
  ')',
  ',',
  ':',
  '.',
  '/',
  '=',
  '\\',
  '*',
  '&',
  '_',
  '\xe9',
  '\r',
  ']',
];
UNITS.push('a ', 'a=', '1,', 'a.', '0:', 'a-', 'x;', '> ', '" ', '-r', '\\n', '1 ', 'CN=', '[a', '://');
const HOSTILE = UNITS.map((unit) => unit.repeat(LENGTH / unit.length));
/** A quadratic pattern needs far more for so long a text, a linear one a hundredth. */
const ALLOWED_MS = 80;

/** The letters that a pattern begins with, so that the text gets past them. */
function leadOf(source: string): string {
  return /^\^?((?:[\w :<>#*-]|\\[.*()[\]])+)/.exec(source)?.[1]?.replaceAll('\\', '') ?? '';
}

function timeOf(pattern: RegExp, text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3 && best > ALLOWED_MS; i++) {
    const startedAt = performance.now();
    text.replace(pattern, '');
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}

/** Patterns that only see short texts, by the end of their names, and what bounds them. */
const SHORT: readonly (readonly [string, string])[] = [
  ['core/diagnoses/wording.ts: /\\B(?=(\\d{3})+$)/g', 'digits of a number'],
  ['/[\\r\\n]+$/', 'one line, which holds no line ends within'],
  ['core/redact/patterns.ts: /[\\w.+\\x80-\\xff-]+$/', '256 characters'],
  ['core/redact/patterns.ts: /(?:\\.|(?<!:):)+$/', '64 characters'],
  ['core/diagnoses/networks.ts: /(?::0)+$/', 'an address'],
  ['core/diagnoses/address-family/epsv-reply-malformed.ts: /[(|].*\\d/', 'the text of a reply line, limits.textBytes'],
  ['core/diagnoses/transfers/resume-refused.ts: /^\\s*0*\\s*$/', 'an argument, limits.textBytes'],
  ['core/diagnoses/wording.ts: /[.\\s]+$/', 'a text shortened before'],
];

describe('regular expressions', { timeout: 240_000 }, () => {
  it('are found in the sources', () => {
    expect(regexps.length).toBeGreaterThan(300);
  });

  it('take no longer than the text is long, whatever the text', () => {
    const slow: string[] = [];
    for (const { name, pattern } of regexps) {
      if (SHORT.some(([end]) => name.endsWith(end))) continue;
      const lead = leadOf(pattern.source);
      const attack = HOSTILE.find((text) => {
        const plain = timeOf(pattern, `${text}\x01`);
        return plain > ALLOWED_MS || (lead !== '' && timeOf(pattern, `${lead}${text}\x01`) > ALLOWED_MS);
      });
      if (attack !== undefined) slow.push(`${name} by ${JSON.stringify(attack.substring(0, 6))}`);
    }
    expect(slow).toEqual([]);
  });
});
