import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ftplens, root } from '../cli/run.ts';

const LINES = '20000';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ftplens-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Truth {
  readonly sessions: number;
  readonly transfers: Readonly<Record<string, number>>;
}

function invent(name: string, args: readonly string[]): Truth {
  const generator = path.join(root, 'test/bench/generate.mjs');
  const said = execFileSync(process.execPath, [generator, path.join(folder, name), '--lines', LINES, ...args]);
  return JSON.parse(said.toString());
}

it.each([
  ['0.9', ['--format', '0.9', '--crlf']],
  ['1', ['--format', '1']],
  ['silent', ['--ends', 'silent']],
  ['endless', ['--format', '1', '--ends', 'endless']],
])('what is told of an invented log is the truth about it: %s', async (name, args) => {
  const { sessions, transfers } = invent(name, args);
  const { stdout } = await ftplens(['days', '-f', 'json', path.join(folder, name)]);
  const found: Record<string, number> = {};
  for (const day of JSON.parse(stdout) as Record<string, number>[])
    for (const key of ['sessions', ...Object.keys(transfers)]) found[key] = (found[key] ?? 0) + day[key]!;
  expect(found).toEqual({ sessions, ...transfers });
});

it('both generations write the same dialogues', () => {
  expect(invent('a', ['--format', '1']).transfers).toEqual(invent('b', ['--format', '0.9']).transfers);
});
