import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/core/analysis.ts';
import { EventCursor } from '../../src/core/event.ts';
import { formats } from '../../src/core/formats/index.ts';
import { limits } from '../../src/core/limits.ts';
import type { Report } from '../../src/core/report.ts';
import { analyse, formats as everyFormat } from '../../src/index.ts';
import { redactBytes } from '../core/redact/redacted.ts';
import { fixtureFiles } from '../fixture-files.ts';
import { drawFrom, mutate } from './mutations.ts';
import { brokenPromise, latin1 } from './promises.ts';
import { outputKinds } from './written.ts';

const timeout = 240_000;
const report = (bytes: Uint8Array): Report => analyse([{ path: 'a.log', bytes }]);
/** The outputs that cover all texts; the tables hold parts of them. */
const kinds = outputKinds.filter(({ name }) => /^(?:text|json|html|csv transfers|ladder)/.test(name));
/** One small fixture of each folder. */
const samples = [
  ...new Map(
    fixtureFiles.filter(({ bytes }) => bytes.length < 6_000).map((file) => [file.name.split('/')[0], file]),
  ).values(),
];
const NEVER = { accept: () => undefined };

describe('any bytes', { timeout }, () => {
  const fragments = fc.constantFrom(
    ...everyFormat.flatMap(({ samples: texts }) => texts).flatMap((text) => text.split('\n')),
  );
  const texts = fc.array(
    fc.oneof(fragments, fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[1-5]\d\d[ -].*$/)),
    { maxLength: 40 },
  );

  it('keep every promise, in any chunks', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 3_000 }),
      texts.map((lines) => new Uint8Array(Buffer.from(lines.join('\n')))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 4_000 }), async (input, chunkBytes) => {
        expect(await brokenPromise(input, chunkBytes, kinds)).toBeNull();
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it.each(formats)('make no scanner throw: $id', ({ createScanner, samples: own }) => {
    const line = fc.oneof(fc.constantFrom(...own.flatMap((text) => text.split('\n'))), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(fc.tuple(line, fc.string({ maxLength: 8 }), fc.nat(200)), { maxLength: 20 }), (lines) => {
        const scanner = createScanner({ order: null });
        const out = new EventCursor(NEVER);
        for (const [text, inserted, place] of lines) {
          const bytes = new Uint8Array(Buffer.from(text.substring(0, place) + inserted + text.substring(place)));
          out.bytes = bytes;
          out.line++;
          scanner.scan(bytes, 0, bytes.length, out);
        }
      }),
      { numRuns: 40, seed: 11 },
    );
  });
});

describe('a fixture', { timeout }, () => {
  it.each(samples)('may be cut anywhere: $name', ({ bytes }) => {
    const step = Math.max(1, Math.floor(bytes.length / 40));
    for (let end = 0; end < bytes.length; end += step) {
      const cut = report(bytes.subarray(0, end));
      for (const session of cut.sessions) expect(session.lastLine).toBeLessThanOrEqual(cut.inputs[0]!.lines);
    }
  });

  it.each(samples)('may come in any chunks: $name', ({ bytes }) => {
    const whole = JSON.stringify(report(bytes));
    for (const size of [1, 2, 13, 997]) {
      const sessions: string[] = [];
      const analysis = new Analysis(
        {},
        { session: ({ id, end }) => sessions.push(`${id} ${end}`), end: () => undefined },
      );
      analysis.open({ path: 'a.log', sizeBytes: bytes.length, compression: null });
      for (let at = 0; at < bytes.length; at += size) analysis.push(bytes.subarray(at, at + size));
      const input = analysis.close();
      expect({ ...input }).toEqual(JSON.parse(whole).inputs[0]);
      expect(sessions).toEqual(JSON.parse(whole).sessions.map((s: { id: string; end: string }) => `${s.id} ${s.end}`));
    }
  });

  it.each(samples)('may be damaged: $name', async ({ bytes }) => {
    const draw = drawFrom(bytes.length);
    for (let i = 0; i < 6; i++) {
      const other = samples[Math.floor(draw() * samples.length)]!.bytes;
      expect(await brokenPromise(mutate(bytes, other, draw), undefined, kinds)).toBeNull();
    }
  });
});

const LOGIN = '< 220 ready\n> USER anna\n< 331 pw\n> PASS x\n< 230 ok\n';
const FZ = (id: string, rest: string, time = '22:33:35') => `(${id}) 12/11/2012 ${time} - anna (192.0.2.9)> ${rest}\n`;

