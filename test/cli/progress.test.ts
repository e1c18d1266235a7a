import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { interruptionInWords } from '../../src/cli/progress.ts';
import { root } from './run.ts';
import { hasTerminal, onTerminal } from './terminal.ts';

const timeout = 120_000;
/** So large that reading it takes some seconds on any machine. */
const COPIES = 45_000;
const BAR =
  /#+\.* \d+ % {2}[\d.]+ [kM]B of \d+ MB {2}[\d.]+ [kM]?B\/s {2}(?:\d+ min )?\d+ s left {2}[\d,]+ sessions, [\d,]+ findings/;

let folder = '';
let log = '';
const cli = `"${process.execPath}" dist/cli.js`;
const inside = (name: string) => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ftplens-'));
  log = inside('server.log');
  writeFileSync(log, readFileSync(path.join(root, 'fixtures/cli/cut.log'), 'utf8').repeat(COPIES));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(hasTerminal)('the bar', { timeout }, () => {
  it.each(['', '--jobs 2'])('shows how far a run came and is gone at its end %s', async (jobs) => {
    const { code, text, screen } = await onTerminal(`${cli} sessions -f csv ${jobs} "${log}" > "${inside('out.csv')}"`);
    expect(code).toBe(0);
    expect(text).toMatch(BAR);
    expect(text).toMatch(/ [1-9][\d,]* sessions, [1-9]/);
    expect(screen).toEqual(['']);
    expect(readFileSync(inside('out.csv'), 'utf8')).not.toContain('\x1b');
  });

  it('makes way for what is said', async () => {
    const fails = `cat "${log}" | ${cli} sessions -f csv - "${inside('missing.log')}" > /dev/null`;
    const { code, text, screen } = await onTerminal(fails);
    expect(code).toBe(3);
    expect(text).toMatch(/\r?[^#]*\d MB {2}[\d.]+ [kM]?B\/s {2}[\d,]+ sessions/);
    expect(screen).toEqual([`ftplens: ${inside('missing.log')}: no such file or folder`, '']);
  });

  it('makes way for standard output on the same terminal', async () => {
    const { code, text, screen } = await onTerminal(`${cli} --color never "${log}"`);
    expect(code).toBe(0);
    expect(text).toMatch(BAR);
    expect(screen[0]).not.toBe('');
    expect(screen.join('\n')).toContain('426');
    expect(screen.join('\n')).not.toMatch(/ left {2}| [kM]B\/s/);
  });

  it('is cut to the width of the terminal', async () => {
    const { text, screen } = await onTerminal(`${cli} sessions -f csv "${log}" > /dev/null`, { columns: 40 });
    expect(text).toMatch(/#* *\.* \d+ %/);
    expect(text).not.toContain('findings');
    expect(screen).toEqual(['']);
  });

  describe('over a pipe that is slow', () => {
    const cut = 'cat fixtures/cli/cut.log';
    const slow = `(${cut}; sleep 2.5; ${cut})`;

    it('tells what can be known', async () => {
      const { text } = await onTerminal(`${slow} | ${cli} sessions -f csv - > /dev/null`);
      expect(text).toMatch(/\x1b\[1G[\d.]+ kB {2}[\d.]+ k?B\/s {2}\d+ sessions?, \d+ findings?/);
    });

    it.each([
      ['a terminal that cannot redraw', { env: { TERM: 'dumb' } }, ''],
      ['what collects output', { env: { CI: 'true' } }, ''],
      ['who wants to hear of errors only', {}, '-q'],
    ])('is not drawn for %s', async (_, manner, option) => {
      const { code, text } = await onTerminal(`${slow} | ${cli} sessions -f csv ${option} - > /dev/null`, manner);
      expect({ code, text }).toEqual({ code: 0, text: '' });
    });

    it('is not drawn where standard error is no terminal', async () => {
      const { text } = await onTerminal(`${slow} | ${cli} sessions -f csv - 2>&1 > /dev/null | od -c`);
      expect(text.trim()).toBe('0000000');
    });
  });

  it('is not drawn in a run of less than a second', async () => {
    const began = performance.now();
    const { text } = await onTerminal(`${cli} sessions -f csv fixtures/cli/cut.log > /dev/null`);
    // On a machine that is too busy it takes longer.
    if (performance.now() - began < 1000) expect(text).toBe('');
  });
});

describe.runIf(hasTerminal)('Ctrl-C', { timeout }, () => {
  it.each([
    ['', 'report.html'],
    ['--jobs 2', 'sessions=report.csv'],
  ])('tells how far the run came and leaves outputs as they were %s', async (jobs, target) => {
    const file = target.replace(/^.*=/, '');
    writeFileSync(inside(file), 'old');
    let isTyped = false;
    const { code, screen } = await onTerminal(
      `cd "${folder}"; "${process.execPath}" "${root}/dist/cli.js" report ${jobs} -f csv "${log}" -o ${target}`,
      {
        columns: 120,
        type: (text) => {
          if (isTyped || !BAR.test(text)) return null;
          isTyped = true;
          return '\x03';
        },
      },
    );
    expect(code).toBe(130);
    const said = screen.filter((line) => line !== '');
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(
      /^ftplens: stopped after [\d.]+ [kM]B of \d+ MB \(\d+ %\), [\d,]+ sessions; nothing was written to (\S+)$/,
    );
    expect(said[0]).toContain(` ${file}`);
    expect(readFileSync(inside(file), 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('an interruption', { timeout }, () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('by %s is told without a terminal too', async (signal, expected) => {
    const args = ['dist/cli.js', 'report', '-', '-o', inside('a.json'), '-o', inside('b.csv')];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    while (readdirSync(folder).filter((name) => name.endsWith('.tmp')).length < 2)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill(signal);
    const [code] = await once(child, 'close');
    expect(code).toBe(expected);
    expect(said).toBe(
      `ftplens: stopped before anything was read; nothing was written to ${inside('a.json')} or ${inside('b.csv')}\n`,
    );
  });

  it('is put into words', () => {
    const progress = { bytes: 412_300_000, totalBytes: 830_000_000, sessions: 83_211, findings: 7 };
    expect(interruptionInWords(progress, ['report.html'])).toBe(
      'stopped after 412 MB of 830 MB (49 %), 83,211 sessions; nothing was written to report.html',
    );
    expect(interruptionInWords({ ...progress, totalBytes: null }, [])).toBe('stopped after 412 MB, 83,211 sessions');
    expect(interruptionInWords({ ...progress, bytes: 0 }, ['a', 'b', 'c', 'd'])).toBe(
      'stopped before anything was read; nothing was written to 4 files',
    );
  });
});
