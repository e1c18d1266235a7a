import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import type * as Sarif from 'sarif';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ftplens, root } from './run.ts';

const log = readFileSync(path.join(root, 'fixtures/cli/cut.log'));
/** `cut.log` as zstd writes it. */
const zstd = Buffer.from(
  'KLUv/WRmCX0QADbaUSAAlx4U/Ao6ASb88JF+dO6ND3Beph/lQq3Gj5P+/wEFEUcASABJALZ23taIQykBgeu63jO1/pB/CHv2Te65ld7XbtHf3t+LH96oFJe84CW1SPDqVqfv8WDrG1+CGzzDNgzbpPSEhPIQsUP0KkJCKQWEMEulUgR/iiv+pUqf3t8nSP59Ia5JDneBXExxiBWc4xyXjD+nnytp9Nlpxiat58Ujht07PQPhNnN/5zBxaRf0/KX8nE8bCYlAeLpSwfY+Z+zdKvKM/dasw522bYuObhFCCRFycBj4h7WHcP6cTmyvCVN/Wz/7986P53NPel9kcZjFPPclIoG82XlGA8lUAY/qKMYSj5rJBkM/o6wlfVq/55E4T2CDfdqX/o1vtVhYmRYthAVhtGJmLbSokJIjI9wg3BbwIL3CMu6m5//0nXk7g77G1vOLa0kgIIQICTlzBzokHPzCDyROsg5yGE6FZqxPFziXZkOxFBB8dNrAyAyHmA5U3MWIx/vPELwLZAeLcGBgAzsfrFsCd2wIwhJeTEC+JZgHB5EsgYgx4sG6yvGF1uGMK7ye7WcSAXxT1l7wEoosEa3EohqOz1IQ3YE/SjCUDaYsR+gBJlICoHDguQT6jNJzaxp5xiNid2t4YpitXhq1uIlR9dhxSdQxgjUCf+aFEXszEJCGWAuagAHc0r3SWEKKEJhEOJRBogWweuOx9A==',
  'base64',
);
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

  it('may be compressed with zstd', async () => {
    const { code, report } = await reportOf(['-'], zstd);
    expect(code).toBe(0);
    expect(report.inputs[0]).toMatchObject({ compression: 'zstd', error: null, lines: 33 });
    const cut = await reportOf(['-'], zstd.subarray(0, 300));
    expect(cut.code).toBe(3);
    expect(cut.stderr).toMatch(/the zstd file .* at byte 300/);
  });

  it('may be zip archives with many logs in them', async () => {
    const members = {
      'logs/a.log': new Uint8Array(log),
      'logs/b.log.gz': new Uint8Array(gzipSync(log)),
      'pixel.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    };
    writeFileSync(inside('logs.zip'), zipSync(members));
    const { code, report, stderr } = await reportOf([folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'ftplens: skipped 1 file without an FTP transcript\n' });
    expect(report.inputs.map((input: { path: string }) => path.relative(folder, input.path))).toEqual([
      'logs.zip!logs/a.log',
      'logs.zip!logs/b.log.gz',
    ]);
    expect(report.sessions).toHaveLength(6);
    const piped = await reportOf(['-'], zipSync(members));
    expect(piped.code).toBe(3);
    expect(piped.stderr).toContain('cannot be read from a pipe');
  });

  it('are an error when a zip archive is cut, and bounded when it is a bomb', async () => {
    writeFileSync(inside('cut.zip'), zipSync({ 'a.log': new Uint8Array(log) }).subarray(0, 300));
    const cut = await reportOf([inside('cut.zip')]);
    expect(cut.code).toBe(3);
    expect(cut.stderr).toMatch(/cut\.zip: the zip archive cannot be read: /);
    writeFileSync(inside('bomb.zip'), zipSync({ 'a.log': new Uint8Array(200_000_000) }));
    const bomb = await reportOf([inside('bomb.zip')]);
    expect(bomb.report.sessions).toEqual([]);
  });

  it('say what a forced format reads, and which one reads more', async () => {
    const { code, stderr } = await ftplens([
      'sessions',
      '--format-in',
      'vsftpd',
      path.join(root, 'fixtures/cli/cut.log'),
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/not vsftpd, which reads 0 % of its lines; filezilla-server-0\.9 reads 100 %/);
  });
});