describe('extremes', { timeout }, () => {
  const extremes: readonly (readonly [string, () => string])[] = [
    ['a pipeline of 10,000 commands', () => LOGIN + '> NOOP\n'.repeat(10_000) + '< 200 ok\n'.repeat(10_000)],
    ['10,000 replies that nobody asked for', () => LOGIN + '< 226 done\n'.repeat(10_000)],
    [
      'ids beyond 2^53',
      () => FZ('9007199254740993', 'Connected, sending welcome message...') + FZ('9007199254740995', 'USER anna'),
    ],
    [
      'a clock that jumps',
      () =>
        [9, 23, 0, 12, 3]
          .map((hour) => FZ('000001', 'NOOP', `${hour}:00:00`) + FZ('000001', '200 ok', `${23 - hour}:59:59`))
          .join('')
          .repeat(200),
    ],
    [
      'huge numbers',
      () =>
        `${LOGIN}> SIZE a\n< 213 ${'9'.repeat(400)}\n> REST ${'9'.repeat(40)}\n< 350 ok\n> RETR a\n< 150 x (${'9'.repeat(300)} bytes)\n< 226 ok\n`,
    ],
    ['NULs', () => LOGIN.replaceAll(' ', ' \0')],
    ['invalid UTF-8', () => `${LOGIN}> RETR \xff\xfe\xc0\xaf\xed\xa0\x80\n< 150 \xf8\n< 226 ok\n`],
    ['nothing but line ends', () => '\r\n\r\r\n\n'.repeat(20_000)],
    ['nothing but marks', () => '> \n< \n* \n'.repeat(20_000)],
    [
      '5,000 sessions at once',
      () => Array.from({ length: 5_000 }, (_, i) => FZ(String(i), 'USER anna') + FZ(String(i), '331 pw')).join(''),
    ],
    ['quotes in quotes', () => `${'> '.repeat(5_000)}${LOGIN}`],
    ['entities in entities', () => `<pre>${LOGIN}${'&amp;'.repeat(20_000)}</pre>`],
    ['a long run of blanks', () => `${LOGIN}> RETR a${' '.repeat(100_000)}b\n< 150 ok\n< 226 ok\n`],
    ['brackets', () => `${LOGIN}< 227 ${'('.repeat(100_000)}\n< 229 ${'(|'.repeat(50_000)}\n`],
  ];
  it.each(extremes)('%s keep every promise', async (_, make) => {
    expect(await brokenPromise(latin1(make()), undefined, kinds)).toBeNull();
  });

  const setUp = (i: number) => `> EPSV\n< 229 Extended (|||${5000 + (i % 250)}|)\n`;
  const masked = (i: number) => `> PASV\n< 227 Entering Passive Mode (192,168,0,2,20,${i % 250})\n`;
  const manyTimes: readonly (readonly [string, (i: number) => string])[] = [
    ['aborted', (i) => `${setUp(i)}> RETR f${i}\n< 150 ok\n< 426 Connection closed; transfer aborted.\n`],
    ['failed for want of a data connection', (i) => `${masked(i)}> RETR f${i}\n< 150 ok\n< 425 Can't open it.\n`],
    ['resumed, and failed', (i) => `${masked(i)}> REST 9\n< 350 ok\n> RETR f${i % 3}\n< 150 ok\n< 451 error\n`],
    ['refused', (i) => `${setUp(i)}> RETR f${i}\n< 550 No such file\n`],
    ['refused for want of space', (i) => `${setUp(i)}> STOR same\n< 150 ok\n< 552 quota exceeded\n`],
    ['never answered', (i) => `${setUp(i)}> RETR f${i}\n`],
    ['listed', (i) => `> PORT 10,0,0,9,20,${i % 250}\n< 200 ok\n> LIST\n< 150 ok\n< 425 Can't build it\n`],
  ];
  // Where each transfer is compared with each other, one of these takes more than a minute.
  it.each(manyTimes)('8,000 transfers in one session, all %s, are judged in seconds', (_, dialogue) => {
    const text = LOGIN + Array.from({ length: 8_000 }, (_, i) => dialogue(i)).join('');
    const began = process.cpuUsage();
    const { sessions } = report(latin1(text));
    const { user } = process.cpuUsage(began);
    expect(sessions[0]!.transfers).toHaveLength(8_000);
    expect(user / 1e6).toBeLessThan(20);
  });

  it('a reply of a million lines is bounded', () => {
    const bytes = latin1(
      `${LOGIN}> FEAT\n< 211-Features\n${'<  MDTM\n'.repeat(1_000_000)}< 211 End\n> QUIT\n< 221 bye\n`,
    );
    const before = process.memoryUsage().rss;
    const { sessions } = report(bytes);
    expect(sessions).toHaveLength(1);
    expect(JSON.stringify(sessions).length).toBeLessThan(2 * limits.sessionBytes);
    expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000);
  });

  it('a line of 100 MB is read and redacted in bounded memory', () => {
    const analysis = new Analysis({}, { session: () => undefined, end: () => undefined });
    analysis.open({ path: 'a.log', sizeBytes: null, compression: null });
    const head = latin1(everyFormat.find(({ id }) => id === 'filezilla-server-0.9')!.samples[0]!.repeat(300));
    const chunk = latin1('x'.repeat(1_000_000));
    const before = process.memoryUsage().rss;
    analysis.push(head);
    for (let i = 0; i < 100; i++) analysis.push(chunk);
    analysis.close();
    analysis.end();
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
    expect(redactBytes(chunk).length).toBeLessThanOrEqual(1_048_576);
  });
});
