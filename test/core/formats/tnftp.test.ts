import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tnftp } from '../../../src/core/formats/tnftp.ts';
import { scanText } from './scan-text.ts';

const fixture = (name: string) => readFileSync(`fixtures/tnftp/${name}`, 'utf8');

describe('tnftp', () => {
  it('prints the reply to a set-up twice, which counts once', () => {
    const { events, unread } = scanText(tnftp, fixture('active-v4.txt'));
    expect(unread).toEqual([]);
    expect(events.filter((event) => event.includes(' 200 "EPRT'))).toEqual([
      '46 #0 Reply 200 "EPRT command successful. Consider using EPSV."',
    ]);
    expect(events[0]).toBe('8 #0 Connected "Connected to 127.0.0.1." address=127.0.0.1');
  });

  it('shows that the user stopped, before the reply', () => {
    const { events } = scanText(tnftp, fixture('abort-pasv-v4.txt'));
    expect(events.slice(-3)).toEqual([
      '51 #0 Reply 150 "Opening BINARY mode data connection for pub/big.bin (60000000 bytes)"',
      '53 #0 Note.TransferStopped "receive aborted. Waiting for remote to finish abort."',
      '54 #0 Reply 426 "Transfer aborted. Data connection closed."',
    ]);
  });

  it('keeps two sessions apart, and its own word for a lost connection from replies', () => {
    const session = (address: string) => `Connected to ${address}.\n220 ready\n---> NOOP\n`;
    expect(
      scanText(
        tnftp,
        `${session('192.0.2.1')}421 Service not available, remote server has closed connection.\n${session('192.0.2.2')}`,
      ).events,
    ).toEqual([
      '1 #0 Connected "Connected to 192.0.2.1." address=192.0.2.1',
      '2 #0 Reply 220 "ready"',
      '3 #0 Command NOOP',
      '4 #0 Note.ConnectionLost "421 Service not available, remote server has closed connection." failure=7',
      '5 #1 Connected "Connected to 192.0.2.2." address=192.0.2.2',
      '6 #1 Reply 220 "ready"',
      '7 #1 Command NOOP',
    ]);
  });

  it('leaves clients alone that do not show what they send', () => {
    const { unread } = scanText(tnftp, 'Connected to 192.0.2.1.\n220 ready\n331 password\n230 logged in\n');
    expect(unread).toEqual(['331 password', '230 logged in']);
  });
});
