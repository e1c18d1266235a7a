import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pyftpdlib } from '../../../src/core/formats/pyftpdlib.ts';
import { feedHostileLines } from './hostile-lines.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/pyftpdlib/${name}`, import.meta.url), 'utf8');

function eventsOf(text: string): string[] {
  const { events, unread } = scanText(pyftpdlib, text);
  expect(unread).toEqual([]);
  return events.map((event) => event.replace('2026-11-22T', '').replace('.000', ''));
}

describe('at level INFO', () => {
  it('a transfer is logged when it is done, and began that long before', () => {
    expect(
      eventsOf(
        `[I 2026-11-22 05:15:18] ::1:35456-[] FTP session opened (connect)
[I 2026-11-22 05:15:18] ::1:35456-[anna] USER 'anna' logged in.
[I 2026-11-22 05:15:21] ::1:35456-[anna] RETR /srv/my file.bin completed=0 bytes=4456448 seconds=2.992
[I 2026-11-22 05:15:21] ::1:35456-[anna] FTP session closed (disconnect).
`,
      ),
    ).toEqual([
      '1 #1 05:15:18 Connected peer=::1',
      '2 #1 05:15:18 Note.LoginAccepted user=anna peer=::1',
      '3 #1 05:15:19 Command RETR "/srv/my file.bin" user=anna peer=::1',
      '3 #1 05:15:21 Note.TransferFailed "RETR /srv/my file.bin completed=0 bytes=4456448 seconds=2.992" user=anna peer=::1 value=4456448',
      '4 #1 05:15:21 Disconnected "FTP session closed (disconnect)." user=anna peer=::1',
    ]);
  });

  it('some commands are logged with their result', () => {
    expect(
      eventsOf(
        `[I 2026-11-22 05:15:18] 192.0.2.7:1-[anna] CWD /srv/a 250
[I 2026-11-22 05:15:18] 192.0.2.7:1-[anna] MKD /srv/a 550 'File exists.'
[I 2026-11-22 05:15:18] 192.0.2.7:1-[anna] Control connection timed out.
`,
      ),
    ).toEqual([
      '1 #1 05:15:18 Command CWD "/srv/a" user=anna peer=192.0.2.7',
      '1 #1 05:15:18 Reply 250 user=anna peer=192.0.2.7',
      '2 #1 05:15:18 Command MKD "/srv/a" user=anna peer=192.0.2.7',
      `2 #1 05:15:18 Reply 550 "'File exists.'" user=anna peer=192.0.2.7`,
      '3 #1 05:15:18 Note.ServerError "Control connection timed out." user=anna peer=192.0.2.7 failure=1',
    ]);
  });

  it('a failed login names who tried', () => {
    expect(eventsOf("[I 2026-11-22 05:16:02] 192.0.2.7:42706-[] USER 'mal'lory' failed login.\n")).toEqual([
      "1 #1 05:16:02 Note.LoginRefused user=mal'lory peer=192.0.2.7",
    ]);
  });

  it('a whole session', () => {
    expect(eventsOf(fixture('info-v4.log')).map((event) => event.split(' ')[3])).toEqual([
      'Connected',
      'Note.LoginAccepted',
      'Command',
      'Note.TransferDone',
      'Disconnected',
    ]);
  });
});

describe('at level DEBUG', () => {
  it('commands and replies are shown, and a result that contradicts them', () => {
    const events = eventsOf(fixture('debug-abort-v4.log'));
    expect(events).toContain('5 #1 05:16:22 Command PASS peer=127.0.0.1');
    expect(events).toContain(
      '13 #1 05:16:22 Reply 229 "Entering extended passive mode (|||3170|)." user=alice peer=127.0.0.1',
    );
    expect(events.slice(-3).map((event) => event.slice(0, 40))).toEqual([
      '21 #1 05:16:22 Reply 125 "Data connectio',
      '26 #1 05:16:25 Note.TransferFailed "RETR',
      '27 #1 05:16:25 Disconnected "FTP session',
    ]);
  });

  it('times have milliseconds, or not', () => {
    const { events, scanner } = scanText(pyftpdlib, fixture('debug-data-timeout.log'));
    expect(events[0]).toBe('1 #1 2026-11-22T05:21:17.076 Connected peer=127.0.0.1');
    expect(scanner.clock).toEqual({ date: 'full', resolutionMs: 1, zone: null, order: 'ymd', basis: 'unambiguous' });
  });
});

describe('a line', () => {
  it('may be coloured, and have the head of another set-up', () => {
    expect(
      eventsOf(
        `\u001b[32m[I 2026-11-22 05:15:18]\u001b[0m 192.0.2.7:1-[] FTP session opened (connect)
2026-11-22 05:15:19,000 - INFO - 192.0.2.7:2-[] FTP session opened (connect)
INFO:pyftpdlib:192.0.2.7:3-[] FTP session opened (connect)
`,
      ),
    ).toEqual([
      '1 #1 05:15:18 Connected peer=192.0.2.7',
      '2 #2 05:15:19 Connected peer=192.0.2.7',
      '3 #3 Connected peer=192.0.2.7',
    ]);
  });

  it('may speak of the server', () => {
    expect(eventsOf('[I 2026-11-22 05:15:00] >>> starting FTP server on :::2121, pid=7 <<<\n')).toEqual([
      '1 05:15:00 Note.ServerStarted ">>> starting FTP server on :::2121, pid=7 <<<"',
    ]);
  });

  it('begins another session under a port that was used before', () => {
    const one = '[I 2026-11-22 05:15:18] 192.0.2.7:1-[] FTP session opened (connect)\n';
    const keys = eventsOf(one + one.replace('opened (connect)', 'closed (disconnect).') + one);
    expect(keys.map((event) => event.split(' ')[1])).toEqual(['#1', '#1', '#2']);
  });

  it.each(['[I 2026-11-22] x', '[I] 192.0.2.7:1', '2026-11-22 05:15:19 hello', 'a-[b] c', '12-[x] y'])(
    '%j is none of pyftpdlib',
    (text) => {
      expect(scanText(pyftpdlib, `${text}\n`).unread).toEqual([text]);
    },
  );

  it('may be anything', () => {
    expect(feedHostileLines(pyftpdlib)).toEqual([]);
  });
});
