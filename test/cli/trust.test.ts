import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ftplens, root } from './run.ts';

const LOG = path.join(root, 'fixtures/cli/cut.log');
const cli = path.join(root, 'dist/cli.js');
const timeout = 120_000;
const isRoot = process.getuid?.() === 0;
let folder = '';
const inside = (...names: string[]) => path.join(folder, ...names);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ftplens-'));
});
afterEach(() => {
  // By the shell, because Node cannot name what is no UTF-8.
  execFileSync('sh', ['-c', 'chmod -R u+rwx "$1" && rm -rf "$1"', 'sh', folder]);
});

describe('redact', { timeout }, () => {
  it('writes a copy that names nobody and is still read', async () => {
    const log = readFileSync(LOG, 'latin1');
    const { code, stderr } = await ftplens(['redact', LOG, '-o', inside('copy.log')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const copy = readFileSync(inside('copy.log'), 'latin1');
    expect(copy.split('\n').length).toBe(log.split('\n').length);
    for (const [, user] of log.matchAll(/USER (\w+)/g))
      if (user !== 'anonymous') expect(copy).not.toContain(` ${user} (`);
    const sessions = async (file: string) => JSON.parse((await ftplens(['report', file])).stdout).sessions.length;
    expect(await sessions(inside('copy.log'))).toBe(await sessions(LOG));
  });

  it('takes a pipe and writes to one, with the same names for the same key', async () => {
    writeFileSync(inside('key'), 'k'.repeat(32));
    const args = ['redact', '-', '--key', inside('key')];
    const [first, second] = [
      await ftplens(args, readFileSync(LOG)),
      await ftplens(['redact', LOG, '-o', '-', '--key', inside('key')]),
    ];
    expect(first.code).toBe(0);
    expect(first.stdout).toBe(second.stdout);
    expect((await ftplens(['redact', LOG])).stdout).not.toBe(first.stdout);
  });

  it('says what is wrong with its options and inputs', async () => {
    writeFileSync(inside('key'), 'short');
    expect((await ftplens(['redact', LOG, '--key', inside('key')])).code).toBe(2);
    expect((await ftplens(['redact', LOG, '--keep', 'names'])).code).toBe(2);
    expect((await ftplens(['redact', inside('missing')])).code).toBe(3);
    const prose = await ftplens(['redact', '-', '-o', inside('copy')], 'nothing of the kind\n');
    expect(prose.code).toBe(3);
    expect(existsSync(inside('copy'))).toBe(false);
  });
});

describe('inputs that change or cannot be read', { timeout }, () => {
  it('names the file and goes on with the others', async () => {
    mkdirSync(inside('logs'));
    writeFileSync(inside('logs', 'good.log'), readFileSync(LOG));
    const { code, stdout, stderr } = await ftplens(['report', inside('gone.log'), inside('logs', 'good.log')]);
    expect(code).toBe(3);
    expect(stderr).toContain('gone.log: no such file or folder');
    expect(JSON.parse(stdout).sessions.length).toBeGreaterThan(0);
  });

  it.skipIf(isRoot)('tells a folder without permission', async () => {
    mkdirSync(inside('closed'), { mode: 0o000 });
    const { code, stderr } = await ftplens(['sessions', inside('closed')]);
    expect(code).toBe(3);
    expect(stderr).toContain('no permission');
  });

  it.each(['shrinks', 'vanishes'])('reads what there was of a file that %s', async (how) => {
    const long = readFileSync(LOG, 'latin1').repeat(4_000);
    writeFileSync(inside('a.log'), long, 'latin1');
    const child = spawn(process.execPath, [cli, 'report', inside('a.log'), '-o', inside('r.json')]);
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += text));
    while (!readdirSync(folder).some((name) => name.endsWith('.tmp')))
      await new Promise((resolve) => setTimeout(resolve, 5));
    if (how === 'shrinks') truncateSync(inside('a.log'), 1000);
    else unlinkSync(inside('a.log'));
    const [code] = await once(child, 'close');
    expect([0, 3], stderr).toContain(code);
    expect(stderr).not.toContain('fault of ftplens');
    if (code === 0) JSON.parse(readFileSync(inside('r.json'), 'utf8'));
  });

  it('takes names with blanks, line ends and bytes that are no UTF-8', async () => {
    writeFileSync(inside('a b\nc\x1b[31m.log'), readFileSync(LOG));
    const { code, stdout, stderr } = await ftplens(['sessions', inside('a b\nc\x1b[31m.log'), '-f', 'csv']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('\x1b');
    const run = `cp "$1" "$2/"$(printf 'x\\377y.log'); "$3" "$4" sessions "$2" -f csv`;
    const said = execFileSync('sh', ['-c', run, 'sh', LOG, inside(), process.execPath, cli], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(said.toString().length).toBeGreaterThan(0);
  });
});

describe('outputs', { timeout }, () => {
  it.skipIf(isRoot)('tell a folder that cannot be written', async () => {
    mkdirSync(inside('fixed'), { mode: 0o555 });
    const { code, stderr } = await ftplens(['report', LOG, '-o', inside('fixed', 'a.json')]);
    expect(code).toBe(4);
    expect(stderr).toContain('no permission');
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('are untouched after %s', async (signal, expected) => {
    for (const args of [
      ['report', '-', '-o', inside('old')],
      ['redact', '-', '-o', inside('old')],
    ]) {
      writeFileSync(inside('old'), 'old');
      const env = { ...process.env, TMPDIR: inside('tmp') };
      mkdirSync(inside('tmp'));
      const child = spawn(process.execPath, [cli, ...args, ...(args[0] === 'report' ? ['-f', 'json'] : [])], {
        stdio: ['pipe', 'ignore', 'ignore'],
        env,
      });
      child.stdin.write('220 ready\n');
      const begun = () =>
        readdirSync(folder).some((name) => name.endsWith('.tmp')) || readdirSync(inside('tmp')).length > 0;
      while (!begun()) await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill(signal);
      const [code] = await once(child, 'exit');
      expect(code).toBe(expected);
      expect(readdirSync(inside('tmp'))).toEqual([]);
      rmSync(inside('tmp'), { recursive: true });
      expect(readdirSync(folder)).toEqual(['old']);
      expect(readFileSync(inside('old'), 'utf8')).toBe('old');
    }
  });

  it.runIf(existsSync('/dev/full'))('tell a full device, also those of redact', async () => {
    const { code, stderr } = await ftplens(['redact', LOG, '-o', '/dev/full']);
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringContaining('no space left') });
  });

  it('may be closed by their reader without a word', () => {
    const run = `{ ("${process.execPath}" "${cli}" redact "${LOG}"; echo "code $?" >&2) | head -c 1 > /dev/null; } 2>&1`;
    expect(execFileSync('sh', ['-c', run]).toString()).toBe('code 0\n');
  });
});

describe('surroundings', { timeout }, () => {
  it('may be bare: no HOME, no terminal, no locale, no zone data', () => {
    const env = { LANG: 'C', LC_ALL: 'C', TZ: 'Nowhere/Nothing' };
    const said = execFileSync(process.execPath, [cli, LOG], {
      env,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).toString();
    expect(said).toContain('426');
    expect(said).not.toContain('\x1b');
  });

  it('are never asked over a network', () => {
    const preload = inside('no-network.cjs');
    writeFileSync(
      preload,
      `const refuse = (what) => () => { console.error('NETWORK ' + what); process.exit(99); };
for (const name of ['connect', 'createConnection']) require('net')[name] = refuse('net.' + name);
require('net').Socket.prototype.connect = refuse('Socket.connect');
require('tls').connect = refuse('tls.connect');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse']) require('dns')[name] = refuse('dns.' + name);
for (const name of ['lookup', 'resolve', 'reverse']) require('dns').promises[name] = refuse('dns.promises.' + name);
require('dgram').createSocket = refuse('dgram');
globalThis.fetch = refuse('fetch');
`,
    );
    for (const args of [[LOG], ['report', LOG], ['findings', LOG], ['redact', LOG], ['explain', '426'], ['formats']])
      expect(
        execFileSync(process.execPath, ['-r', preload, cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }).length,
      ).toBeGreaterThan(0);
  });
});

describe('the package', { timeout }, () => {
  it('holds what users need and nothing else, and runs no script at their installation', () => {
    const [{ files }] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'ignore'],
      }).toString(),
    );
    const names: string[] = files.map((file: { path: string }) => file.path);
    expect(names).toContain('dist/cli.js');
    expect(names).toContain('SECURITY.md');
    expect(
      names.filter(
        (name) => !/^(?:dist\/|package\.json$|README\.md$|CHANGELOG\.md$|SECURITY\.md$|LICENSE$)/.test(name),
      ),
    ).toEqual([]);
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    for (const script of ['preinstall', 'install', 'postinstall']) expect(scripts).not.toHaveProperty(script);
  });

  it('pins every dependency', () => {
    const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
    for (const [name, { version, integrity, link }] of Object.entries<Record<string, unknown>>(packages))
      if (name !== '' && link !== true) expect([typeof version, typeof integrity], name).toEqual(['string', 'string']);
  });
});
