import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ftplib } from '../../../src/core/formats/ftplib.ts';
import { unescapeRepr } from '../../../src/core/formats/python-repr.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(`fixtures/ftplib/${name}`, 'utf8');

function eventsOf(text: string): string[] {
  const { events, unread } = scanText(ftplib, text);
  expect(unread).toEqual([]);
  return events;
}

describe('ftplib', () => {
  it('has the lines of a reply in one', () => {
    expect(
      eventsOf(fixture('debug-1-cut-v4.txt')).filter((event) => event.startsWith('1 ') || event.startsWith('11 ')),
    ).toEqual([
      '1 #0 Connected',
      '1 #0 ReplyPart 220 "--------- Welcome to Pure-FTPd [privsep] [TLS] ----------"',
      '1 #0 ReplyPart 220 "You are user number 1 of 15 allowed."',
      '1 #0 ReplyPart 220 "Local time is now 05:13. Server port: 3191."',
      '1 #0 ReplyPart 220 "This is a private system - No anonymous login"',
      '1 #0 Reply 220 "You will be disconnected after 60 seconds of inactivity."',
      '11 #0 ReplyPart 150 "Accepted data connection"',
      '11 #0 Reply 150 "58593.8 kbytes to download"',
    ]);
  });

  it('repeats itself at level 2, which counts once', () => {
    expect(eventsOf(fixture('debug-2-abort-v6.txt')).slice(-5)).toEqual([
      '19 #0 Command RETR "pub/big.bin"',
      '22 #0 Reply 150 "Opening BINARY mode data connection for pub/big.bin (60000000 bytes)."',
      '23 #0 Command ABOR',
      '24 #0 Note.ClientTimeout "abort exc TimeoutError(\'timed out\')"',
      '25 #0 Command QUIT',
    ]);
  });

  it('takes an exception for the connection that was at work', () => {
    expect(eventsOf(fixture('debug-1-tls-not-resumed.txt')).filter((event) => event.includes('Note.'))).toEqual([
      expect.stringMatching(/^18 #0 Note\.DataTlsFailed /),
    ]);
  });

  it('begins a session at each greeting', () => {
    const events = eventsOf("*resp* '220 a'\n*cmd* 'QUIT'\n*resp* '221 bye'\n*resp* '220 b'\n");
    expect(events.slice(-2)).toEqual(['4 #1 Connected', '4 #1 Reply 220 "b"']);
  });
});

describe('a Python literal', () => {
  it.each([
    [`'220 ready'`, '220 ready'],
    [`"can't"`, "can't"],
    [`b'ABOR\\r\\n'`, 'ABOR\r\n'],
    [`'a\\\\b \\xe9 \\u20ac \\U0001f600 \\'q\\''`, "a\\b é € 😀 'q'"],
    [`'cut off`, 'cut off'],
    ['220 ready', null],
  ])('%s', (literal, text) => {
    expect(unescapeRepr(literal)).toBe(text);
  });
});
