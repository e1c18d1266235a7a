import { expect, test } from 'vitest';
import { analyse, sessionLines } from './log-of-sessions.ts';

const START = ['EPSV', '229 Entering Extended Passive Mode (|||50010|)', 'TYPE I', '200 Type set to I'];
const RETR = ['RETR /a.txt', '150 Opening data channel for file download from server of "/a.txt"'];
const DONE = '226 Successfully transferred "/a.txt"';
const BROKEN = '+58 426 Connection closed; aborted transfer of "/a.txt"';
const verdictOf = (dialogue: readonly string[]) =>
  analyse(sessionLines(1, '203.0.113.9', dialogue).join('\n')).totals.verdict;

test('a session in which all went well says so', () => {
  expect(verdictOf([...START, ...RETR, DONE, 'QUIT', '221 Goodbye'])).toBe('1 transfer completed, nothing went wrong.');
});

test('the only transfer is told with its reply and how long it ran, then why', () => {
  const verdict = verdictOf([
    ...START,
    ...RETR,
    BROKEN,
    '+1 PWD',
    '257 "/" is current directory.',
    'QUIT',
    '221 Goodbye',
  ]);
  expect(verdict).toMatch(/^1 of 1 transfers was aborted: 426 after 58 s\. The download of "\/a\.txt" broke off/);
  expect(verdict).toMatch(/the client closed the data connection without ABOR/);
});

test('several transfers are counted', () => {
  const again = ['EPSV', '229 Entering Extended Passive Mode (|||50011|)'];
  const verdict = verdictOf([
    ...START,
    ...RETR,
    DONE,
    ...again,
    'RETR /b.txt',
    '550 File not found',
    'QUIT',
    '221 Goodbye',
  ]);
  expect(verdict).toMatch(/^1 of 2 transfers failed\. "\/b\.txt" does not exist/);
});

test('a text without a dialogue has its own verdict', () => {
  expect(analyse('').totals.verdict).toBe('No FTP dialogue was found.');
});

test('what is wrong with data connections goes before what is wrong with one file', () => {
  const verdict = verdictOf([
    ...START,
    'RETR /gone.txt',
    '550 File not found',
    'EPSV',
    '229 Entering Extended Passive Mode (|||50011|)',
    'LIST',
    "+10 425 Can't open data connection.",
    'QUIT',
    '221 Goodbye',
  ]);
  expect(verdict).toMatch(/^2 of 2 transfers failed\. The server offered port 50011 by EPSV/);
});

test('a client that complains is heard, in several sessions too', () => {
  const { verdict } = analyse(
    [
      '< 220 ready',
      '> USER anna',
      '< 331 password',
      '> PASS x',
      '< 230 ok',
      '* Uploading to a URL without a file name!',
      '* Closing connection 0',
      '*   Trying 127.0.0.1:21...',
      '* Connected to 127.0.0.1 (127.0.0.1) port 21 (#1)',
      '< 220 ready',
      '> USER anna',
      '< 331 password',
      '> PASS x',
      '< 230 ok',
      '> EPSV',
      '< 229 Entering Extended Passive Mode (|||50011|)',
      '> RETR a',
      '< 150 Opening',
      '< 226 done',
      '* Closing connection 1',
    ].join('\n'),
  ).totals;
  expect(verdict).toMatch(/^1 transfer completed in 2 sessions\. .*"Uploading to a URL without a file name!"\.$/);
});
