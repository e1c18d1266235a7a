import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ftplens, root } from './run.ts';

const timeout = 120_000;
const SOURCE = readFileSync(path.join(root, 'fixtures/filezilla-server-0.9/gen-01-0.9.60-en-US.log'));
let folder = '';
const inside = (name: string) => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ftplens-state-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Offset behind so many lines. */
function behindLines(count: number): number {
  let at = 0;
  for (let i = 0; i < count; i++) at = SOURCE.indexOf(10, at) + 1;
  return at;
}

/** Sessions that a nightly run tells, as `first line, session's columns`, without the file. */
async function night(...files: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await ftplens(['sessions', ...files, '--state', inside('state.json'), '-q']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout.split('\r\n').slice(1, -1).map(withoutFile);
}

/** A row without its file, and with just the line of its session: the number of the input is the run's. */
function withoutFile(row: string): string {
  return row.replace(/^[^,]*,s\d+-/, '');
}

async function wholeSessions(): Promise<string[]> {
  writeFileSync(inside('whole.log'), SOURCE);
  const { stdout } = await ftplens(['sessions', inside('whole.log')]);
  return stdout.split('\r\n').slice(1, -1).map(withoutFile).sort();
}

describe('--state', { timeout }, () => {
  it('tells each session once, whole, however the log was cut between the nights', async () => {
    const log = inside('server.log');
    const told: string[] = [];
    const lines = SOURCE.toString('latin1').split('\n').length - 1;
    for (let done = 0; done < lines; done += 17) {
      appendFileSync(log, SOURCE.subarray(behindLines(done), behindLines(Math.min(lines, done + 17))));
      told.push(...(await night(log)));
    }
    // What was held back because it might go on is told when it has not.
    told.push(...(await night(log)));
    expect(told.sort()).toEqual(await wholeSessions());
    expect(await night(log)).toEqual([]);
  });

  it('goes on in what a log was renamed to, and begins the new one', async () => {
    const [log, old] = [inside('server.log'), inside('server.1.log')];
    writeFileSync(log, SOURCE.subarray(0, behindLines(60)));
    const told = await night(log);
    appendFileSync(log, SOURCE.subarray(behindLines(60)));
    renameSync(log, old);
    writeFileSync(log, '');
    told.push(...(await night(log)));
    expect(told.sort()).toEqual(await wholeSessions());
    writeFileSync(log, SOURCE.toString('latin1').replaceAll('(0000', '(0007').replaceAll('/2018', '/2019'), 'latin1');
    expect(await night(log, old)).toHaveLength(told.length);
  });

  it('knows a log again that was copied away and cut, or compressed', async () => {
    const [log, old] = [inside('server.log'), inside('server.log.1.gz')];
    writeFileSync(log, SOURCE.subarray(0, behindLines(60)));
    const told = await night(log);
    writeFileSync(old, gzipSync(SOURCE));
    writeFileSync(log, '');
    told.push(...(await night(log, old)));
    expect(told.sort()).toEqual(await wholeSessions());
    expect(await night(log, old)).toEqual([]);
  });

  it('takes a missing or empty night for no error', async () => {
    const log = inside('server.log');
    expect(await night(log)).toEqual([]);
    writeFileSync(log, '');
    expect(await night(log)).toEqual([]);
    expect((await ftplens(['sessions', log, '--state', inside('other.json')])).code).toBe(0);
    const said = await ftplens(['sessions', inside('none.log'), '--state', inside('state.json')]);
    expect(said).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing to read') });
  });

  it('remembers nothing of a run whose output could not be written', async () => {
    const log = inside('server.log');
    writeFileSync(log, SOURCE);
    const failed = ['report', log, '--state', inside('state.json'), '-o', inside('none/out.csv')];
    expect((await ftplens(failed)).code).toBe(4);
    expect((await night(log)).length).toBeGreaterThan(2);
  });

  it('does not take any file for a state', async () => {
    copyFileSync(path.join(root, 'package.json'), inside('state.json'));
    writeFileSync(inside('server.log'), SOURCE);
    const { code, stderr } = await ftplens(['sessions', inside('server.log'), '--state', inside('state.json')]);
    expect(code).toBe(2);
    expect(stderr).toContain('holds no state of ftplens');
  });
});
