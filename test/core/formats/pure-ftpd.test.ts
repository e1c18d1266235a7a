import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pureFtpd } from '../../../src/core/formats/pure-ftpd.ts';
import { feedHostileLines } from './hostile-lines.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/pure-ftpd/${name}`, import.meta.url), 'utf8');

function eventsOf(text: string): string[] {
  const { events, unread } = scanText(pureFtpd, text);
  expect(unread).toEqual([]);
  return events.map((event) => event.replace('2026-11-22T', '').replace('.000', ''));
}

describe('in syslog', () => {
  const line = (name: string, rest: string) => `Nov 22 05:12:56 host pure-ftpd: (${name}) ${rest}\n`;
  const keysOf = (text: string) => eventsOf(text).map((event) => event.split(' ')[1]);

  it('a session goes on under the name of who logged in', () => {
    expect(
      eventsOf(
        line('?@192.0.2.7', '[INFO] New connection from 192.0.2.7') +
          line('?@192.0.2.7', '[INFO] bob@example.com is now logged in') +
          line('bob@example.com@192.0.2.7', '[NOTICE] /srv//big (1).bin downloaded  (49152 bytes, 13355.00KB/sec)') +
          line('bob@example.com@192.0.2.7', '[INFO] Logout.') +
          line('?@192.0.2.7', '[INFO] New connection from 192.0.2.7'),
      ),
    ).toEqual([
      '1 #1 05:12:56 Connected peer=192.0.2.7',
      '2 #1 05:12:56 Note.LoginAccepted user=bob@example.com peer=192.0.2.7',
      '3 #1 05:12:56 Note.TransferStarted "/srv//big (1).bin" user=bob@example.com peer=192.0.2.7 value=0',
      '3 #1 05:12:56 Note.TransferDone "/srv//big (1).bin" user=bob@example.com peer=192.0.2.7 value=49152',
      '4 #1 05:12:56 Disconnected user=bob@example.com peer=192.0.2.7',
      '5 #2 05:12:56 Connected peer=192.0.2.7',
    ]);
  });

  it('the process tells sessions apart where it is printed', () => {
    expect(
      keysOf(
        `Nov 22 05:12:56 host pure-ftpd[7]: (?@192.0.2.7) [INFO] New connection from 192.0.2.7
Nov 22 05:12:56 host pure-ftpd[8]: (?@192.0.2.7) [INFO] New connection from 192.0.2.7
Nov 22 05:12:56 host pure-ftpd[7]: (?@192.0.2.7) [INFO] anna is now logged in
Nov 22 05:12:56 host pure-ftpd[8]: (?@192.0.2.7) [WARNING] Authentication failed for user [anna]
Nov 22 05:12:56 host pure-ftpd[7]: (anna@192.0.2.7) [INFO] Logout.
`,
      ),
    ).toEqual(['#1', '#2', '#1', '#2', '#1']);
  });

  it('a name that appears without a login takes over the nameless session', () => {
    expect(
      keysOf(
        line('?@192.0.2.7', '[INFO] New connection from 192.0.2.7') +
          line('ftp@192.0.2.7', '[NOTICE] /a uploaded  (1 bytes, 1.00KB/sec)'),
      ),
    ).toEqual(['#1', '#1', '#1']);
  });

  it('commands are shown without replies: a transfer is what its notice says', () => {
    const events = eventsOf(fixture('syslog-commands.log'));
    expect(events.slice(-3)).toEqual([
      '10 #1 05:13:10 Command RETR "big.bin" user=alice peer=127.0.0.1',
      '11 #1 05:13:10 Note.TransferDone "/home/user/ftp//pub/big.bin" user=alice peer=127.0.0.1 value=1851397',
      '12 #1 05:13:10 Disconnected user=alice peer=127.0.0.1',
    ]);
    expect(events[2]).toBe('3 #1 05:13:07 Command PASS peer=127.0.0.1');
  });

  it('replies are shown: the notice proves bytes alone, and the reply to QUIT follows the logout', () => {
    const events = eventsOf(fixture('syslog-replies-tls.log'));
    expect(events.filter((event) => /Tls|Transfer/.test(event)).map((event) => event.split('"')[0]!.trim())).toEqual([
      '11 #1 05:13:02 Note.TlsConnected',
      '11 #1 05:13:02 Note.TlsVersion',
      '11 #1 05:13:02 Note.TlsCipher',
      '33 #1 05:13:02 Note.DataTlsConnected',
      '33 #1 05:13:02 Note.TlsVersion',
      '33 #1 05:13:02 Note.TlsCipher',
      '34 #1 05:13:02 Note.TransferredBytes',
    ]);
    expect(events.slice(-3).map((event) => event.split(' ').slice(1, 4).join(' '))).toEqual([
      '#1 05:13:02 Disconnected',
      '#1 05:13:02 ReplyPart',
      '#1 05:13:02 Reply',
    ]);
  });

  it('each line of a reply has the code', () => {
    const events = eventsOf(fixture('syslog-replies-quota.log'));
    expect(events.filter((event) => event.includes(' 552 ')).map((event) => event.split(' ')[3])).toEqual([
      'ReplyPart',
      'ReplyPart',
      'ReplyPart',
      'Reply',
      'Reply',
    ]);
  });

  it('dates have no year', () => {
    expect(scanText(pureFtpd, fixture('syslog-commands.log')).scanner.clock.date).toBe('no-year');
  });
});

