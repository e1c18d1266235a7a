import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ftplens, root } from './run.ts';

const timeout = 60_000;
const lines = readFileSync(path.join(root, 'fixtures/cli/cut.log'), 'utf8').split(/(?<=\n)/);
const piece = (from: number, to?: number) => lines.slice(from, to).join('');
let folder = '';
let child: ChildProcess | null = null;
const log = () => path.join(folder, 'server.log');

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ftplens-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A run that goes on, and what it has printed so far. */
function begin(args: readonly string[]) {
  const { NO_COLOR, FORCE_COLOR, ...env } = process.env;
  const run = spawn(process.execPath, ['dist/cli.js', 'follow', ...args], { cwd: root, env });
  child = run;
  const printed = { stdout: '', stderr: '' };
  run.stdout.setEncoding('utf8').on('data', (text) => {
    printed.stdout += text;
  });
  run.stderr.setEncoding('utf8').on('data', (text) => {
    printed.stderr += text;
  });
  const until = async (isThere: () => boolean) => {
    for (const end = Date.now() + 30_000; !isThere(); await new Promise((resolve) => setTimeout(resolve, 50)))
      if (Date.now() > end) throw new Error(`nothing came: ${JSON.stringify(printed)}`);
  };
  const records = () =>
    printed.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const interrupt = () =>
    new Promise<number | null>((resolve) => {
      run.once('close', resolve);
      run.kill('SIGINT');
    });
  return { printed, until, records, interrupt };
}

describe('follow', { timeout }, () => {
  it('tells transfers and findings as they happen, through rotation and truncation', async () => {
    writeFileSync(log(), piece(0, 10));
    const { printed, until, records, interrupt } = begin([log(), '-f', 'jsonl']);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(printed.stdout).toBe('');
    // A line comes in two pieces.
    appendFileSync(log(), piece(10).slice(0, 30));
    appendFileSync(log(), piece(10).slice(30));
    const ofTransfers = () => records().filter(({ type }) => type === 'transfer');
    await until(() => ofTransfers().length === 2);
    expect(ofTransfers().map(({ outcome, path: name }) => [name, outcome])).toEqual([
      ['backup.tar', 'aborted'],
      ['notes.txt', 'completed'],
    ]);
    await until(() => records().some(({ id }) => id === 'login-wrong-credentials'));
    expect(records().filter(({ id }) => id === 'transfer-426-client-abort')).toHaveLength(1);

    renameSync(log(), `${log()}.1`);
    writeFileSync(log(), piece(0));
    await until(() => ofTransfers().length === 4);
    truncateSync(log());
    await new Promise((resolve) => setTimeout(resolve, 600));
    appendFileSync(log(), piece(0));
    await until(() => ofTransfers().length === 6);
    expect(await interrupt()).toBe(130);
    expect(printed.stderr).toBe('ftplens: interrupted after 6 transfers\n');
  });

  it('tells people in lines, and serves metrics on loopback', async () => {
    writeFileSync(log(), piece(0));
    const { printed, until, interrupt } = begin([log(), '--metrics', '0', '--color', 'never']);
    await until(() => /notes\.txt/.test(printed.stdout));
    expect(printed.stdout).toMatch(/anna from 192\.0\.2\.7 {2}download ✗ backup\.tar aborted after 58 s: 426 /);
    const address = /http:\/\/127\.0\.0\.1:\d+\/metrics/.exec(printed.stderr)![0];
    const metrics = await (await fetch(address)).text();
    expect(metrics).toContain('ftplens_transfers_total{outcome="aborted",data_command="EPSV"} 1');
    expect(metrics).toContain('ftplens_replies_426_total 1');
    expect((await fetch(address.replace('metrics', 'other'))).status).toBe(404);
    expect(await interrupt()).toBe(130);
  });

  it('tells every transfer, and findings of the level that is asked for', async () => {
    writeFileSync(log(), piece(0));
    const { until, records, interrupt } = begin([log(), '-f', 'jsonl', '--severity', 'error']);
    await until(() => records().some(({ id }) => id === 'login-wrong-credentials'));
    expect(records().map(({ type, severity }) => severity ?? type)).toEqual(['transfer', 'transfer', 'error']);
    expect(await interrupt()).toBe(130);
  });

  it('says what cannot be followed', async () => {
    const missing = await ftplens(['follow', path.join(folder, 'none.log')]);
    expect(missing).toMatchObject({ code: 3, stderr: expect.stringContaining('none.log: no such file or folder') });
    writeFileSync(log(), 'GET / HTTP/1.1\n'.repeat(9_000));
    const other = await ftplens(['follow', log()]);
    expect(other).toMatchObject({ code: 3, stderr: expect.stringContaining('no log that can be followed') });
    expect((await ftplens(['follow', log(), '--metrics', '70000'])).code).toBe(2);
    expect((await ftplens(['follow', log(), '--state', 'x'])).code).toBe(2);
    expect((await ftplens(['follow', log(), '--fail-on', 'error'])).code).toBe(2);
  });

  it('ends when nobody reads any more', async () => {
    writeFileSync(log(), piece(0).repeat(200));
    const { printed } = await new Promise<{ printed: string }>((resolve) => {
      const run = spawn('sh', ['-c', `"${process.execPath}" dist/cli.js follow "${log()}" | head -n 1`], { cwd: root });
      let text = '';
      run.stdout.setEncoding('utf8').on('data', (more) => {
        text += more;
      });
      run.on('close', () => resolve({ printed: text }));
      // A reader that left is noticed with the next line.
      const feed = setInterval(() => appendFileSync(log(), piece(0)), 100);
      run.on('close', () => clearInterval(feed));
    });
    expect(printed.split('\n')).toHaveLength(2);
  });
});
