import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filezillaClient } from '../../../src/core/formats/filezilla-client.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(`fixtures/filezilla-client/${name}`, 'utf8');

/** The events of a text that is read whole. */
function eventsOf(text: string): string[] {
  const { events, unread } = scanText(filezillaClient, text);
  expect(unread.filter((line) => line !== '')).toEqual([]);
  return events;
}

/** The remarks among events, without those that tell nothing. */
const remarksOf = (events: readonly string[]) =>
  events.filter((event) => !/ (?:Reply|ReplyPart|Command)\b/.test(event) && !event.includes('Note.Other'));

/** The keys of the sessions that events belong to. */
const keysOf = (events: readonly string[]) => new Set(events.map((event) => event.split(' ')[1]));

describe('the log file', () => {
  const events = eventsOf(fixture('dl-426-then-resume.log'));

  it('keys sessions by process and engine', () => {
    expect(keysOf(events)).toEqual(new Set([`#${5637 * 65_536 + 1}`, `#${5637 * 65_536 + 2}`]));
  });

  it('keeps lines of several engines apart', () => {
    const interleaved = eventsOf(fixture('dl-multi-v6-nodetail.log'));
    const third = interleaved.filter((event) => event.includes(`#${16_332 * 65_536 + 3} `));
    expect(third.filter((event) => event.includes(' Command ')).map((event) => event.split(' Command ')[1])).toEqual([
      'AUTH "TLS"',
      'AUTH "SSL"',
      'USER "alice"',
      'PASS',
      'OPTS "UTF8 ON"',
      'OPTS "MLST type;perm;size;modify;unix.mode;unix.uid;unix.gid;"',
      'CWD "/pub"',
      'TYPE "A"',
      'EPSV',
      'RETR "grüße datei.txt"',
      'TYPE "I"',
      'EPSV',
      'RETR "medium.bin"',
    ]);
  });

  it('shows a broken data connection, the bytes that arrived and the next try', () => {
    expect(remarksOf(events).map((event) => event.replace(/^(\d+) \S+ \S+/, '$1'))).toEqual([
      '1 Note.ConnectAttempt "Connecting to 127.0.0.1:3153..." address=127.0.0.1 port=3153',
      '2 Connected',
      '43 Note.ConnectAttempt "Connecting to 127.0.0.1:3153..." address=127.0.0.1 port=3153',
      '44 Connected',
      '60 Note.TransferStarted "/big.bin" value=0',
      '69 Note.DataBroken "Could not read from transfer socket: ECONNRESET - Connection reset by peer" failure=3',
      '71 Note.TransferFailed "File transfer failed after transferring 4980736 bytes in 1 second" value=4980736',
      '72 Note.TransferStarted "/big.bin" value=0',
      '80 Note.TransferDone "File transfer successful, transferred 55019264 bytes in 1 second" value=55019264',
    ]);
  });

  it('may leave out the engine, and break off in its prefix', () => {
    expect(
      eventsOf('2026-11-22 05:03:13 7 Command: NOOP\n2026-11-22 05:03:13 7 3 Response:  SIZE\n2026-11-22 05:03:13 7'),
    ).toEqual([
      '1 #458752 2026-11-22T05:03:13.000 Command NOOP',
      '2 #458755 2026-11-22T05:03:13.000 ReplyPart " SIZE"',
    ]);
  });

  it('tells its clock', () => {
    expect(scanText(filezillaClient, fixture('tls-accept.log')).scanner.clock).toEqual({
      date: 'full',
      resolutionMs: 1000,
      zone: null,
      order: 'ymd',
      basis: 'unambiguous',
    });
  });
});

