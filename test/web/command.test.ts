import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ftplens, root } from '../cli/run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ftplens-page-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the command', () => {
  it('writes the page without a report', async () => {
    const file = path.join(folder, 'ftplens.html');
    expect(await ftplens(['page', '-o', file])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(path.join(root, 'dist/page.html'), 'utf8'));
  });

  it('puts a report into it', async () => {
    const file = path.join(folder, 'report.html');
    const ended = await ftplens(['report', 'fixtures/seed/filezilla-server.log', '-o', file]);
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
    const [, json = ''] = /<script type="application\/json" id="report">([^<]+)<\/script>/.exec(
      readFileSync(file, 'utf8'),
    )!;
    expect(JSON.parse(json)).toMatchObject({ schema: 'ftplens.page/1', sessions: { id: ['s0-4'], aborted: [1] } });
  });
});
