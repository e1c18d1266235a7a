import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Analysis } from '../src/core/analysis.ts';
import { limits } from '../src/core/limits.ts';
import { analyse } from '../src/index.ts';

const read = (path: string) => analyse([{ path, bytes: readFileSync(`fixtures/bugs/${path}`) }]);

it('a file named like HTML keeps its name', () => {
  const { inputs, sessions } = read('file-named-like-html/server.log');
  expect(inputs[0]!.transcripts[0]!.repairs).toEqual([]);
  expect(sessions[0]!.transfers[0]!.path).toBe('<img src=x onerror=alert(1)>&amp;.bin');
});

it('refused logins are told with their names, and with what came before and after', () => {
  const message = (file: string) =>
    read(`logins-of-many-names/${file}`).findings.find(({ id }) => id === 'login-wrong-credentials')?.message;
  expect(message('refused.log')).toBe(
    '3 logins under 3 names, the last one "carl", were refused: "530 Login or password incorrect!". Most likely the name or the password was wrong.',
  );
  expect(message('accepted-before.log')).toBe(
    '2 logins under 2 names, the last one "carl", were refused: "530 Login or password incorrect!". The login before it was accepted.',
  );
  expect(message('accepted-later.log')).toBe(
    'The login of "anna" was refused 2 times: "530 Login or password incorrect!"; a later try was accepted.',
  );
});

it('what the limits of memory leave out is said', () => {
  const line = (id: number, text: string) => `(${id}) 14.03.2019 10:00:00 - anna (203.0.113.9)> ${text}\n`;
  const told = (text: string) => {
    const said: string[] = [];
    const analysis = new Analysis(
      { complain: (message) => said.push(message) },
      { session: () => undefined, end: () => undefined },
    );
    analysis.open({ path: 'a.log', sizeBytes: null, compression: null });
    analysis.push(new TextEncoder().encode(text));
    analysis.close();
    return said;
  };
  const clean = Array.from({ length: 2_000 }, (_, i) => line(i, 'NOOP')).join('');
  expect(told(clean)).toEqual([]);
  expect(told(clean + line(1, `RETR ${'x'.repeat(limits.lineBytes + 100)}`))).toEqual([
    expect.stringMatching(/^a\.log: [\d,]+ bytes of overlong lines were left out$/),
  ]);
  expect(told(Array.from({ length: limits.openSessions + 1 }, (_, i) => line(i, 'NOOP')).join(''))).toEqual([
    expect.stringMatching(/^a\.log: more than [\d,]+ sessions were open at once; [\d,]+ sessions silent/),
  ]);
  expect(told(line(1, 'NOOP').repeat(limits.sessionEvents + 1))).toEqual([
    'a.log: 1 session went on beyond what is kept of one; what came after that is not told',
  ]);
});

it('a session too long to be kept whole has a gap inside, and no cut end', () => {
  const text = `< 220 ready\n> USER anna\n< 331 pw\n> PASS x\n< 230 ok\n${'> NOOP\n< 200 ok\n'.repeat(limits.sessionEvents / 2)}> NOOP\n`;
  const { sessions } = analyse([{ path: 'a', bytes: new TextEncoder().encode(text) }]);
  expect(sessions[0]!.gaps).toEqual(['middle']);
});
