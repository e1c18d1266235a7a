import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { xferlog } from '../../../src/core/formats/xferlog.ts';
import { feedHostileLines } from './hostile-lines.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/xferlog/${name}`, import.meta.url), 'utf8');

function eventsOf(text: string): string[] {
  const { events, unread } = scanText(xferlog, text);
  expect(unread).toEqual([]);
  return events.map((event) => event.replace('2026-11-22T', '').replace('.000', ''));
}

describe('a line', () => {
  it('is a transfer that began as long ago as it took', () => {
    expect(eventsOf(fixture('vsftpd-incomplete-v6.log'))).toEqual([
      '1 #1 05:10:26 Note.LoginAccepted user=me@example.com peer=::1',
      '1 #1 05:10:11 Note.TransferStarted "/pub/big.bin" user=me@example.com peer=::1 value=0',
      '1 #1 05:10:11 Note.TransferType user=me@example.com peer=::1 value=1',
      '1 #1 05:10:26 Note.TransferFailed "/pub/big.bin" user=me@example.com peer=::1 value=4321280',
    ]);
  });

  it('may begin the day before', () => {
    const { events } = scanText(xferlog, 'Sun Nov 22 00:00:01 2026 3 192.0.2.7 9 /a b _ o r anna ftp 0 * c\n');
    expect(events[1]).toMatch(/^1 #1 2026-11-21T23:59:58\.000 Note\.TransferStarted/);
  });

  it('may hold blanks in path and user', () => {
    expect(
      eventsOf('Sun Nov  2 05:10:26 2026 0 host.example 5 /my own b _ o r.txt a _ i g Anna B c ftp 1 x c\r\n'),
    ).toEqual([
      '1 #1 2026-11-02T05:10:26 Note.LoginAccepted user=Anna B c peer=host.example',
      '1 #1 2026-11-02T05:10:26 Note.TransferStarted "/my own b _ o r.txt" user=Anna B c peer=host.example value=1',
      '1 #1 2026-11-02T05:10:26 Note.TransferType user=Anna B c peer=host.example value=0',
      '1 #1 2026-11-02T05:10:26 Note.TransferDone "/my own b _ o r.txt" user=Anna B c peer=host.example value=5',
    ]);
  });

  it('may tell of a file that was deleted', () => {
    expect(eventsOf('Sun Nov 22 05:10:26 2026 0 192.0.2.7 5 /a b _ d r anna ftp 0 * c\n').at(-1)).toBe(
      '1 #1 05:10:26 Note.Other "/a" user=anna peer=192.0.2.7',
    );
  });

  it.each([
    'Sun Nov 22 05:10:26 2026 0 192.0.2.7 5 /a b _ o r anna ftp 0 * x',
    'Sun Nov 22 05:10:26 2026 0 192.0.2.7 5 b _ o r anna ftp 0 * c',
    'Sun Nov 22 05:10:26 2026 x 192.0.2.7 5 /a b _ o r anna ftp 0 * c',
    'Sun Nov 22 05:10:26 2026 [pid 7] CONNECT: Client "192.0.2.7"',
    'Sun Nov 22 05:10:26 2026',
  ])('%j is none of xferlog', (text) => {
    expect(scanText(xferlog, `${text}\n`).unread).toEqual([text]);
  });

  it('may be anything', () => {
    expect(feedHostileLines(xferlog)).toEqual([]);
  });
});

describe('sessions', () => {
  const line = (time: string, host: string, user: string) =>
    `Sun Nov 22 ${time} 2026 0 ${host} 5 /a b _ o r ${user} ftp 0 * c\n`;
  const keysOf = (text: string) =>
    eventsOf(text)
      .filter((event) => /TransferDone|SessionOver/.test(event))
      .map((event) => `${event.split(' ')[1]} ${event.split(' ')[3]}`);

  it('are runs of lines of one peer and user, without long silence', () => {
    expect(
      keysOf(
        line('05:00:00', '192.0.2.7', 'anna') +
          line('05:10:00', '192.0.2.7', 'anna') +
          line('05:10:01', '192.0.2.7', 'bob') +
          line('05:10:02', '192.0.2.8', 'bob') +
          line('08:10:02', '192.0.2.8', 'bob'),
      ),
    ).toEqual([
      '#1 Note.TransferDone',
      '#1 Note.TransferDone',
      '#1 Note.SessionOver',
      '#2 Note.TransferDone',
      '#2 Note.SessionOver',
      '#3 Note.TransferDone',
      '#3 Note.SessionOver',
      '#4 Note.TransferDone',
    ]);
  });

  it('of a whole log have each line as a transfer', () => {
    const done = eventsOf(fixture('pure-ftpd.log')).filter((event) => event.includes('TransferDone'));
    expect(done).toHaveLength(16);
    expect(done[8]).toBe(
      '9 #1 05:12:52 Note.TransferDone "/home/user/ftp/upload/up-3191.txt" user=alice peer=127.0.0.1 value=500',
    );
    expect(eventsOf(fixture('proftpd-parallel.log')).filter((event) => event.includes('TransferDone'))).toHaveLength(3);
  });
});
