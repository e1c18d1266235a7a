import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { root } from '../cli/run.ts';

it('npm run fuzz runs for as long as it is told to', () => {
  const said = execFileSync(process.execPath, ['test/fuzz/run.mjs', '--minutes', '0.05', '--seed', '7'], { cwd: root });
  expect(said.toString()).toMatch(/^seed 7, 0\.05 min\n\d+ mutations tried, 0 failed\n$/);
}, 60_000);