describe('a copy of the window', () => {
  it('has a session for each connection', () => {
    const events = eventsOf(fixture('dl-retrdrop.window.txt'));
    expect(keysOf(events)).toEqual(new Set(['#0', '#1', '#2', '#3', '#4']));
    expect(remarksOf(events).filter((event) => event.includes('#1 '))).toEqual([
      '43 #1 Note.ConnectAttempt "Connecting to 127.0.0.1:3132..." address=127.0.0.1 port=3132',
      '44 #1 Connected',
      '60 #1 Note.TransferStarted "/big.bin" value=0',
      '69 #1 Note.ConnectionLost "Connection closed by server" failure=7',
      '70 #1 Note.TransferFailed "File transfer failed after transferring 1835008 bytes in 1 second" value=1835008',
    ]);
  });

  it('gives replies to the connection whose command they answer', () => {
    const login = (n: number) => `Command:\tUSER u${n}\n`;
    expect(
      eventsOf(
        `Status:\tConnecting to 192.0.2.1:21...
Status:\tConnection established, waiting for welcome message...
Status:\tConnecting to 192.0.2.2:21...
Status:\tConnection established, waiting for welcome message...
Response:\t220 first
${login(1)}Response:\t220 second
${login(2)}Response:\t331 for u1
Command:\tPASS **
`,
      ).map((event) => event.replace(/Note.ConnectAttempt.*(address=.*) .*/, '$1')),
    ).toEqual([
      '1 #0 address=192.0.2.1',
      '2 #0 Connected',
      '3 #1 address=192.0.2.2',
      '4 #1 Connected',
      '5 #0 Reply 220 "first"',
      '6 #0 Command USER "u1"',
      '7 #1 Reply 220 "second"',
      '8 #1 Command USER "u2"',
      '9 #0 Reply 331 "for u1"',
      '10 #0 Command PASS',
    ]);
  });

  it('says once that it hides the commands', () => {
    const events = eventsOf(fixture('dl-426-then-resume-nodetail.window.txt'));
    expect(events.filter((event) => event.includes('CommandsHidden'))).toEqual([
      '3 #0 05:03:19.000 Note.CommandsHidden',
      '9 #1 05:03:21.000 Note.CommandsHidden',
    ]);
    expect(events.slice(0, 8)).toContain(
      '6 #0 05:03:20.000 Note.TransferDone "Directory listing of \\"/\\" successful"',
    );
  });

  it('is read in languages whose sentences are not known', () => {
    expect(remarksOf(eventsOf(fixture('lang-ru.window.txt'))).slice(-4)).toEqual([
      '46 #1 05:09:29.000 Note.ConnectAttempt "Соединяюсь с 127.0.0.1:3159..." address=127.0.0.1 port=3159',
      '47 #1 05:09:29.000 Connected',
      expect.stringContaining('73 #1 05:09:29.000 Note.TransferFailed'),
      expect.stringMatching(/^82 #1 05:09:29\.000 Note\.TransferDone .* value=55019264$/),
    ]);
  });

  it.each([
    ['Status:\tVerbindung zum Server getrennt', ['Note.ClientDisconnect', 'Disconnected']],
    ['Status:\tVerbindung vom Server geschlossen', ['Note.Other', 'Disconnected']],
    ['Fehler:\tVerbindung vom Server geschlossen', ['Note.ConnectionLost']],
    ['Fehler:\tZeitüberschreitung nach 20 Sekunden Inaktivität', ['Note.ClientTimeout']],
    ['Fehler:\tÜbertragung durch Benutzer abgebrochen', ['Note.TransferStopped']],
    ['Fehler:\tDatenverbindung: ECONNREFUSED - Verbindung abgelehnt', ['Note.DataFailed']],
  ])('is understood where it says %s', (line, expected) => {
    const login = 'Antwort:\t220 ready\nBefehl:\tPASV\nAntwort:\t227 (1,2,3,4,5,6)\nBefehl:\tRETR a\n';
    const events = eventsOf(`Status:\tVerbinde mit 192.0.2.1:21...\nStatus:\tVerbunden\n${login}${line}\n`);
    expect(events.filter((event) => event.startsWith('7 ')).map((event) => event.split(' ')[2])).toEqual(expected);
  });

  it('may be padded as on macOS, or have marks of direction', () => {
    const padded = eventsOf(fixture('macos-padding.window.txt'));
    expect(padded[2]).toBe('3 #0 05:00:13.000 Reply 220 "pyftpdlib ready."');
    expect(padded).toContain('17 #0 05:00:13.000 ReplyPart " EPRT"');
    expect(eventsOf('05:00:13\tתגובה:\t\u200e\u202a220 ready\n')).toEqual(['1 #0 05:00:13.000 Reply 220 "ready"']);
  });

  it.each([
    ['blanks for the tab', 'Response:   220 ready'],
    ['one blank', 'Response: 220 ready'],
    ['nothing', 'Response:220 ready'],
    ['an ordinary blank before the colon', 'Réponse : 220 ready'],
    ['no blank before the colon', 'Réponse: 220 ready'],
    ['a blank of its own before the line', '  Response:\t220 ready'],
  ])('may have %s after pasting', (_, line) => {
    expect(eventsOf(`${line}\n`)).toEqual(['1 #0 Reply 220 "ready"']);
  });

  it('may have two lines run into one, and a password without its blank', () => {
    expect(eventsOf('Command: USER anna Antwort: 331 User anna OK\nCommand: PASS***\n')).toEqual([
      '1 #0 Command USER "anna"',
      '1 #0 Reply 331 "User anna OK"',
      '2 #0 Command PASS',
    ]);
  });

  it('rounds byte counts if it is set to', () => {
    expect(eventsOf(fixture('enus-sizes-iec.window.txt')).at(-1)).toMatch(/Note\.TransferDone .* value=60083405~$/);
  });
});

describe('remarks', () => {
  it.each([
    ['refused-localhost.window.txt', ['ConnectAttempt', 'ConnectFailed … failure=2', 'ClientError', 'Disconnected']],
    [
      'hang-welcome-timeout.log',
      ['ConnectAttempt', 'Connected', 'ClientTimeout … value=10', 'ClientError', 'Disconnected'],
    ],
    ['badlogin.window.txt', ['ConnectAttempt', 'Connected', 'CommandsHidden', 'ClientError', 'Disconnected']],
    ['tls-accept.log', ['ConnectAttempt', 'Connected', 'TlsHandshake', 'TlsConnected']],
    ['pasv-data-refused.window.txt', ['ConnectAttempt', 'Connected', 'DataFailed … failure=2', 'ClientError']],
    [
      'dl-cancel-user.window.txt',
      [
        'ConnectAttempt',
        'Connected',
        'ConnectAttempt',
        'Connected',
        'TransferStarted … value=0',
        'TransferredBytes … value=2097152',
        'TransferStopped … value=2097152',
      ],
    ],
  ])('of %s', (name, expected) => {
    const short = remarksOf(eventsOf(fixture(name))).map((event) =>
      event
        .replace(/^\d+ \S+ (?:[\dT:.-]+ )?(?:Note\.)?/, '')
        .replace(/ "(?:[^"\\]|\\.)*"/, ' …')
        .replace(/ address=\S+ port=\d+/, '')
        .replace(/ …$/, ''),
    );
    expect(short).toEqual(expected);
  });

  it('name a host that has no address', () => {
    expect(
      eventsOf(
        'Status:\tResolving address of nowhere.example\nStatus:\tConnection attempt failed with "EAI_NONAME - unknown".\nError:\tCould not connect to server\n',
      ).slice(0, 2),
    ).toEqual([
      '2 #0 Note.ConnectAttempt address=nowhere.example',
      '2 #0 Note.ConnectFailed "Connection attempt failed with \\"EAI_NONAME - unknown\\"." failure=8',
    ]);
  });
});

describe('FluentFTP', () => {
  it('is told apart by its data connections and durations', () => {
    const events = eventsOf(fixture('fluentftp.txt'));
    expect(events).toContain('27 #0 Note.DataAttempt "Connecting to 127.0.0.1:62172" address=127.0.0.1 port=62172');
    expect(events).toContain('37 #0 Reply 226 "Successfully transferred \\"/\\""');
  });
});

describe('other programs', () => {
  it.each([
    'Error: disk full',
    'Status: 200',
    'Command: ls -l',
    'Response: OK',
    'Trace: at main',
    '# Heading',
    '| cell |',
  ])('may begin a line like %s', (line) => {
    expect(scanText(filezillaClient, line)).toMatchObject({ events: [], unread: [line] });
  });
});
