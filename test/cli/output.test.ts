import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ftplens, root } from './run.ts';

const LOG = 'fixtures/cli/cut.log';
const timeout = 60_000;
let folder = '';
const inside = (...names: string[]) => path.join(folder, ...names);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ftplens-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('report -o', { timeout }, () => {
  it('writes many outputs from one run, each in the format of its name', async () => {
    const { code, stdout } = await ftplens([
      ...['report', LOG, '-o', inside('all.json'), '-o', `transfers=${inside('t.csv')}`, '-o', inside('errors.tsv')],
      ...['-o', inside('all.jsonl'), '-o', inside('summary.txt'), '-o', `${inside('tables')}/`, '-o', '-', '-f', 'csv'],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(inside('all.json'), 'utf8')).sessions).toHaveLength(3);
    expect(readFileSync(inside('t.csv'), 'utf8')).toMatch(/^file,session,transfer,/);
    expect(readFileSync(inside('errors.tsv'), 'utf8')).toMatch(/^file\tline\t/);
    expect(
      readFileSync(inside('all.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).type),
    ).toContain('verdict');
    expect(readFileSync(inside('summary.txt'), 'utf8')).toContain('Session s0-1');
    expect(readdirSync(inside('tables')).length).toBe(12);
    expect(stdout).toMatch(/^file,session,started_at,/);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('gives each input its own outputs where the path holds {name}, and one to all others', async () => {
    const args = [
      'report',
      'fixtures/seed',
      '-o',
      inside('each', '{name}.csv'),
      '-o',
      inside('{name}/'),
      '-o',
      inside('all.csv'),
    ];
    expect((await ftplens([...args, '-q'])).code).toBe(0);
    expect(readdirSync(inside('each')).sort()).toEqual(['curl-verbose.csv', 'filezilla-server.csv']);
    expect(readdirSync(inside('filezilla-server'))).toContain('transfers.csv');
    const rows = (file: string) => readFileSync(file, 'utf8').split('\r\n').slice(1, -1);
    expect(rows(inside('all.csv'))).toHaveLength(
      rows(inside('each/curl-verbose.csv')).length + rows(inside('each/filezilla-server.csv')).length,
    );
    // Ids of sessions tell the input, which is the first of its own run.
    expect(rows(inside('each/filezilla-server.csv'))[0]).toMatch(/^fixtures\/seed\/filezilla-server\.log,s0-/);
  });

  it('reads standard input but once', async () => {
    const input = readFileSync(path.join(root, LOG));
    expect((await ftplens(['report', '-o', inside('{name}.csv')], input)).code).toBe(0);
    expect(readdirSync(folder)).toEqual(['stdin.csv']);
    expect((await ftplens(['report', '-o', inside('{name}.csv'), '-o', '-'], input)).code).toBe(2);
  });

  it('sends formats that are no text through standard output unchanged', async () => {
    const shell = `"${process.execPath}" dist/cli.js report ${LOG} -f xlsx -o - > "${inside('a.xlsx')}"`;
    execFileSync('sh', ['-c', shell], { cwd: root });
    await ftplens(['report', LOG, '-o', inside('b.xlsx')]);
    expect(readFileSync(inside('a.xlsx')).equals(readFileSync(inside('b.xlsx')))).toBe(true);
    expect(readFileSync(inside('a.xlsx')).subarray(0, 2).toString()).toBe('PK');
  });

  it('prints JSON when nothing says otherwise', async () => {
    const { stdout } = await ftplens(['report', LOG]);
    expect(JSON.parse(stdout).schema).toBe('ftplens.report/1');
  });

  it('refuses two outputs to one place', async () => {
    const { code, stderr } = await ftplens(['report', LOG, '-o', inside('a.csv'), '-o', `errors=${inside('a.csv')}`]);
    expect(code).toBe(2);
    expect(stderr).toContain('two outputs');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('exits with 4 and leaves nothing where it cannot write', async () => {
    const { code, stderr } = await ftplens(['report', LOG, '-o', inside('a.json'), '-o', inside('missing/b.json')]);
    expect(code).toBe(4);
    expect(stderr).toContain('no such file or folder');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('replaces a file and keeps its mode, and leaves a link a link', async () => {
    writeFileSync(inside('old.json'), 'old');
    chmodSync(inside('old.json'), 0o640);
    symlinkSync('old.json', inside('link.json'));
    expect((await ftplens(['report', LOG, '-o', inside('link.json')])).code).toBe(0);
    expect(readFileSync(inside('old.json'), 'utf8')).toContain('ftplens.report/1');
    expect(statSync(inside('old.json')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(['link.json', 'old.json']);
  });

  it('writes to a device without replacing it', async () => {
    expect((await ftplens(['report', LOG, '-o', '/dev/null', '-f', 'json'])).code).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it.runIf(existsSync('/dev/full'))('exits with 4 when the device is full', async () => {
    const file = await ftplens(['report', LOG, '-o', '/dev/full', '-f', 'json']);
    expect(file).toMatchObject({ code: 4, stderr: expect.stringContaining('no space left') });
    const shell = `"${process.execPath}" dist/cli.js report ${LOG} > /dev/full; echo $?`;
    expect(
      execFileSync('sh', ['-c', shell], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
        .toString()
        .trim(),
    ).toBe('4');
  });
});

describe('standard output', { timeout }, () => {
  it('lets everything through a pipe of which several inputs fill more than it holds', () => {
    const run = `"${process.execPath}" dist/cli.js report fixtures/filezilla-server-0.9 fixtures/filezilla-server-1 -q`;
    const piped = execFileSync('sh', ['-c', `${run} | cat`], { cwd: root, maxBuffer: 1 << 26 });
    expect(JSON.parse(piped.toString()).summary.sessions).toBeGreaterThan(100);
  });

  it('may be read slowly without a word', () => {
    writeFileSync(inside('long.log'), readFileSync(path.join(root, LOG)).toString().repeat(12_000));
    const run = `"${process.execPath}" dist/cli.js sessions -f csv "${inside('long.log')}"`;
    const reader =
      'for i in $(seq 9); do dd bs=64k count=1 of=/dev/null status=none; sleep 0.05; done; cat > /dev/null';
    const said = execFileSync('sh', ['-c', `{ ${run} | { ${reader}; }; } 2>&1`], { cwd: root });
    expect(said.toString()).toBe('');
  });

  it('may be closed by its reader without a word', () => {
    writeFileSync(inside('long.log'), readFileSync(path.join(root, LOG)).toString().repeat(700));
    const run = `"${process.execPath}" dist/cli.js report "${inside('long.log')}"; echo "code $?" >&2`;
    const said = execFileSync('sh', ['-c', `{ (${run}) | head -c 1 > /dev/null; } 2>&1`], { cwd: root }).toString();
    expect(said).toBe('code 0\n');
  });

  it('carries nothing but data', async () => {
    const { stdout, stderr, code } = await ftplens(['sessions', 'fixtures/cli', 'fixtures/cli/pixel.png']);
    expect(code).toBe(3);
    expect(stdout.split('\r\n').filter((line) => line !== '')).toHaveLength(4);
    expect(stderr).toContain('pixel.png');
  });
});

describe('exit codes', { timeout }, () => {
  it('tell findings at or above --fail-on', async () => {
    expect((await ftplens(['findings', LOG, '--fail-on', 'error'])).code).toBe(1);
    expect((await ftplens(['findings', LOG, '--fail-on', 'error', '--only', 'epsv-default-family'])).code).toBe(0);
  });

  it('tell an interruption, which leaves outputs untouched', async () => {
    writeFileSync(inside('old.json'), 'old');
    const child = spawn(process.execPath, ['dist/cli.js', 'report', '-', '-o', inside('old.json'), '-q'], {
      cwd: root,
    });
    child.stdin.write('220 ready\n');
    const exited = once(child, 'exit');
    const isWriting = () => readdirSync(folder).some((name) => name.endsWith('.tmp'));
    while (child.exitCode === null && !isWriting()) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    const [code] = await exited;
    expect(code).toBe(130);
    expect(readdirSync(folder)).toEqual(['old.json']);
    expect(readFileSync(inside('old.json'), 'utf8')).toBe('old');
  });
});

describe('--unread', { timeout }, () => {
  it('writes the lines that were not understood, with their place', async () => {
    const log = readFileSync(path.join(root, LOG));
    writeFileSync(inside('a.log'), Buffer.concat([log, Buffer.from('what is this?\r\n')]));
    await ftplens(['sessions', inside('a.log'), '--unread', inside('unread.txt')]);
    expect(readFileSync(inside('unread.txt'), 'utf8')).toMatch(/a\.log:34:what is this\?\r?\n$/);
  });
});
