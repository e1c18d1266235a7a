import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ftpDialogue } from '../../../src/core/formats/ftp-dialogue.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(`fixtures/ftp-dialogue/${name}`, 'utf8');
const eventsOf = (text: string) => scanText(ftpDialogue, text).events;

describe('marks', () => {
  it.each([
    ['S: ', 'C: '],
    ['Server: ', 'Client: '],
    ['<<< ', '>>> '],
    ['<-- ', '--> '],
    ['< ', '> '],
    ['<= ', '=> '],
    ['get: ', 'put: '],
    ['[R] ', '[R] '],
    ['2024/03/05 10:17:19 << ', '2024/03/05 10:17:19 >> '],
    ['10:17:19.250 DEBUG - < ', '10:17:19.250 DEBUG - > '],
    ['Net::FTP=GLOB(0x8a3f0)<<< ', 'Net::FTP=GLOB(0x8a3f0)>>> '],
    ['incoming header: ', 'outgoing header: '],
    ['client.js:278 < ', 'client.js:278 > '],
    ['', ''],
  ])('may be %j and %j', (received, sent) => {
    const text = `${received}220 ready\n${sent}USER anna\n${received}331 password\n`;
    const { events, unread } = scanText(ftpDialogue, text);
    expect(unread).toEqual([]);
    expect(events.map((event) => event.replace(/ (?:[\d-]+T)?\d\d:\d\d:\d\d\.\d{3}/, ''))).toEqual([
      '1 #0 Connected',
      '1 #0 Reply 220 "ready"',
      '2 #0 Command USER "anna"',
      '3 #0 Reply 331 "password"',
    ]);
  });

  it('may name the connection', () => {
    expect(eventsOf('[12] > NOOP\n[13] > PWD\n[12] < 200 ok\n')).toEqual([
      '1 #0 Command NOOP',
      '2 #1 Command PWD',
      '3 #0 Reply 200 "ok"',
    ]);
  });

  it('may stand before quoted texts, with stamps that have no year', () => {
    expect(eventsOf(fixture('quoted-in-debug-log.txt')).slice(0, 7)).toEqual([
      '1 #0 21:20:12.000 Connected',
      '1 #0 21:20:12.000 Reply 220 "Microsoft FTP Service"',
      '2 #0 21:20:12.000 Command USER "myusername"',
      '3 #0 21:20:12.000 Reply 331 "Password required"',
      '4 #0 21:20:12.000 Command PASS',
      '5 #0 21:20:12.000 ReplyPart 230 "hello"',
      '5 #0 21:20:12.000 Reply 230 "User logged in."',
    ]);
  });

  it('may be the columns of a packet capture', () => {
    expect(
      eventsOf(
        '130 0.2 192.0.2.7 192.0.2.10 FTP 72 Request: PASV\n131 0.3 192.0.2.10 192.0.2.7 FTP 99 Response: 227 Entering Passive Mode (192,0,2,10,94,200)\n',
      ),
    ).toEqual(['1 #0 Command PASV', '2 #0 Reply 227 "Entering Passive Mode (192,0,2,10,94,200)"']);
  });

  it('say whose record it is', () => {
    const { events, scanner } = scanText(ftpDialogue, fixture('server-log-go.txt'));
    expect(scanner.vantage).toBe('server');
    expect(events).toContain('8 #0 2024-03-05T10:17:26.000 Command LIST "-a /tmp/a b"');
    expect(scanText(ftpDialogue, fixture('quoted-in-debug-log.txt')).scanner.vantage).toBe('client');
  });
});

