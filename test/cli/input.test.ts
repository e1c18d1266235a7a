import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ftplens, root } from './run.ts';

const log = readFileSync(path.join(root, 'fixtures/cli/cut.log'));
const timeout = 60_000;
let folder = '';
const inside = (...names: string[]) => path.join(folder, ...names);

async function reportOf(args: readonly string[], input?: Uint8Array) {
  const { code, stdout, stderr } = await ftplens(['report', ...args], input);
  return { code, stderr, report: JSON.parse(stdout) };
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ftplens-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('inputs', { timeout }, () => {
  it('may be folders and globs, and each file is read once', async () => {
    mkdirSync(inside('deep/er'), { recursive: true });
    writeFileSync(inside('deep/er/b.log'), log);
    writeFileSync(inside('deep/a.log'), log);
    writeFileSync(inside('deep/notes.md'), '# nothing\n');
    writeFileSync(inside('deep/.hidden.log'), log);
    const { report, stderr } = await reportOf([inside('deep'), inside('deep/*.log')]);
    expect(report.inputs.map((input: { path: string }) => path.relative(folder, input.path))).toEqual([
      'deep/a.log',
      'deep/er/b.log',
    ]);
    expect(report.sessions.map((session: { id: string }) => session.id.split('-')[0])).toEqual([
      's0',
      's0',
      's0',
      's1',
      's1',
      's1',
    ]);
    expect(stderr).toContain('skipped 1 file');
  });

  it('may come by a pipe, also without being asked for', async () => {
    for (const args of [['-'], []]) {
      const { report } = await reportOf(args, log);
      expect(report.inputs[0]).toMatchObject({ path: '-', sizeBytes: log.length, error: null });
      expect(report.sessions).toHaveLength(3);
    }
  });

  it('may be compressed, whatever their name', async () => {
    writeFileSync(inside('old'), gzipSync(log));
    const file = await reportOf([inside('old')]);
    const pipe = await reportOf(['-'], gzipSync(log));
    for (const { code, report } of [file, pipe]) {
      expect(code).toBe(0);
      expect(report.inputs[0]).toMatchObject({ compression: 'gzip', error: null, lines: 33 });
      expect(report.sessions).toHaveLength(3);
    }
  });

  it('are read as far as a cut gzip file goes, with the offset of its end', async () => {
    const whole = gzipSync(Buffer.concat(Array.from({ length: 2_000 }, () => log)), { level: 0 });
    const cut = whole.subarray(0, Math.floor(whole.length / 2));
    writeFileSync(inside('cut.gz'), cut);
    const { code, report, stderr } = await reportOf([inside('cut.gz'), '--only', 'log-truncated']);
    expect(code).toBe(3);
    expect(stderr).toContain(`ends too early, at byte ${cut.length}`);
    expect(report.sessions.length).toBeGreaterThan(2_990);
    expect(report.inputs[0].error).toContain('gzip');
  });

  it('are an error when a gzip file is damaged', async () => {
    writeFileSync(inside('bad.gz'), Buffer.concat([gzipSync(log).subarray(0, 40), Buffer.alloc(400, 0xff)]));
    const { code, stderr } = await ftplens(['sessions', inside('bad.gz')]);
    expect(code).toBe(3);
    expect(stderr).toContain('damaged');
  });

  it('are read whatever the size of their pieces', async () => {
    const long = Buffer.concat(Array.from({ length: 700 }, () => log));
    writeFileSync(inside('long.log'), long);
    const { report } = await reportOf([inside('long.log'), '--only', 'log-truncated', '--severity', 'error']);
    expect(report.inputs[0]).toMatchObject({ lines: 700 * 33, sizeBytes: long.length });
    const { stdout } = await ftplens(['sessions', inside('long.log')]);
    expect(stdout.trimEnd().split('\r\n')).toHaveLength(1 + 3 * 700);
  });
});
