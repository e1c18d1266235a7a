import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { iisW3c } from '../../../src/core/formats/iis-w3c.ts';
import { feedHostileLines } from './hostile-lines.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/iis-w3c/${name}`, import.meta.url), 'utf8');

function eventsOf(text: string): string[] {
  const { events, unread } = scanText(iisW3c, text);
  expect(unread).toEqual([]);
  return events.map((event) => event.replace('2026-11-22T', '').replace('.000', ''));
}

const PASTED = '2026-11-22 05:15:00 192.0.2.7 - 192.0.2.1 21';
const ID = '6f1c2b60-93ab-4f43-9d0a-0c7f4be1a001';

describe('IIS 7 and later', () => {
  it('name a session by a GUID, print commands with their last reply, and open and close channels', () => {
    const user = 'user=HOST\\anna peer=192.0.2.7';
    expect(eventsOf(fixture('iis-10.log'))).toEqual([
      '5 #1 05:15:00 Connected peer=192.0.2.7 address=192.0.2.1 port=21',
      '6 #1 05:15:00 Command USER "anna" peer=192.0.2.7',
      '6 #1 05:15:00 Reply 331 peer=192.0.2.7',
      `7 #1 05:15:00 Command PASS ${user}`,
      `7 #1 05:15:00 Reply 230 ${user}`,
      `8 #1 05:15:01 Command PASV ${user}`,
      `8 #1 05:15:01 Reply 227 ${user}`,
      `9 #1 05:15:01 Note.DataConnected ${user} address=192.0.2.1 port=50123`,
      `10 #1 05:15:09 Note.DataBroken "64" ${user} value=64 failure=3`,
      `11 #1 2026-11-22 Command RETR "my big.bin" ${user}`,
      `11 #1 05:15:09 Reply 426 ${user}`,
      `11 #1 05:15:09 Note.ServerError "64" ${user} value=64 failure=3`,
      `12 #1 05:15:10 Command QUIT ${user}`,
      `12 #1 05:15:10 Reply 221 ${user}`,
      `13 #1 05:15:10 Disconnected ${user}`,
    ]);
  });

  it('are read without their header, as people paste them', () => {
    expect(eventsOf(`${PASTED} USER anna 331 0 0 ${ID} -\r\n`)).toEqual([
      '1 #1 05:15:00 Command USER "anna" peer=192.0.2.7',
      '1 #1 05:15:00 Reply 331 peer=192.0.2.7',
    ]);
  });

  it('do not tell the port of an active data connection', () => {
    expect(
      eventsOf(
        `${PASTED} PORT 192,0,2,7,4,1 200 0 0 ${ID} -\n${PASTED.slice(0, -2)}20 DataChannelOpened - - 0 0 ${ID} -\n`,
      ).at(-1),
    ).toBe('2 #1 05:15:00 Note.DataConnected peer=192.0.2.7');
  });

  it('are read by the columns that the header names, also when these change', () => {
    expect(
      eventsOf(
        `#Fields: date time cs-method cs-uri-stem sc-status sc-bytes cs-bytes time-taken c-ip
2026-11-22 05:15:09 RETR a 226 700 12 3000 2001:db8::7
#Fields: time date c-ip cs-method cs-uri-stem sc-status
05:15:10 2026-11-22 2001:db8::7 EPSV - 229
`,
      ),
    ).toEqual([
      '2 #1 05:15:06 Command RETR "a" peer=2001:db8::7',
      '2 #1 05:15:09 Reply 226 peer=2001:db8::7',
      '2 #1 05:15:09 Note.TransferredBytes peer=2001:db8::7 value=700~',
      '4 #1 05:15:10 Command EPSV peer=2001:db8::7',
      '4 #1 05:15:10 Reply 229 peer=2001:db8::7',
    ]);
  });

  it('print UTC', () => {
    expect(scanText(iisW3c, fixture('iis-10.log')).scanner.clock).toEqual({
      date: 'full',
      resolutionMs: 1000,
      zone: 'Z',
      order: 'ymd',
      basis: 'unambiguous',
    });
  });
});

describe('IIS 5 and 6', () => {
  it('glue the number of the session to the method, and use it again', () => {
    expect(eventsOf(fixture('iis-6.log')).map((event) => event.replace(/ peer=.*/, ''))).toEqual([
      '5 #1 05:15:00 Connected',
      '5 #1 05:15:00 Command USER "anna"',
      '5 #1 05:15:00 Reply 331',
      '6 #1 05:15:00 Command PASS',
      '6 #1 05:15:00 Reply 230',
      '7 #1 2026-11-22 Command STOR "/new.bin"',
      '7 #1 05:15:09 Reply 226',
      '8 #1 2026-11-22 Command RETR "/new.bin"',
      '8 #1 05:15:09 Reply 426',
      '9 #2 05:15:09 Connected',
      '9 #2 05:15:09 Command USER "bob"',
      '9 #2 05:15:09 Reply 331',
      '10 #1 05:15:10 Command QUIT',
      '10 #1 05:15:10 Reply 226',
      '10 #1 05:15:10 Note.SessionOver',
      '11 #2 05:15:11 Reply 421',
      '11 #2 05:15:11 Disconnected',
      '12 #3 05:15:20 Connected',
      '12 #3 05:15:20 Command USER "bob"',
      '12 #3 05:15:20 Reply 331',
    ]);
  });
});

it.each([
  '#Software: Pure-FTPd 1.0.50',
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port c-ip cs(User-Agent) sc-status',
  `${PASTED} USER anna 331 0 0 not-a-guid -`,
  '2026-11-22 05:15:00',
])('%j is none of the FTP service of IIS', (text) => {
  expect(scanText(iisW3c, `${text}\n`).unread).toEqual([text]);
});

it('reads whatever comes', () => {
  expect(feedHostileLines(iisW3c)).toEqual([]);
});
