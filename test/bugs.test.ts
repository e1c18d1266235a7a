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

it('a transfer that ProFTPD logs by its 150 and by its 426 is one, and when it began is not told', () => {
  const { sessions } = read('proftpd-transfer-in-two-lines/extended.log');
  expect(sessions[0]!.transfers).toMatchObject([
    { outcome: 'aborted', finalCode: 426, transferredBytes: 4255744, durationMs: null, attempt: 1 },
    { outcome: 'completed', finalCode: 226, transferredBytes: 9000000, attempt: 2 },
  ]);
  // Its replies have no text here: what port they named is not known, which is not the same as a port that cannot be used.
  expect(sessions[0]!.dataConnections.map(({ outcome }) => outcome)).toEqual(['used', 'used']);
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

const findingIn = (path: string, id: string) => read(path).findings.find((finding) => finding.id === id);

it('the log that is at hand is not asked for, and a listing is not resumed', () => {
  const [file, listing] = read('log-already-at-hand/client.txt').findings.filter(
    ({ id }) => id === 'transfer-426-undetermined',
  );
  expect(file!.message).toMatch(/aborted", with 24,288 bytes of 60,000,000 bytes \(less than 1 %\)\./);
  expect(file!.remedies.map(({ side }) => side)).toEqual(['server', 'client']);
  expect(listing!.remedies.map(({ side }) => side)).toEqual(['server']);
});

it('an address that worked is not blamed for a transfer that was refused', () => {
  expect(findingIn('address-that-worked/server.log', 'pasv-private-address')).toMatchObject({
    severity: 'warning',
    dataConnection: 0,
    message: expect.stringContaining('It worked here'),
  });
});

it('nothing is caused by what came after it', () => {
  const { findings, sessions } = read('cause-after-its-effect/server.log');
  const byId = (wanted: string) => findings.find(({ id }) => id === wanted)!;
  expect(byId('data-setup-missing').causedBy).toBeNull();
  expect(byId('active-mode-refused').causedBy).toBe(byId('port-malformed').key);
  expect(byId('data-connection-never-arrived').message).toContain('the client sent RETR and went away');
  expect(
    byId('data-connection-never-arrived')
      .remedies.map(({ text }) => text)
      .join(),
  ).not.toContain('227');
  expect(sessions[0]!.port.port).toBeNull();
});

it('a server of a product without advice of its own gets that of no other', () => {
  const sides = findingIn('advice-for-another-server/client.txt', 'cleartext-login')!.remedies.map(({ side }) => side);
  expect(sides).toEqual(['client', 'server']);
});

it('a client that did connect is not said to be unable to', () => {
  const finding = findingIn('connected-but-never-arrived/client.txt', 'data-connection-never-arrived')!;
  expect(finding.message).toMatch(/^The client reached port 54181 after EPSV/);
  expect(finding.cause.certainty).toBe('possible');
  expect(finding.wouldDecide).not.toContain("client's transcript");
});

it('a reset upload may be the doing of the server', () => {
  const finding = findingIn('ended-upload/client.txt', 'transfer-426-undetermined')!;
  expect(finding.message).toContain('when it gives an upload up');
  expect(finding.cause).toEqual({ side: 'unknown', certainty: 'possible' });
});

it('a client that waits for the server in active mode is told so, with the message that fits', () => {
  const { findings, sessions } = read('active-mode-in-vain/client.txt');
  const cause = findings.find(({ id }) => id === 'active-connect-failed')!;
  expect(findings.find(({ id }) => id === 'client-inactivity-timeout')!.causedBy).toBe(cause.key);
  expect(sessions[0]!.transfers[0]!.clientError).toEqual({
    line: 18,
    code: 28,
    text: 'Operation timed out after 60000 milliseconds with 0 bytes received',
  });
});

it('no transfer is completed by a reply to a login', () => {
  expect(read('login-reply-in-mixed-lines/client.txt').sessions[0]!.transfers[0]).toMatchObject({
    outcome: 'unfinished',
    finalCode: null,
  });
});

it('a log of FileZilla Server 0.9 is read without its dates', () => {
  const { inputs, sessions } = read('dates-cut-out/server.log');
  expect(inputs[0]!.transcripts[0]).toMatchObject({ format: 'filezilla-server-0.9', unreadLines: 0 });
  expect(sessions[0]).toMatchObject({ user: 'anna', startedAt: null, end: 'quit', epsv: { attempts: 0 } });
  expect(sessions[0]!.transfers[0]!.outcome).toBe('completed');
});

it('joined lines of FileZilla Server 1.x without session and date are taken apart', () => {
  const { inputs, sessions } = read('joined-bare-server-lines/server.log');
  expect(inputs[0]!.transcripts[0]!.repairs).toEqual(['joined-lines']);
  expect(sessions.map(({ transfers }) => transfers.map(({ outcome }) => outcome))).toEqual([['completed']]);
});

it('what one line of a paste says is shown in the order in which it happened', () => {
  const joined = readFileSync('fixtures/seed/filezilla-server.log', 'utf8').trimEnd().replaceAll(/\r?\n/g, ' ');
  const { findings } = analyse([{ path: 'a', bytes: new TextEncoder().encode(joined) }]);
  expect(findings.find(({ id }) => id === 'transfer-426-undetermined')!.evidence.map(({ text }) => text)).toEqual([
    'RETR c2900-universalk9-mz.SPA.152-1.T.bin',
    '150 Connection accepted',
    '426 Connection closed; transfer aborted.',
  ]);
});

it('a certificate is refused in words, not by the name of an alert', () => {
  const path = 'fixtures/diagnoses/tls-certificate-untrusted/hit-alert-before-words.txt';
  const { findings } = analyse([{ path, bytes: readFileSync(path) }]);
  expect(findings.find(({ id }) => id === 'tls-certificate-untrusted')!.message).toMatch(
    /"self-signed certificate"\.$/,
  );
});
