import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { proftpd } from '../../../src/core/formats/proftpd.ts';
import { feedHostileLines } from './hostile-lines.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/proftpd/${name}`, import.meta.url), 'utf8');

function eventsOf(text: string): string[] {
  const { events, unread } = scanText(proftpd, text);
  expect(unread).toEqual([]);
  return events.map((event) => event.replace('2026-11-22T', '').replace('.000', ''));
}

describe('the SystemLog', () => {
  const line = (text: string, pid = 7) =>
    `2026-11-22 05:10:52,418 host proftpd[${pid}] 192.0.2.1 (c.example[192.0.2.7]): ${text}\n`;
  const one = (...texts: string[]) =>
    eventsOf(texts.map((text) => line(text)).join('')).map((event) =>
      event.replace(/^\d+ #7 05:10:5[\d.]+ /, '').replace(' peer=192.0.2.7', ''),
    );

  it('hides commands, and tells of a transfer only how it ended', () => {
    expect(eventsOf(fixture('system-session-timeout.log'))).toEqual([
      '3 #23202 05:12:10.479 Connected peer=127.0.0.1',
      '9 #23202 05:12:10.493 Note.LoginAccepted user=alice peer=127.0.0.1',
      '10 #23202 05:12:10.495 Note.CommandsHidden peer=127.0.0.1',
      '10 #23202 05:12:10.495 Command EPSV peer=127.0.0.1',
      '10 #23202 05:12:10.495 Reply 229 "Entering Extended Passive Mode (|||41011|)" peer=127.0.0.1',
      '12 #23202 05:12:10.505 Note.TransferStarted peer=127.0.0.1',
      '12 #23202 05:12:13.025 Note.TransferFailed "Transfer aborted after 1294336 bytes in 2.52 seconds" peer=127.0.0.1 value=1294336',
      '13 #23202 05:12:13.025 Note.ServerError "FTP session timed out, disconnected" peer=127.0.0.1 failure=1',
      '14 #23202 05:12:13.025 Note.ServerError "notice: user alice: aborting transfer: Data connection closed" peer=127.0.0.1',
      '15 #23202 05:12:13.026 Disconnected peer=127.0.0.1',
    ]);
  });

  it('names a session by its process', () => {
    const keys = new Set(eventsOf(fixture('system-parallel.log')).map((event) => event.split(' ')[1]));
    expect(keys.size).toBe(3);
  });

  it('prints a command for each phase and module when it debugs: it counts once', () => {
    expect(
      one(
        "dispatching PRE_CMD command 'PASS (hidden)' to mod_core",
        "dispatching PRE_CMD command 'PASS (hidden)' to mod_auth",
        "dispatching CMD command 'PASS (hidden)' to mod_auth",
        'USER anna: Login successful.',
        "dispatching POST_CMD command 'PASS (hidden)' to mod_ls",
        "dispatching LOG_CMD command 'PASS (hidden)' to mod_log",
        "dispatching PRE_CMD command 'PASV' to mod_core",
        "dispatching CMD command 'PASV' to mod_core",
        'Entering Passive Mode (192,0,2,1,160,11).',
        "dispatching LOG_CMD command 'PASV' to mod_log",
        "dispatching PRE_CMD command 'PASV' to mod_core",
        "dispatching CMD command 'RETR it's mine' to mod_xfer",
        'Transfer completed: 12 bytes in 0.00 seconds',
      ),
    ).toEqual([
      'Command PASS',
      'Note.LoginAccepted user=anna',
      'Command PASV',
      'Reply 227 "Entering Passive Mode (192,0,2,1,160,11)."',
      'Command PASV',
      'Note.TransferredBytes "Transfer completed: 12 bytes in 0.00 seconds" value=12',
    ]);
  });

  it('names who could not log in', () => {
    expect(
      one(
        'USER mal: lory: no such user found from c.example [192.0.2.7] to 192.0.2.1:21',
        'USER anna (Login failed): Incorrect password',
        'Maximum login attempts (3) exceeded, connection refused',
      ).map((event) => event.replace(/ ".*"/, '')),
    ).toEqual(['Note.LoginRefused user=mal: lory', 'Note.LoginRefused user=anna', 'Note.ServerError']);
  });

  it('may come through syslog, or from older releases', () => {
    expect(
      eventsOf(
        `Nov 22 05:10:52 host proftpd[9]: 192.0.2.1 (c.example[2001:db8::7]) - FTP session opened.
<30>2026-11-22T05:10:53+02:00 host proftpd[9]: 192.0.2.1 (c.example[2001:db8::7]) - FTP session closed.
`,
      ),
    ).toEqual(['1 #9 05:10:52 Connected peer=2001:db8::7', '2 #9 05:10:53 Disconnected peer=2001:db8::7']);
  });

  it('has lines of the server itself', () => {
    expect(
      eventsOf(
        `2026-11-22 05:10:52,418 host proftpd[7] host: ProFTPD 1.3.8 (stable) (built Mon Jan 2 2023) standalone mode STARTUP
2026-11-22 05:10:52,418 host proftpd[7] host: daemon[7]: something else
`,
      ),
    ).toEqual([
      '1 05:10:52.418 Note.ServerStarted "ProFTPD 1.3.8 (stable) (built Mon Jan 2 2023) standalone mode STARTUP"',
    ]);
  });
});

describe('the TLSLog', () => {
  it('tells of both connections', () => {
    expect(
      eventsOf(
        `2026-11-22 05:10:52,418 mod_tls/2.9.2[7]: TLSv1.3 connection accepted, using cipher TLS_AES_256_GCM_SHA384 (256 bits)
2026-11-22 05:10:53,418 mod_tls/2.9.2[7]: client did not reuse SSL session, rejecting data connection (see the NoSessionReuseRequired TLSOptions parameter)
`,
      ).map((event) => event.replace(/ "TLSv1.3 conn.*"/, '').slice(0, 60)),
    ).toEqual([
      '1 #7 05:10:52.418 Note.TlsConnected',
      '1 #7 05:10:52.418 Note.TlsVersion "TLSv1.3"',
      '1 #7 05:10:52.418 Note.TlsCipher "TLS_AES_256_GCM_SHA384"',
      '2 #7 05:10:53.418 Note.TlsNotResumed "client did not reuse S',
    ]);
  });
});

describe('the ExtendedLog', () => {
  const clf = (user: string, time: string, rest: string, peer = '192.0.2.7') =>
    `${peer} UNKNOWN ${user} [22/Nov/2026:${time} +0100] ${rest}\n`;
  const keysOf = (text: string) => {
    const seen: string[] = [];
    for (const event of eventsOf(text)) {
      const [line, key] = event.split(' ');
      if (!event.includes('SessionOver')) seen[Number(line) - 1] = String(Number(key!.slice(1)) - (1 << 23));
    }
    return seen.join(' ');
  };

  it('is a command with its final reply, and its bytes', () => {
    expect(
      eventsOf(clf('-', '05:10:52', '"USER anna" 331 -') + clf('anna', '05:10:55', '"RETR a "b" 200 x" 426 4374528')),
    ).toEqual([
      '1 #8388608 05:10:52 Connected peer=192.0.2.7',
      '1 #8388608 05:10:52 Command USER "anna" peer=192.0.2.7',
      '1 #8388608 05:10:52 Reply 331 peer=192.0.2.7',
      '2 #8388608 2026-11-22 Command RETR "a \\"b\\" 200 x" user=anna peer=192.0.2.7',
      '2 #8388608 05:10:55 Reply 426 user=anna peer=192.0.2.7',
      '2 #8388608 05:10:55 Note.TransferredBytes user=anna peer=192.0.2.7 value=4374528',
    ]);
  });

  it('prints the zone', () => {
    expect(scanText(proftpd, clf('-', '05:10:52', '"FEAT" 211 -')).scanner.clock.zone).toBe('+01:00');
  });

  it('gives OPTS twice, once under an internal name', () => {
    const events = eventsOf(fixture('extended-badlogin-v4.log')).filter((event) => event.includes('OPTS'));
    expect(events).toEqual(['5 #8388608 05:11:07 Command OPTS "UTF8 ON" peer=127.0.0.1']);
  });

  it('joins lines of a peer and user until QUIT or a new login', () => {
    expect(
      keysOf(
        clf('-', '05:00:00', '"USER anna" 331 -') +
          clf('anna', '05:00:00', '"PASS (hidden)" 230 -') +
          clf('-', '05:00:01', '"USER anna" 331 -', '192.0.2.8') +
          clf('-', '05:00:01', '"USER bob" 331 -') +
          clf('bob', '05:00:01', '"PASS (hidden)" 230 -') +
          clf('anna', '05:00:02', '"PWD" 257 -') +
          clf('bob', '05:00:02', '"PWD" 257 -') +
          clf('anna', '05:00:02', '"QUIT" 221 -') +
          clf('-', '05:00:03', '"USER anna" 331 -') +
          clf('anna', '05:00:03', '"PASS (hidden)" 230 -') +
          clf('anna', '05:00:04', '"PWD" 257 -'),
      ),
    ).toBe('0 0 1 2 2 0 2 0 3 3 3');
  });

  it('may have other formats: with a process, the date first, the text of the reply', () => {
    expect(
      eventsOf(
        `My own FTP server [4711] 192.0.2.7 [22/Nov/2026:05:10:52 +0000] "USER anna" 331
[22/Nov/2026:05:10:52 +0000] 192.0.2.8 anna "PASV" 227 - "227 Entering Passive Mode (192,0,2,1,160,11)."
`,
      ),
    ).toEqual([
      '1 #8388608 05:10:52 Connected peer=192.0.2.7',
      '1 #8388608 05:10:52 Command USER "anna" peer=192.0.2.7',
      '1 #8388608 05:10:52 Reply 331 peer=192.0.2.7',
      '2 #8388609 05:10:52 Command PASV user=anna peer=192.0.2.8',
      '2 #8388609 05:10:52 Reply 227 "Entering Passive Mode (192,0,2,1,160,11)." user=anna peer=192.0.2.8',
    ]);
  });

  it('may break a command that holds a line break', () => {
    expect(eventsOf(`${clf('anna', '05:10:52', '"ABOR')}QUIT" 500 -\n`)).toEqual([
      '1 #8388608 05:10:52 Command ABOR user=anna peer=192.0.2.7',
      '2 #8388608 05:10:52 Reply 500',
    ]);
  });

  it.each([
    '192.0.2.7 - - [22/Nov/2026:05:10:52 +0000] "GET /index.html HTTP/1.1" 200 12',
    '192.0.2.7 - anna [22/Nov/2026:05:10:52 +0000] "GET /srv/big.bin" 200 12',
    '192.0.2.7 - anna [22/Nov/2026:05:10:52] "RETR big.bin" 226 12',
    'QUIT" 500 -',
    'Nov 22 05:10:52 host proftpd: 192.0.2.1 (c.example[192.0.2.7]): FTP session opened.',
  ])('%j is none of ProFTPD', (text) => {
    expect(scanText(proftpd, `${text}\n`).unread).toEqual([text]);
  });
});

it('reads whatever comes', () => {
  expect(feedHostileLines(proftpd)).toEqual([]);
});
