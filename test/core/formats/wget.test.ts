import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wget } from '../../../src/core/formats/wget.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(`fixtures/wget/${name}`, 'utf8');

function eventsOf(text: string): string[] {
  const { events, unread } = scanText(wget, text);
  expect(unread).toEqual([]);
  return events;
}

describe('wget', () => {
  it('shows steps without replies, and what they led to', () => {
    expect(eventsOf(fixture('plain-v4.txt'))).toEqual([
      '3 #0 Note.ConnectAttempt address=127.0.0.1 port=2121',
      '3 #0 Connected',
      '4 #0 Note.LoginAccepted "Logging in as alice ... Logged in!" user=alice',
      '5 #0 Command SYST',
      '5 #0 Command PWD',
      '6 #0 Command TYPE "I"',
      '6 #0 Command CWD "/pub"',
      '7 #0 Command SIZE "medium.bin"',
      '7 #0 Note.AnnouncedBytes value=300000',
      '8 #0 Command PASV',
      '8 #0 Command RETR "medium.bin"',
      '9 #0 Note.AnnouncedBytes "Length: 300000 (293K) (unauthoritative)" value=300000',
      '18 #0 2026-11-22T05:20:56.000 Note.TransferDone value=300000',
    ]);
  });

  it('shows each command once with -d, which prints the step as well', () => {
    const commands = eventsOf(fixture('debug-active-v4.txt')).filter((event) => event.includes(' Command '));
    expect(commands).toEqual([
      '16 #0 Command USER "alice"',
      '20 #0 Command PASS',
      '25 #0 Command SYST',
      '31 #0 Command PWD',
      '36 #0 Command TYPE "I"',
      '41 #0 Command SIZE "hello.txt"',
      '50 #0 Command PORT "127,0,0,1,129,111"',
      '54 #0 Command RETR "hello.txt"',
    ]);
  });

  it('drops the made-up password of -S', () => {
    expect(eventsOf(fixture('server-response-v4.txt'))).toContain('9 #0 Command PASS');
  });

  it('says that the login failed', () => {
    expect(eventsOf(fixture('debug-badlogin-v6.txt')).slice(-3)).toEqual([
      '24 #0 Reply 530 "Login incorrect."',
      '26 #0 Note.LoginRefused "Login incorrect."',
      '27 #0 Disconnected',
    ]);
  });

  it.each([
    ['ftp.example.net (ftp.example.net)|192.0.2.10|:21', '192.0.2.10 port=21'],
    ['ftp.example.net|2001:db8::10|:2121', '2001:db8::10 port=2121'],
    ['[2001:db8::10]:21', '2001:db8::10 port=21'],
  ])('connects to %s', (target, address) => {
    expect(eventsOf(`Connecting to ${target}... failed: Connection refused.\n`)).toEqual([
      `1 #0 Note.ConnectAttempt address=${address}`,
      `1 #0 Note.ConnectFailed address=${address} failure=2`,
    ]);
  });

  it('has a cut download before it tries again', () => {
    expect(
      eventsOf(`--2026-11-22 05:17:15--  ftp://192.0.2.10/big.bin
Connecting to 192.0.2.10:21... connected.
2026-11-22 05:17:16 (344 MB/s) - Data connection: Connection reset by peer; 
426 Connection closed; transfer aborted.
Data transfer aborted.
Retrying.

--2026-11-22 05:17:17--  ftp://192.0.2.10/big.bin
  (try: 2) => 'big.bin'
==> CWD not required.
==> PASV ... couldn't connect to 192.0.2.10 port 4021: Connection timed out
`).slice(2),
    ).toEqual([
      '3 #0 2026-11-22T05:17:16.000 Note.DataBroken "Data connection: Connection reset by peer" failure=3',
      '4 #0 Reply 426 "Connection closed; transfer aborted."',
      '5 #0 Note.TransferFailed "Data transfer aborted."',
      '11 #0 Command PASV',
      expect.stringMatching(/^11 #0 Note\.DataFailed .* failure=1$/),
    ]);
  });
});
