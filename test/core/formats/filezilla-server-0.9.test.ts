import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filezillaServer09 } from '../../../src/core/formats/filezilla-server-0.9.ts';
import { scanText } from './scan-text.ts';

/** The events of the lines of `text`, which has one line for each of them. */
function eventsOf(text: string): string[] {
  const { events, unread } = scanText(filezillaServer09, text);
  expect(unread).toEqual([]);
  return events;
}

const line = (text: string) => `(000022) 11/12/2012 22:33:35 PM - anna (192.0.2.7)> ${text}\n`;
const event = (text: string) => `1 #22 2012-11-12T22:33:35.000 ${text} user=anna peer=192.0.2.7`;

describe('the prefix', () => {
  it('names session, time, user and peer', () => {
    expect(
      eventsOf(
        `(000041) 4/1/2009 16:25:36 PM - Doug Wright (192.0.2.65)> 426 Connection closed; transfer aborted.\r
(000042) 4/1/2009 16:25:36 PM - (not logged in) (2001:db8::7)> USER anna\r
(1000000) 4/1/2009 16:25:37 PM - second - one (home) (fe80::1%eth0)> PWD\r
(000043) 4/1/2009 16:25:37 PM - пользователь (ip unknown)> NOOP\r
`,
      ),
    ).toEqual([
      '1 #41 2009-04-01T16:25:36.000 Reply 426 "Connection closed; transfer aborted." user=Doug Wright peer=192.0.2.65',
      '2 #42 2009-04-01T16:25:36.000 Command USER "anna" peer=2001:db8::7',
      '3 #1000000 2009-04-01T16:25:37.000 Command PWD user=second - one (home) peer=fe80::1%eth0',
      '4 #43 2009-04-01T16:25:37.000 Command NOOP user=пользователь',
    ]);
  });

  it('may be damaged at the address, which is no reason to make one up', () => {
    const damaged = ['anna(192.0.2.7)>', 'anna /(192.0.2.7)>', 'anna 192.0.2.7)>', 'anna192.0.2.7)>', '(192.0.2.7)>'];
    expect(
      damaged.map((text) => eventsOf(`(000001) 1/2/2018 3:04:05 - ${text} NOOP\n`)[0]!.replace(/^.*NOOP ?/, '')),
    ).toEqual(['user=anna peer=192.0.2.7', 'user=anna / peer=192.0.2.7', '', '', 'peer=192.0.2.7']);
  });

  it('has no blank behind the id where it was copied out of the window', () => {
    expect(eventsOf('(000002)2025/11/6 15:58:48 - (not logged in) (127.0.0.1)> QUIT\n')).toEqual([
      '1 #2 2025-11-06T15:58:48.000 Command QUIT peer=127.0.0.1',
    ]);
  });

  it('may hold blanks, dashes and a day-half marker in its stamp', () => {
    expect(
      eventsOf(
        `(000001) 2015. 01. 05. 9:05:01 - anna (192.0.2.7)> NOOP
(000001) 2015-01-05 오후 1:05:02 - anna (192.0.2.7)> NOOP
(000001) 2015-1-5 13.05.03 - anna (192.0.2.7)> NOOP
`,
      ).map((text) => text.slice(0, 33)),
    ).toEqual([
      '1 #1 2015-01-05T09:05:01.000 Comm',
      '2 #1 2015-01-05T01:05:02.000 Comm',
      '3 #1 2015-01-05T13:05:03.000 Comm',
    ]);
  });

  it.each([
    '',
    '(',
    '(000022)',
    '(000022) 11/12/2012 22:33:35',
    '(000022) 11/12/2012 22:33:35 PM - anna (192.0.2.7) no end',
    '(12345678901) 11/12/2012 22:33:35 PM - anna (192.0.2.7)> NOOP',
    '(000022) anna (192.0.2.7)> NOOP',
    '> USER anna',
    '220-FileZilla Server 0.9.60 beta',
    'Server down',
    'The FileZilla Server 0.9.60 beta started',
  ])('does not read %j', (text) => {
    const { events, unread } = scanText(filezillaServer09, `${text}\n`);
    expect({ events, unread }).toEqual({ events: [], unread: [text] });
  });
});

