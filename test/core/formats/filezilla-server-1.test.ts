import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../src/core/bytes/text.ts';
import { NO_KEY } from '../../../src/core/event.ts';
import { filezillaServer1 } from '../../../src/core/formats/filezilla-server-1.ts';
import { scanText } from './scan-text.ts';

function eventsOf(text: string): string[] {
  const { events, unread } = scanText(filezillaServer1, text);
  expect(unread).toEqual([]);
  return events;
}

describe('the file', () => {
  it('names session, peer and user, and tells of a connection by its greeting', () => {
    expect(
      eventsOf(`2026-11-22T05:14:30.101Z << [FTP Session 1 192.0.2.7] 220-FileZilla Server 1.9.4
2026-11-22T05:14:30.101Z << [FTP Session 2 2001:db8::7] 220 hello
2026-11-22T05:14:30.102Z << [FTP Session 1 192.0.2.7] 220 ready
2026-11-22T05:14:30.999Z >> [FTP Session 1 192.0.2.7 john ]doe (x/y)] RETR a] b
2026-11-23T00:00:00.000Z << [FTP Session 1 192.0.2.7 john ]doe (x/y)] 226 Operation successful
`),
    ).toEqual([
      '1 #1 2026-11-22T05:14:30.101 Connected peer=192.0.2.7',
      '1 #1 2026-11-22T05:14:30.101 ReplyPart 220 "FileZilla Server 1.9.4" peer=192.0.2.7',
      '2 #2 2026-11-22T05:14:30.101 Connected peer=2001:db8::7',
      '2 #2 2026-11-22T05:14:30.101 Reply 220 "hello" peer=2001:db8::7',
      '3 #1 2026-11-22T05:14:30.102 Reply 220 "ready" peer=192.0.2.7',
      '4 #1 2026-11-22T05:14:30.999 Command RETR "a] b" user=john ]doe (x/y) peer=192.0.2.7',
      '5 #1 2026-11-23T00:00:00.000 Reply 226 "Operation successful" user=john ]doe (x/y) peer=192.0.2.7',
    ]);
  });

  it('begins a session anew when its id greets again', () => {
    const greeting = '2026-11-22T05:14:30.101Z << [FTP Session 1 192.0.2.7] 220 hello\n';
    expect(eventsOf(greeting + greeting).map((text) => text.split(' ')[3])).toEqual([
      'Connected',
      'Reply',
      'Connected',
      'Reply',
    ]);
  });

  it('drops passwords, also the one that the server does not mask', () => {
    expect(
      eventsOf(`>> [FTP Session 1 192.0.2.7] PASS ****
>> [FTP Session 1 192.0.2.7] PASS\tsecret
>> [FTP Session 1 192.0.2.7] pass secret
`),
    ).toEqual([1, 2, 3].map((line) => `${line} #1 Command PASS peer=192.0.2.7`));
  });

  it.each([
    ['== [FTP Session 7 192.0.2.7 a] A command is already being processed. Queuing …', 'Note.CommandQueued'],
    ['!! [FTP Session 7 192.0.2.7 a] TLS session of data connection not resumed.', 'Note.TlsNotResumed'],
    ['!! [FTP Session 7 192.0.2.7 a] GnuTLS error -110 in gnutls_record_recv: The TLS …', 'Note.TlsNotClosed'],
    ['== [FTP Session 7 192.0.2.7 a] Client did not properly shut down TLS connection', 'Note.TlsNotClosed'],
    ['!! [FTP Session 7 192.0.2.7 a] Failed listen(2, 50029) for data connection. Reason: …', 'Note.ServerError'],
    ['== [FTP Session 7 192.0.2.7 a] Realm ftp is enabled for user a. Continuing …', 'Note.Other'],
  ])('%s', (line, note) => {
    const text = line.substring(line.indexOf('] ') + 2);
    expect(eventsOf(`${line}\n`)).toEqual([`1 #7 ${note} ${JSON.stringify(text)} user=a peer=192.0.2.7`]);
  });

  it('says why a data connection failed', () => {
    const [event] = eventsOf(
      '!! [FTP Session 7 192.0.2.7 a] Failed connection for data socket. Reason: ECONNREFUSED - Connection refused by server.\n',
    );
    expect(event).toMatch(/^1 #7 Note\.DataFailed ".*" user=a peer=192\.0\.2\.7 failure=2$/);
  });

  it('ends a session by the remark of the server, or by the loss of its control connection', () => {
    expect(
      eventsOf(`2026-11-22T05:19:42.080Z == [FTP Server] Session 12 ended gracefully.
2026-11-22T05:21:19.679Z !! [FTP Session 13 192.0.2.7] Control channel closed with error from source 0. Reason: ETIMEDOUT - Connection attempt timed out.
`),
    ).toEqual([
      '1 #12 2026-11-22T05:19:42.080 Disconnected "Session 12 ended gracefully."',
      '2 #13 2026-11-22T05:21:19.679 Note.ConnectionLost "Control channel closed with error from source 0. ' +
        'Reason: ETIMEDOUT - Connection attempt timed out." peer=192.0.2.7 failure=1',
      '2 #13 2026-11-22T05:21:19.679 Note.SessionOver',
    ]);
  });

  it('tells a start of the server from a new name of the log', () => {
    const started = '2026-11-22T05:19:40.077Z == ===== FileZilla Server 1.9.4 new logging started =====\n';
    const listening = '2026-11-22T05:19:40.079Z == [FTP Server] Listening on 0.0.0.0:21 [Explicit …].\n';
    const command = '2026-11-22T05:19:42.064Z >> [FTP Session 9 192.0.2.7] NOOP\n';
    const starts = (text: string) => eventsOf(text).filter((event) => event.includes('ServerStarted')).length;
    expect(eventsOf(started)).toEqual(['1 2026-11-22T05:19:40.077 Note.Program "FileZilla Server 1.9.4"']);
    expect(starts(started + listening + listening)).toBe(1);
    expect(starts(started + command + listening)).toBe(0);
  });

  it('says nothing for debug lines, other protocols and the administration', () => {
    expect(
      eventsOf(`2024-03-09T16:36:15.643Z DI [FTP Session 3 192.0.2.18] Session 0x17d3f5b0660 with ID 3 created.
2024-03-09T16:36:15.687Z DD [File-based Authenticator, FTP Session: 3] Invoked authenticate(()) on worker 0x17d3f5a19e0
2024-03-09T16:36:15.687Z << [SSH SFTP Session 4 192.0.2.18] hello
`),
    ).toEqual([]);
    expect(eventsOf('WW [FTP Server] Address 192.0.2.9 has been temporarily banned due to brute force …\n')).toEqual([
      '1 Note.PeerRefused "Address 192.0.2.9 has been temporarily banned due to brute force …" address=192.0.2.9',
    ]);
  });

  it.each([
    '',
    '==',
    '== Chapter one ==',
    '>> quoted',
    '<< [FTP Session 1 192.0.2.7',
    '2026-11-22T05:14:30.101Z [info] hello',
    '2026-11-22T05:14:30.101+01:00 << [FTP Session 1 192.0.2.7] 220 hello',
    '[Error] disk full',
    '[Status] Connecting',
    '<11/22/2026 5:14:30 AM> hello',
    '"a","b"',
    'FTP Session 1 192.0.2.7 hello',
  ])('does not read %j', (text) => {
    const { events, unread } = scanText(filezillaServer1, `${text}\n`);
    expect({ events, unread: unread.join() }).toEqual({ events: [], unread: text });
  });

  it('tells the session of a line without scanning it', () => {
    const scanner = filezillaServer1.createScanner({ order: null });
    const keyOf = (line: string) => scanner.keyAt!(bytesOf(line), 0, bytesOf(line).length);
    expect(keyOf('2026-11-22T05:14:30.101Z << [FTP Session 31 192.0.2.7] 220 hello')).toBe(31);
    expect(keyOf('2026-11-22T05:14:30.101Z == [FTP Server] Session 31 ended gracefully.')).toBe(31);
    expect(keyOf('2026-11-22T05:14:30.101Z == [FTP Server] Listening on 0.0.0.0:21 [Explicit …].')).toBe(NO_KEY);
  });
});

describe('a copy out of the interface', () => {
  it('may hold tabs in its messages, which the server keeps since 1.8', () => {
    expect(
      eventsOf(`<11/22/2026 5:14:30 AM> FTP Session 1 192.0.2.7 [Command] PASS\tsecret
<11/22/2026 5:14:30 AM> FTP Session 1 192.0.2.7 [Command] CWD a\tb
`).map((text) => text.replace(/ peer.*/, '').slice(29)),
    ).toEqual(['Command PASS', 'Command CWD "a\\tb"']);
  });

  const expected = (at: string, info: string) =>
    ['Connected', 'Reply 220 "hello"', 'Command PWD', 'Reply 257 "\\"/\\" is current directory."'].map(
      (what, index) => `${Math.max(1, index)} #1${at} ${what}${info}`,
    );
  const info = ' user=alice b peer=192.0.2.7';

  it.each([
    ['11/22/2026 5:14:30 PM', '2026-11-22T17:14:30.000'],
    ['11/22/2026 12:14:30 AM', '2026-11-22T00:14:30.000'],
    ['22.11.2026 05:14:30', '2026-11-22T05:14:30.000'],
    ['2026/11/22 下午 05:14:30', '2026-11-22T17:14:30.000'],
    ['Sun Nov 22 05:14:30 2026', '2026-11-22T05:14:30.000'],
    ['Sun 22 Nov 2026 05:14:30 PM UTC', '2026-11-22T17:14:30.000'],
    ['dim. 22 nevembre 2026 05:14:30', '05:14:30.000'],
  ])('with the date %s', (date, at) => {
    const columns = `<${date}> FTP Session 1 192.0.2.7 alice b`;
    expect(
      eventsOf(`${columns} [Response] 220 hello
${columns} [Command] PWD
${columns} [Response] 257 "/" is current directory.
`),
    ).toEqual(expected(` ${at}`, info));
  });

  it('without the date, and without the session', () => {
    const lines = ['[Response] 220 hello', '[Command] PWD', '[Response] 257 "/" is current directory.'];
    expect(eventsOf(lines.map((line) => `FTP Session 1 192.0.2.7 alice b ${line}\n`).join(''))).toEqual(
      expected('', info),
    );
    expect(eventsOf(lines.map((line) => `${line}\n`).join(''))).toEqual(
      expected('', '').map((event) => event.replace('#1', '#0')),
    );
  });

  it('as CSV, as a table and between tabs', () => {
    const at = ' 2026-11-22T05:14:30.000';
    const cells = (type: string, message: string) => [
      '11/22/2026 5:14:30 AM',
      'FTP Session 1 192.0.2.7 alice b',
      type,
      message,
    ];
    const rows = [
      cells('Response', '220 hello'),
      cells('Command', 'PWD'),
      cells('Response', '257 "/" is current directory.'),
    ];
    const csv = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
    const table = rows.map(
      (row) => `<tr>${row.map((cell) => `<td>${cell.replaceAll('"', '&quot;')}</td>`).join('')}</tr>`,
    );
    const tabs = rows.map((row) => row.join('\t'));
    for (const shape of [csv, table, tabs]) expect(eventsOf(`${shape.join('\n')}\n`)).toEqual(expected(at, info));
  });

  it('in other languages, known ones and others', () => {
    expect(
      eventsOf(`<Datum/Zeit> Info [Typ] Nachricht
<22.11.2026 05:14:30> FTP Session 1 192.0.2.7 [Antwort] 220 hello
<22.11.2026 05:14:30> FTP Session 1 192.0.2.7 [Befehl] USER alice
<22.11.2026 05:14:30> FTP Session 1 192.0.2.7 [Réponse] 331 Please, specify the password.
<22.11.2026 05:14:30> FTP Session 1 192.0.2.7 [Vlastavalo] 530 Login incorrect.
<22.11.2026 05:14:30> FTP Session 1 192.0.2.7 [Kumando] QUIT
<22.11.2026 05:14:30> FTP Session 1 192.0.2.7 [Fehler] GnuTLS error -110: The TLS connection …
<22.11.2026 05:14:30> FTP Server [Status] Session 1 ended gracefully.
`).map((event) => event.replace(/^\d+ #1 \S+ (.*)/, '$1').replace(' peer=192.0.2.7', '')),
    ).toEqual([
      'Connected',
      'Reply 220 "hello"',
      'Command USER "alice"',
      'Reply 331 "Please, specify the password."',
      'Reply 530 "Login incorrect."',
      'Command QUIT',
      'Note.TlsNotClosed "GnuTLS error -110: The TLS connection …"',
      'Disconnected "Session 1 ended gracefully."',
    ]);
  });

  it('assumes the order of day and month, and says so', () => {
    const { scanner } = scanText(filezillaServer1, '<12/3/2025 11:23:10 AM> FTP Session 87 192.0.2.7 [Command] NOOP\n');
    expect(scanner.clock).toMatchObject({
      date: 'full',
      resolutionMs: 1000,
      zone: null,
      order: 'mdy',
      basis: 'assumed',
    });
  });
});

describe('the fixtures', () => {
  it.each([
    ['v194-25-epsv-eprt-pasv-variants.log', 112, 'Z'],
    ['v194-31-restart-same-logfile.log', 40, 'Z'],
    ['v194-34-interleaved-parallel.log', 162, 'Z'],
    ['v194-38-stderr-no-headers-debian-default.log', 37, null],
    ['v1-gui-derived-C-locale.txt', 78, null],
    ['v1-gui-derived-deDE-windows.txt', 78, null],
    ['v1-gui-derived-enUS-windows.txt', 78, null],
    ['v1-gui-derived-no-date.txt', 78, null],
    ['v1-gui-derived-type-message-only.txt', 21, null],
    ['v1-gui-derived.csv', 78, null],
  ])('%s is read to its last line', (name, events, zone) => {
    const scan = scanText(filezillaServer1, readFileSync(`fixtures/filezilla-server-1/${name}`, 'utf8'));
    expect(scan.unread).toEqual([]);
    expect(scan.events).toHaveLength(events);
    expect(scan.scanner.clock.zone).toBe(zone);
  });
});
