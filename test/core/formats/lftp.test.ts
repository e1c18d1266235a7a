import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lftp } from '../../../src/core/formats/lftp.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(`fixtures/lftp/${name}`, 'utf8');
const eventsOf = (text: string) => scanText(lftp, text).events;
const remarksOf = (events: readonly string[]) =>
  events.filter((event) => !/ (?:Reply|ReplyPart|Command)\b/.test(event));

describe('lftp', () => {
  it('names both ends of its data connections and says how they broke', () => {
    expect(remarksOf(eventsOf(fixture('lftp-426-resume.txt'))).slice(0, 4)).toEqual([
      '3 #0 Note.ConnectAttempt "Connecting to 127.0.0.1 (127.0.0.1) port 3159" address=127.0.0.1 port=3159',
      '35 #0 Note.DataAttempt "Connecting data socket to (127.0.0.1) port 36485" address=127.0.0.1 port=36485',
      '36 #0 Note.DataConnected "Data connection established"',
      '39 #0 Note.DataBroken "data-socket: Connection reset by peer" failure=3',
    ]);
  });

  it('keeps nothing of a password', () => {
    expect(eventsOf(fixture('lftp-426-resume.txt'))).toContain('23 #0 Command PASS');
  });

  it('has a session for each attempt', () => {
    expect(eventsOf(fixture('lftp-refused.txt')).map((event) => event.replace(/ "[^"]*"| address.*/g, ''))).toEqual([
      '3 #0 Note.ConnectAttempt',
      '4 #0 Note.ConnectFailed failure=2',
      '5 #0 Disconnected',
      '6 #1 Note.ConnectAttempt',
      '7 #1 Note.ConnectFailed failure=2',
      '8 #1 Disconnected',
      '9 #1 Note.ClientError',
    ]);
  });

  it('shows process, time and context if it is told to', () => {
    const { events, unread, scanner } = scanText(lftp, fixture('lftp-debug-t-p-c.log'));
    expect(unread).toEqual([]);
    expect(events[1]).toBe('4 #0 2026-11-22T05:16:28.000 Reply 220 "pyftpdlib ready."');
    expect(scanner.clock).toMatchObject({ date: 'full', resolutionMs: 1000, order: 'ymd' });
  });

  it('says what it found out about the certificate', () => {
    expect(eventsOf(fixture('lftp-tls.txt')).filter((event) => event.includes('Certificate'))[0]).toMatch(
      /^26 #0 Note.CertificateVerify "The certificate is NOT trusted\./,
    );
  });

  it('takes a socket error for the connection that was being made', () => {
    const text = (middle: string) => `---- Connecting to a (192.0.2.1) port 21
<--- 220 ready
---> PASV
<--- 227 Entering Passive Mode
${middle}`;
    expect(eventsOf(text('**** Socket error (Connection timed out) - reconnecting\n')).at(-1)).toMatch(
      /Note\.DataFailed .* failure=1$/,
    );
    expect(eventsOf(text('---> NOOP\n**** Socket error (Broken pipe) - reconnecting\n')).at(-1)).toMatch(
      /Note\.ConnectionLost .* failure=3$/,
    );
  });

  it('leaves the commands of other clients alone', () => {
    expect(eventsOf('---> USER anna\n---> PASS x\n')).toEqual([]);
  });
});