describe('people and clients at a prompt', () => {
  it('type commands in small letters', () => {
    const events = eventsOf(fixture('telnet.txt'));
    expect(events.slice(0, 2)).toEqual([
      '2 #0 Note.ConnectAttempt "Trying 192.0.2.10..." address=192.0.2.10',
      '3 #0 Connected "Connected to 192.0.2.10." address=192.0.2.10',
    ]);
    expect(events).toContain('9 #0 Command PASS');
    expect(events).toContain('14 #0 ReplyPart "SIZE"');
  });

  it('stand for the commands that the client sends', () => {
    const { events, unread } = scanText(ftpDialogue, fixture('netkit-prompt.txt'));
    expect(unread).toEqual(['C:\\>ftp example.net']);
    expect(events).toEqual([
      '2 #0 Connected "Connected to example.net (192.0.2.10)." address=192.0.2.10',
      '3 #0 Reply 220 "(vsFTPd 3.0.3)"',
      '4 #0 Command USER "anna"',
      '5 #0 Reply 331 "Please specify the password."',
      '6 #0 Command PASS',
      '7 #0 Reply 230 "Login successful."',
      '11 #0 Command PASV',
      '11 #0 Reply 227 "Entering Passive Mode (192,0,2,10,99,88)."',
      '12 #0 Note.DataFailed "ftp: connect: Connection timed out" failure=1',
      '16 #0 Command PORT',
      '16 #0 Reply 200 "PORT command successful. Consider using PASV."',
      '17 #0 Command LIST',
      '17 #0 Reply 150 "Here comes the directory listing."',
      '19 #0 Reply 226 "Directory send OK."',
      '22 #0 Command EPSV',
      '22 #0 Reply 229 "Entering Extended Passive Mode (|||3181|)"',
      '23 #0 Command RETR "pub/a.bin"',
      '23 #0 Reply 150 "Opening BINARY mode data connection for pub/a.bin (600 bytes)."',
      '24 #0 Reply 226 "Transfer complete."',
      '25 #0 Note.TransferDone "600 bytes received in 0.00 secs (1.0 MB/s)" value=600',
      '26 #0 Command QUIT',
      '27 #0 Reply 221 "Goodbye."',
      '27 #0 Disconnected',
    ]);
  });

  it('log in by themselves, and tell only the replies', () => {
    expect(
      eventsOf(
        'Connected to 192.0.2.10.\n220 ready\n331 password\n230 in\n229 Entering Extended Passive Mode (|||24566|)\n421 Service not available, remote server has closed connection\n',
      ).slice(2),
    ).toEqual([
      '3 #0 Command USER',
      '3 #0 Reply 331 "password"',
      '4 #0 Command PASS',
      '4 #0 Reply 230 "in"',
      '5 #0 Command EPSV',
      '5 #0 Reply 229 "Entering Extended Passive Mode (|||24566|)"',
      '6 #0 Note.ConnectionLost "421 Service not available, remote server has closed connection" failure=7',
    ]);
  });

  it('may be NcFTP, which greets before it says where', () => {
    const events = eventsOf(fixture('ncftpget-debug.txt'));
    expect(events.slice(0, 4)).toEqual([
      '9 #0 Connected "Connected to 127.0.0.1." address=127.0.0.1',
      '9 #0 Reply 220 "(vsFTPd 3.0.3)"',
      '11 #0 Command USER "alice"',
      '12 #0 Reply 331 "Please specify the password."',
    ]);
    expect(events.slice(-5)).toEqual([
      '50 #0 Reply 150 "Opening BINARY mode data connection for pub/hello.txt (43 bytes)."',
      '51 #0 Reply 226 "Transfer complete."',
      '54 #0 Command QUIT',
      '55 #0 Reply 221 "Goodbye."',
      '55 #0 Disconnected',
    ]);
  });
});

describe('sessions', () => {
  it('begin at each greeting', () => {
    const session = '220 ready\nUSER anna\n230 in\nQUIT\n221 bye\n';
    const keys = eventsOf(session + session).map((event) => event.split(' ')[1]);
    expect([...new Set(keys)]).toEqual(['#0', '#1']);
  });

  it('do not begin at a 220 that answers a command', () => {
    expect(new Set(eventsOf('C: HOST a\nS: 220 a\nC: NOOP\nS: 200 ok\n').map((event) => event.split(' ')[1]))).toEqual(
      new Set(['#0']),
    );
  });
});

describe('what is no FTP', () => {
  it.each([
    ['SMTP', 'S: 220 mail.example ESMTP\nC: EHLO me\nS: 250-mail.example\nS: 250 HELP\nC: QUIT\nS: 221 bye'],
    ['SMTP of few words', '220 mx.example\nHELO me\n250 hello\nQUIT\n221 bye'],
    ['POP3', '+OK ready\nUSER anna\n+OK\nPASS secret\n+OK'],
    ['HTTP', '> GET / HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 200 OK\n< Server: b'],
    ['prose', 'The server says 220 and then\nuser names are typed,\n200 of them.\nquit while you can'],
  ])('%s has no command with a reply', (_, text) => {
    const events = eventsOf(text);
    expect(
      events.some((event) => event.includes(' Command ')) && events.some((event) => event.includes(' Reply ')),
    ).toBe(false);
  });
});
