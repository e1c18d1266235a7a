import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { vsftpd } from '../../../src/core/formats/vsftpd.ts';
import { feedHostileLines } from './hostile-lines.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/vsftpd/${name}`, import.meta.url), 'utf8');
const at = (seconds: string, pid: number, rest: string) => `Sun Nov 22 05:09:${seconds} 2026 [pid ${pid}] ${rest}\n`;

/** The events of the lines of `text`, all of which are read, without the date. */
function eventsOf(text: string): string[] {
  const { events, unread } = scanText(vsftpd, text);
  expect(unread).toEqual([]);
  return events.map((event) => event.replace('2026-11-22T', '').replace('.000', ''));
}

/** Which line belongs to which session. */
function keysOf(text: string): string[] {
  return eventsOf(text).map((event) => event.split(' ').slice(0, 2).join(' '));
}

describe('the processes of a session', () => {
  it('are joined to one: before the login, its parent, and after it', () => {
    expect(
      eventsOf(
        at('10', 12254, 'CONNECT: Client "192.0.2.7"') +
          at('10', 12254, 'FTP response: Client "192.0.2.7", "220 (vsFTPd 3.0.3)"') +
          at('10', 12254, 'FTP command: Client "192.0.2.7", "USER anna"') +
          at('10', 12254, '[anna] FTP command: Client "192.0.2.7", "PASS <password>"') +
          at('11', 12250, '[anna] OK LOGIN: Client "192.0.2.7"') +
          at('11', 12258, '[anna] FTP response: Client "192.0.2.7", "230 Login successful."') +
          at('12', 12258, '[anna] FTP command: Client "192.0.2.7", "QUIT"') +
          at('12', 12258, '[anna] FTP response: Client "192.0.2.7", "221 Goodbye."'),
      ),
    ).toEqual([
      '1 #1 05:09:10 Connected peer=192.0.2.7',
      '2 #1 05:09:10 Reply 220 "(vsFTPd 3.0.3)" peer=192.0.2.7',
      '3 #1 05:09:10 Command USER "anna" peer=192.0.2.7',
      '4 #1 05:09:10 Command PASS peer=192.0.2.7',
      '5 #1 05:09:11 Note.LoginAccepted user=anna peer=192.0.2.7',
      '6 #1 05:09:11 Reply 230 "Login successful." user=anna peer=192.0.2.7',
      '7 #1 05:09:12 Command QUIT user=anna peer=192.0.2.7',
      '8 #1 05:09:12 Reply 221 "Goodbye." user=anna peer=192.0.2.7',
      '8 #1 05:09:12 Note.SessionOver',
    ]);
  });

  it('of two logins by one user and client are told apart by the order of their numbers', () => {
    expect(
      keysOf(
        at('10', 101, 'CONNECT: Client "192.0.2.7"') +
          at('10', 103, 'CONNECT: Client "192.0.2.7"') +
          at('10', 100, '[anna] OK LOGIN: Client "192.0.2.7"') +
          at('10', 104, '[anna] FTP response: Client "192.0.2.7", "230 Login successful."') +
          at('10', 102, '[anna] OK LOGIN: Client "192.0.2.7"') +
          at('11', 105, '[anna] FTP response: Client "192.0.2.7", "230 Login successful."') +
          at('12', 104, '[anna] FTP command: Client "192.0.2.7", "PASV"') +
          at('12', 105, '[anna] FTP command: Client "192.0.2.7", "EPSV"'),
      ),
    ).toEqual(['1 #1', '2 #2', '3 #1', '4 #1', '5 #2', '6 #2', '7 #1', '8 #2']);
  });

  it('that never worked for their session are not given the transfer of a later one', () => {
    expect(
      keysOf(
        at('10', 101, 'CONNECT: Client "192.0.2.7"') +
          at('10', 100, '[anna] OK LOGIN: Client "192.0.2.7"') +
          at('20', 201, 'CONNECT: Client "192.0.2.7"') +
          at('20', 200, '[anna] OK LOGIN: Client "192.0.2.7"') +
          at('21', 202, '[anna] OK DOWNLOAD: Client "192.0.2.7", "/a", 5 bytes, 1.00Kbyte/sec'),
      ),
    ).toEqual(['1 #1', '2 #1', '3 #2', '4 #2', '5 #2', '5 #2']);
  });

  it('may have numbers that others had before', () => {
    expect(
      keysOf(
        at('10', 101, 'CONNECT: Client "192.0.2.7"') +
          at('10', 100, '[anna] OK LOGIN: Client "192.0.2.7"') +
          at('11', 102, '[anna] FTP response: Client "192.0.2.7", "230 Login successful."') +
          at('12', 102, 'CONNECT: Client "198.51.100.9"') +
          at('13', 102, 'FTP response: Client "198.51.100.9", "220 Hello."'),
      ),
    ).toEqual(['1 #1', '2 #1', '3 #1', '4 #1', '4 #2', '5 #2']);
  });

  it('are one, where the mode is so', () => {
    expect(
      keysOf(
        at('10', 101, 'CONNECT: Client "192.0.2.7"') +
          at('10', 101, '[anna] OK LOGIN: Client "192.0.2.7"') +
          at('11', 101, '[anna] FTP response: Client "192.0.2.7", "230 Login successful."'),
      ),
    ).toEqual(['1 #1', '2 #1', '3 #1']);
  });

  it('are not printed by syslog everywhere', () => {
    expect(
      eventsOf(
        'Nov 22 05:09:10 host vsftpd: CONNECT: Client "192.0.2.7"\n' +
          'Nov 22 05:09:11 host vsftpd[12250]: [anna] OK LOGIN: Client "198.51.100.9"\n' +
          'Nov 22 05:09:12 host vsftpd: [anna] FAIL LOGIN: Client "192.0.2.7"\n' +
          'Nov 22 05:09:13 host vsftpd[1]: Sun Nov 22 05:09:13 2026 [pid 7] CONNECT: Client "192.0.2.8"\n',
      ),
    ).toEqual([
      '1 #1 05:09:10 Connected peer=192.0.2.7',
      '2 #2 05:09:11 Note.LoginAccepted user=anna peer=198.51.100.9',
      '3 #1 05:09:12 Note.LoginRefused user=anna peer=192.0.2.7',
      '4 #3 05:09:13 Connected peer=192.0.2.8',
    ]);
  });
});