describe('rotated logs', { timeout }, () => {
  const lines = log.toString('latin1').split(/(?<=\n)/);
  const piece = (from: number, to?: number) => Buffer.from(lines.slice(from, to).join(''), 'latin1');
  const outcomes = (report: { sessions: { transfers: { outcome: string }[] }[] }) =>
    report.sessions.map(({ transfers }) => transfers.map(({ outcome }) => outcome));

  it('are read as one, oldest first, whatever made their names', async () => {
    const whole = await reportOf([path.join(root, 'fixtures/cli/cut.log')]);
    const series: readonly (readonly string[])[] = [
      ['s.log.2', 's.log.1.gz', 's.log'],
      ['s.log.11', 's.log.2.gz', 's.log.1'],
      ['s.2.log', 's.1.log.gz', 's.log'],
      ['s.log-20180610', 's.log-20180611.gz', 's.log'],
      ['s.2018-06-10.log', 's.2018-06-10.1.log.gz', 's.2018-06-11.log'],
      ['fzs-2018-06-10.log', 'fzs-2018-06-11.log.gz', 'fzs-2018-06-12.log'],
    ];
    for (const [n, [first = '', second = '', third = '']] of series.entries()) {
      const names = [first, second, third].map((name) => inside(String(n), name));
      mkdirSync(inside(String(n)));
      writeFileSync(names[0]!, piece(0, 9));
      writeFileSync(names[1]!, gzipSync(piece(9, 20)));
      writeFileSync(names[2]!, piece(20));
      const { report, code } = await reportOf([inside(String(n))]);
      expect(code).toBe(0);
      expect(report.inputs, third).toHaveLength(1);
      expect(report.inputs[0]).toMatchObject({
        path: names[2],
        lines: 33,
        parts: [1, 10, 21].map((firstLine, i) => ({ path: names[i], firstLine })),
      });
      expect(outcomes(report)).toEqual(outcomes(whole.report));
    }
  });

  it('are told by their own lines', async () => {
    writeFileSync(inside('s.log.1'), piece(0, 20));
    writeFileSync(inside('s.log'), piece(20));
    const { stdout } = await ftplens([folder]);
    expect(stdout).toContain(`2 files read as one: `);
    const { stdout: sarif } = await ftplens(['report', folder, '-f', 'sarif']);
    const places = JSON.parse(sarif).runs[0].results.map(
      ({ locations: [{ physicalLocation }] }: Sarif.Result & { locations: [Sarif.Location] }) =>
        [path.basename(physicalLocation!.artifactLocation!.uri!), physicalLocation!.region!.startLine] as const,
    );
    for (const [name, line] of places) expect(line).toBeLessThanOrEqual(name === 's.log' ? 13 : 20);
    expect(new Set(places.map(([name]: readonly [string]) => name)).size).toBe(2);
  });

  it('are read in the order of day and month that any of them shows', async () => {
    const line = (day: string, id: number) =>
      `(${String(id).padStart(6, '0')}) ${day}/2018 10:00:00 - anna (192.0.2.9)> NOOP\r\n`;
    const lines = (day: string, from: number) => Array.from({ length: 20_000 }, (_, i) => line(day, from + i)).join('');
    writeFileSync(inside('s.log.1'), lines('05/06', 1));
    writeFileSync(inside('s.log'), lines('13/06', 20_001));
    const { report } = await reportOf([folder]);
    expect(report.inputs).toHaveLength(1);
    expect(report.inputs[0].transcripts[0].clock).toMatchObject({ order: 'dmy', basis: 'unambiguous' });
    expect(report.sessions[0].startedAt).toBe('2018-06-05T10:00:00');
  });

  it('are left apart where one begins before the other ends, or is something else', async () => {
    writeFileSync(inside('s.1.log'), log);
    writeFileSync(inside('s.2.log'), log);
    expect((await reportOf([folder])).report.inputs).toHaveLength(2);
    writeFileSync(inside('s.2.log'), readFileSync(path.join(root, 'fixtures/cli/access.log')));
    expect((await reportOf([folder])).report.inputs).toHaveLength(1);
    expect((await reportOf([folder])).report.inputs[0].parts).toBeNull();
  });
});
