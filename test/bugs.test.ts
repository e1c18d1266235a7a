import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analyse } from '../src/index.ts';

const read = (path: string) => analyse([{ path, bytes: readFileSync(`fixtures/bugs/${path}`) }]);

it('a file named like HTML keeps its name', () => {
  const { inputs, sessions } = read('file-named-like-html/server.log');
  expect(inputs[0]!.transcripts[0]!.repairs).toEqual([]);
  expect(sessions[0]!.transfers[0]!.path).toBe('<img src=x onerror=alert(1)>&amp;.bin');
});