describe('a line', () => {
  const one = (rest: string) => eventsOf(at('10', 7, rest)).map((event) => event.slice('1 #1 05:09:10 '.length));

  it('keeps the quotes that are the text', () => {
    expect(one('[anna] FTP response: Client "192.0.2.7", "257 "/" is the current directory"')).toEqual([
      'Reply 257 "\\"/\\" is the current directory" user=anna peer=192.0.2.7',
    ]);
  });

  it('may name a user with brackets', () => {
    expect(one('[a] b] FTP command: Client "192.0.2.7", "PASS <password>"')).toEqual([
      'Command PASS user=a] b peer=192.0.2.7',
    ]);
  });

  it('leaves out a size of zero', () => {
    expect(one('[anna] OK UPLOAD: Client "192.0.2.7", "/a "b", 1 bytes.txt", 0.00Kbyte/sec')).toEqual([
      'Note.TransferStarted "/a \\"b\\", 1 bytes.txt" user=anna peer=192.0.2.7 value=1',
      'Note.TransferDone "/a \\"b\\", 1 bytes.txt" user=anna peer=192.0.2.7 value=0',
    ]);
    expect(one('[anna] FAIL DOWNLOAD: Client "192.0.2.7", "/nope.txt", 0.00Kbyte/sec').at(-1)).toBe(
      'Note.TransferFailed "/nope.txt" user=anna peer=192.0.2.7',
    );
  });

  it('tells of what was done without a command that shows it', () => {
    expect(one('[anna] OK DELETE: Client "192.0.2.7", "/a"')).toEqual([
      'Note.Other "OK DELETE: Client \\"192.0.2.7\\", \\"/a\\"" user=anna peer=192.0.2.7',
    ]);
  });

  it.each([
    'Sun Nov 22 05:09:10 2026 [pid 7] CONNECTED: Client "192.0.2.7"',
    'Sun Nov 22 05:09:10 2026 [pid x] CONNECT: Client "192.0.2.7"',
    'Sun Nov 22 05:09:10 2026 [pid 7] CONNECT: Client 192.0.2.7',
    'Sun Nov 31 05:09:10 2026 [pid 7] CONNECT: Client "192.0.2.7"',
    'Sun Nov 22 05:11:36 2026 1 192.0.2.7 12 /hello.txt b _ o r anna ftp 0 * c',
    '',
  ])('%j is none of vsftpd', (text) => {
    expect(scanText(vsftpd, `${text}\n`).events).toEqual([]);
    expect(scanText(vsftpd, `${text}x\n`).unread).toHaveLength(1);
  });

  it('may be anything', () => {
    expect(feedHostileLines(vsftpd)).toEqual([]);
  });
});

