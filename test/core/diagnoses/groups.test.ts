import { expect, test } from 'vitest';
import { analyse, sessionLines } from './log-of-sessions.ts';

const EPSV = ['EPSV', '229 Entering Extended Passive Mode (|||50010|)'];
const DOWNLOAD = [
  ...EPSV,
  'TYPE I',
  '200 Type set to I',
  'RETR /a.txt',
  '150 Opening data channel for file download from server of "/a.txt"',
  '226 Successfully transferred "/a.txt"',
  'QUIT',
  '221 Goodbye',
];
const STALLED = [
  ...DOWNLOAD.slice(0, 6),
  '+300 426 Connection timed out, aborting transfer of "/a.txt"',
  '421 Connection timed out.',
];

/** A log of so many sessions, one after another. */
function logOf(sessions: number, peer: (n: number) => string, dialogue: (n: number) => readonly string[]): string {
  const ids = Array.from({ length: sessions }, (_, n) => n);
  return `${ids.flatMap((n) => sessionLines(n + 1, peer(n), dialogue(n))).join('\r\n')}\r\n`;
}

const ONE_PEER = () => '203.0.113.9';

test('a log of few sessions tells of each how EPSV came by its family', () => {
  const { findings } = analyse(logOf(3, ONE_PEER, () => DOWNLOAD));
  const found = findings.filter(({ id }) => id === 'epsv-default-family');
  expect(found.map(({ session }) => session)).toEqual(['s0-1', 's0-24', 's0-47']);
});

test('a log of many sessions tells it once, with their number and lines of the first', () => {
  const { findings, totals } = analyse(logOf(30, ONE_PEER, () => DOWNLOAD));
  const found = findings.filter(({ id }) => id === 'epsv-default-family');
  expect(found).toMatchObject([{ key: 'i0.epsv-default-family', session: null, severity: 'info' }]);
  expect(found[0]!.message).toMatch(/Seen in 30 of 30 sessions\.$/);
  expect(found[0]!.evidence.map(({ text }) => text)).toContain('EPSV');
  expect(totals.groups.find(({ id }) => id === 'epsv-default-family')).toMatchObject({ count: 30, sessions: 30 });
});

test('a group says that only one network is concerned, and that it always took as long', () => {
  const text = logOf(
    12,
    (n) => (n % 3 === 0 ? `198.51.100.${n + 1}` : `203.0.113.${n + 1}`),
    (n) => (n % 3 === 0 ? STALLED : DOWNLOAD),
  );
  const group = analyse(text).totals.groups.find(({ id }) => id === 'transfer-426-stall-timeout');
  expect(group).toMatchObject({ count: 4, sessions: 4, severity: 'error' });
  expect(group!.share).toBeCloseTo(1 / 3);
  expect(group!.note).toMatch(/^only peers in 198\.51\.100\.0\/24; always after 5 min/);
});

test('nothing is said of a network where every session comes from it', () => {
  const group = analyse(logOf(6, ONE_PEER, () => STALLED)).totals.groups.find(
    ({ id }) => id === 'transfer-426-stall-timeout',
  );
  expect(group!.note).not.toMatch(/only peers/);
});

test('what many logins together were is a group, and the verdict tells it', () => {
  const lines = Array.from({ length: 30 }, (_, n) =>
    [
      'Connected on port 21, sending welcome message...',
      '220 Ready',
      `USER ${['root', 'admin', 'www'][n % 3]}`,
      '331 Password required',
      'PASS ****',
      '530 Login or password incorrect!',
      'disconnected.',
    ].map((text) => `(${n + 1}) 14.03.2019 10:0${n % 10}:00 - (not logged in) (203.0.113.9)> ${text}`),
  );
  const { totals } = analyse(lines.flat().join('\r\n'));
  expect(totals.groups.find(({ id }) => id === 'brute-force-suspected')).toMatchObject({
    severity: 'warning',
    count: 1,
    sessions: 0,
    keys: ['brute-force-suspected.1'],
  });
  expect(totals.verdict).toBe(
    '30 sessions, no transfer. Most often: login-wrong-credentials, in 30 sessions. 30 failed logins from 203.0.113.9 with 3 user names within 9 min.',
  );
});