describe('the text', () => {
  it.each([
    ['Connected, sending welcome message...', 'Connected "Connected, sending welcome message..."'],
    [
      'Connected on port 990, sending welcome message...',
      'Connected "Connected on port 990, sending welcome message..."',
      'port=990',
    ],
    ['disconnected.', 'Disconnected "disconnected."'],
    ['could not send reply, disconnected.', 'Disconnected "could not send reply, disconnected."'],
    ['TLS connection established', 'Note.TlsConnected "TLS connection established"'],
    [
      'SSL connection for data connection established',
      'Note.DataTlsConnected "SSL connection for data connection established"',
    ],
    [
      'TLS warning: SSL3 alert read: fatal: bad certificate',
      'Note.TlsFailed "TLS warning: SSL3 alert read: fatal: bad certificate"',
    ],
    [
      'Data connection SSL warning: SSL3 alert write: warning: no renegotiation',
      'Note.Other "Data connection SSL warning: SSL3 alert write: warning: no renegotiation"',
    ],
    [
      'Refusing connection. Reason: Max. connection count reached.',
      'Note.PeerRefused "Refusing connection. Reason: Max. connection count reached."',
    ],
    ['Failed to attach socket.', 'Note.ServerError "Failed to attach socket."'],
    ['220-', 'ReplyPart 220'],
    ['220-  2. QUIT when done', 'ReplyPart 220 "  2. QUIT when done"'],
    ['220', 'Reply 220'],
    ['426 Connection closed; transfer aborted.', 'Reply 426 "Connection closed; transfer aborted."'],
    ['opts utf8 on', 'Command OPTS "utf8 on"'],
    ['RETR x>y (1)> z.log', 'Command RETR "x>y (1)> z.log"'],
    ['RETR  leading blank', 'Command RETR " leading blank"'],
    ['XSHA256 a', 'Command XSHA256 "a"'],
    ['TLS', 'Command TLS'],
    ['PASS ********', 'Command PASS'],
    ['PASS secret', 'Command PASS'],
    ['pass\tsecret', 'Command PASS'],
    [' PASS secret', 'Command PASS'],
    ['Host: 203.0.113.27:21', 'Command Host: "203.0.113.27:21"'],
    ['', 'Command '],
  ])('%j', (text, expected, port = '') => {
    expect(eventsOf(line(text))).toEqual([event(expected) + (port && ` ${port}`)]);
  });

  it('is part of a reply while that is open, in its session only', () => {
    expect(
      eventsOf(
        [
          line('211-Features:'),
          line('MDTM'),
          line(' SIZE'),
          '(000023) 11/12/2012 22:33:35 PM - bob (192.0.2.8)> SIZE x\n',
          line('EPSV'),
          line('211 End'),
          line('EPSV'),
        ].join(''),
      ).map((text) => text.replace(/^\d+ (#\d+) \S+ (.*) user.*$/, '$1 $2')),
    ).toEqual([
      '#22 ReplyPart 211 "Features:"',
      '#22 ReplyPart "MDTM"',
      '#22 ReplyPart " SIZE"',
      '#23 Command SIZE "x"',
      '#22 ReplyPart "EPSV"',
      '#22 Reply 211 "End"',
      '#22 Command EPSV',
    ]);
  });

  it('is a command again when the end of a reply was cut off', () => {
    expect(eventsOf([line('211-Features:'), line(' SIZE'), line('PASV'), line('SIZE x')].join('')).slice(2)).toEqual([
      event('Command PASV').replace('1', '3'),
      event('Command SIZE "x"').replace('1', '4'),
    ]);
  });
});

describe('lines of the server itself', () => {
  it('have neither session nor time; a start ends all sessions', () => {
    expect(
      eventsOf(`FileZilla Server 0.9.60 beta started\r
Initializing Server.\r
Creating listen socket on port 21...\r
Server online.\r
`),
    ).toEqual([
      '1 Note.ServerStarted "FileZilla Server 0.9.60 beta started"',
      '1 Note.Program "FileZilla Server 0.9.60 beta"',
      '3 Note.Other "Creating listen socket on port 21..."',
      '4 Note.Other "Server online."',
    ]);
  });

  it('tell a start even if its first line is missing', () => {
    expect(eventsOf('Initializing Server.\n')).toEqual(['1 Note.ServerStarted "Initializing Server."']);
  });
});

it('reads lines that lost their prefix behind the greeting of this server', () => {
  const { events, unread } = scanText(
    filezillaServer09,
    `> USER early
> Connected on port 21, sending welcome message...
> 220 hello
> USER anna
> 331 Password required for anna
`,
  );
  expect(unread).toEqual(['> USER early']);
  expect(events).toEqual([
    '2 #0 Connected "Connected on port 21, sending welcome message..." port=21',
    '3 #0 Reply 220 "hello"',
    '4 #0 Command USER "anna"',
    '5 #0 Reply 331 "Password required for anna"',
  ]);
});

describe('the fixtures', () => {
  it.each([
    ['seed/filezilla-server.log', 'mdy', 'assumed', 30],
    ['filezilla-server-0.9/gen-03-0.9.41-de-DE.log', 'dmy', 'unambiguous', 144],
    ['filezilla-server-0.9/gen-06-0.9.60-sv-SE.log', 'ymd', 'unambiguous', 210],
    ['filezilla-server-0.9/gen-08-0.9.60-en-US.log', 'mdy', 'unambiguous', 113],
    ['filezilla-server-0.9/gen-11-0.9.60-en-GB.log', 'dmy', 'assumed', 112],
  ])('%s is read to its last line', (path, order, basis, events) => {
    const scan = scanText(filezillaServer09, readFileSync(`fixtures/${path}`, 'utf8'));
    expect(scan.unread).toEqual([]);
    expect(scan.events).toHaveLength(events);
    expect(scan.scanner.clock).toMatchObject({ date: 'full', resolutionMs: 1000, zone: null, order, basis });
  });

  it('have their samples read', () => {
    for (const sample of filezillaServer09.samples) expect(scanText(filezillaServer09, sample).unread).toEqual([]);
  });
});