describe('whole logs', () => {
  it('without the protocol have logins and transfers', () => {
    const events = eventsOf(fixture('no-protocol-v4.log'));
    expect(events.filter((event) => event.includes('Transfer'))).toEqual([
      '3 #1 05:05:19 Note.TransferStarted "/hello.txt" user=games peer=127.0.0.1 value=0',
      '3 #1 05:05:19 Note.TransferDone "/hello.txt" user=games peer=127.0.0.1 value=12',
      '6 #2 05:20:54 Note.TransferStarted "/hello.txt" user=games peer=127.0.0.1 value=0',
      '6 #2 05:20:54 Note.TransferDone "/hello.txt" user=games peer=127.0.0.1 value=12',
      '10 #3 05:20:56 Note.TransferStarted "/pub/big.bin" user=games peer=127.0.0.1 value=0',
      '10 #3 05:20:56 Note.TransferFailed "/pub/big.bin" user=games peer=127.0.0.1 value=8060928',
    ]);
    expect(events.at(-1)).toBe('11 #4 05:20:58 Note.LoginRefused user=mallory peer=127.0.0.1');
  });

  it('with the protocol show FEAT line by line, and bytes with their transfer', () => {
    const events = eventsOf(fixture('protocol-lftp-v4.log'));
    expect(events.slice(3, 6)).toEqual([
      '4 #1 05:17:47 ReplyPart 211 "Features:" peer=127.0.0.1',
      '5 #1 05:17:47 ReplyPart " EPRT" peer=127.0.0.1',
      '6 #1 05:17:47 ReplyPart " EPSV" peer=127.0.0.1',
    ]);
    expect(events).toContain('37 #1 05:17:47 Note.TransferredBytes "/hello.txt" user=games peer=127.0.0.1 value=12');
    expect(events.some((event) => event.includes('TransferStarted'))).toBe(false);
  });

  it('tell TLS on the control connection from TLS on the data connection', () => {
    const notes = eventsOf(fixture('tls-not-resumed.log')).filter((event) => event.includes('Tls'));
    expect(notes.map((event) => event.split(' user=')[0]!.split(' peer=')[0]!.slice(0, 70))).toEqual([
      '5 #1 05:17:54 Note.TlsConnected "SSL version: TLSv1.3, SSL cipher: TLS',
      '5 #1 05:17:54 Note.TlsVersion "TLSv1.3"',
      '5 #1 05:17:54 Note.TlsCipher "TLS_AES_256_GCM_SHA384"',
      '27 #1 05:17:54 Note.DataTlsConnected "SSL version: TLSv1.3, SSL cipher',
      '27 #1 05:17:54 Note.TlsVersion "TLSv1.3"',
      '27 #1 05:17:54 Note.TlsCipher "TLS_AES_256_GCM_SHA384"',
      '28 #1 05:17:54 Note.TlsNotResumed "No SSL session reuse on data channe',
    ]);
  });

  it('may hold a connection that is refused while another logs in', () => {
    const events = eventsOf(fixture('two-sessions-too-many.log'));
    expect(events.filter((event) => event.includes('#2'))).toEqual([
      '6 #2 05:09:51 Connected peer=127.0.0.1',
      '6 #2 05:09:51 Note.PeerRefused "Connection refused: too many sessions." peer=127.0.0.1',
      '7 #2 05:09:51 Reply 421 "There are too many connected users, please try later." peer=127.0.0.1',
      '7 #2 05:09:51 Note.SessionOver',
    ]);
    expect(events[9]).toBe('8 #1 05:09:51 Note.LoginAccepted user=alice peer=127.0.0.1');
  });

  it('print local time to the second, with the year', () => {
    expect(scanText(vsftpd, fixture('protocol-abor-v6.log')).scanner.clock).toEqual({
      date: 'full',
      resolutionMs: 1000,
      zone: null,
      order: null,
      basis: null,
    });
  });
});
