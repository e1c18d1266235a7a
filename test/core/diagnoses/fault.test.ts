import { readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { Analysis } from '../../../src/core/analysis.ts';
import { diagnoses } from '../../../src/core/diagnoses/index.ts';

afterEach(() => vi.restoreAllMocks());

it('a diagnosis that fails is named with its session, and the others go on', () => {
  const broken = diagnoses.find(({ id }) => id === 'epsv-default-family')!;
  vi.spyOn(broken as unknown as { detect: () => never }, 'detect').mockImplementation(() => {
    throw new Error('broken for the test');
  });
  const said: string[] = [];
  const ids: string[] = [];
  const analysis = new Analysis(
    { complain: (message) => said.push(message) },
    { session: (_, findings) => ids.push(...findings.map(({ id }) => id)), end: () => undefined },
  );
  analysis.open({ path: 'log', sizeBytes: null, compression: null });
  analysis.push(readFileSync('fixtures/seed/filezilla-server.log'));
  analysis.close();
  analysis.end();
  expect(said).toEqual([expect.stringMatching(/epsv-default-family failed on session s0-4: .*broken for the test/)]);
  expect(ids).toContain('transfer-426-undetermined');
});