describe('the transfer logs', () => {
  it('in the Common Log Format', () => {
    expect(eventsOf(fixture('clf.log')).slice(-2)).toEqual([
      '4 #16777216 05:15:13 Note.TransferStarted "/home/user/ftp/upload/with%20space.txt" user=alice peer=127.0.0.1 value=1',
      '4 #16777216 05:15:13 Note.TransferDone "/home/user/ftp/upload/with%20space.txt" user=alice peer=127.0.0.1 value=12',
    ]);
  });

  it('with statistics, which name sessions', () => {
    const events = eventsOf(fixture('stats.log'));
    expect(events.slice(2, 4)).toEqual([
      '2 #33554433 05:15:15 Note.TransferStarted "/home/user/ftp/pub/big.bin" user=alice peer=127.0.0.1 value=0',
      '2 #33554433 05:15:17 Note.TransferDone "/home/user/ftp/pub/big.bin" user=alice peer=127.0.0.1 value=6176737',
    ]);
    expect(events.at(-1)).toContain('"/home/user/ftp/upload/with space.txt"');
  });

  it('as W3C fields', () => {
    expect(
      eventsOf(
        `#Software: Pure-FTPd 1.0.50
#Version: 1.0
#Date: 2026-11-22 05:15:00
#Fields:date time c-ip cs-method cs-uri-stem sc-status cs-username sc-bytes
2026-11-22 05:15:09 192.0.2.7 []sent /srv/big.bin 226 anna 5914595
2026-11-22 05:15:10 192.0.2.7 []created /srv/new.bin 226 anna 12
`,
      ).filter((event) => event.includes('TransferDone')),
    ).toEqual([
      '5 #16777216 05:15:09 Note.TransferDone "/srv/big.bin" user=anna peer=192.0.2.7 value=5914595',
      '6 #16777216 05:15:10 Note.TransferDone "/srv/new.bin" user=anna peer=192.0.2.7 value=12',
    ]);
  });

  it.each([
    '192.0.2.7 - anna [22/Nov/2026:05:15:09 -0000] "GET /index.html HTTP/1.1" 200 12',
    '192.0.2.7 - anna [22/Nov/2026:05:15:09 -0000] "RETR /srv/big.bin" 226 12',
    '1795324517 6b027a62 anna 192.0.2.7 D 6176737 2 /srv/big.bin',
    '#Software: Microsoft Internet Information Services 10.0',
    'Nov 22 05:12:56 host pure-ftpd: hello',
    'Nov 22 05:12:56 host proftpd[1]: (anna@192.0.2.7) [INFO] Logout.',
  ])('%j is none of Pure-FTPd', (text) => {
    expect(scanText(pureFtpd, `${text}\n`).unread).toEqual([text]);
  });
});

it('reads whatever comes', () => {
  expect(feedHostileLines(pureFtpd)).toEqual([]);
});
