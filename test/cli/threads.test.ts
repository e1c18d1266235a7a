import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript
import { generateLog } from '../bench/generate.mjs';
import { ftplens, root } from './run.ts';

/** Lines of a log that is large enough to be shared out, and of one of many. */
const LARGE = 420_000;
const SMALL = 11_000;
const SMALL_FILES = 40;

let folder = '';
const at = (name: string) => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ftplens-'));
  generateLog(at('large.log'), { lines: LARGE, seed: 3 });
  mkdirSync(at('logs'));
  generateLog(at('logs/20.log'), { lines: SMALL, format: '1', seed: 4 });
  for (let i = 0; i < SMALL_FILES; i++) {
    const name = `logs/${String(i).padStart(2, '0')}.log`;
    if (i !== 20) copyFileSync(at('logs/20.log'), at(name));
    // Every third is followed by what is no transcript, so that places and indexes differ.
    if (i % 3 === 0) writeFileSync(at(name.replace('.log', '.png')), '\x89PNG\r\n\x1a\n not a log');
  }
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('a table made on several threads', () => {
  it.each([
    ['csv', ['large.log']],
    ['jsonl', ['large.log', '--outcome', 'aborted', '--severity', 'warning']],
    ['tsv', ['logs']],
    ['csv', ['logs', 'large.log', 'missing.log']],
  ])(
    'is the one that one thread makes: %s of %j',
    async (format, [input, ...rest]) => {
      const args = [input!, ...rest].map((arg) => (/^(?:large|missing|logs)/.test(arg) ? at(arg) : arg));
      const [one, several] = await Promise.all(
        ['1', '3'].map((jobs) => ftplens(['sessions', '-f', format, '--jobs', jobs, ...args])),
      );
      expect(one!.stdout.split('\n').length).toBeGreaterThan(1000);
      expect(several!.stdout === one!.stdout).toBe(true);
      expect({ ...several, stdout: '' }).toEqual({ ...one, stdout: '' });
    },
    60_000,
  );

  it('is not made to its end where nobody reads on', () => {
    const command = `node dist/cli.js sessions -f csv --jobs 2 '${at('large.log')}' | head -1`;
    const text = execFileSync('sh', ['-c', command], { cwd: root, encoding: 'utf8', timeout: 30_000 });
    expect(text).toMatch(/^file,session,/);
  });
});
