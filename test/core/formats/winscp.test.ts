import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { winscp } from '../../../src/core/formats/winscp.ts';
import { scanText } from './scan-text.ts';

describe('WinSCP', () => {
  const { events, unread, scanner } = scanText(winscp, readFileSync('fixtures/winscp/session.log', 'utf8'));
  const line = (number: number) => events.filter((event) => event.startsWith(`${number} `));

  it('is read whole, to the millisecond, with its zone', () => {
    expect(unread).toEqual([]);
    expect(line(19)).toEqual(['19 #0 2026-11-18T18:56:26.236 Reply 230 "Login successful."']);
    expect(scanner.clock).toEqual({
      date: 'full',
      resolutionMs: 1,
      zone: '+03:00',
      order: 'ymd',
      basis: 'unambiguous',
    });
  });

  it('keeps nothing of a password', () => {
    expect(line(18)).toEqual(['18 #0 2026-11-18T18:56:26.001 Command PASS']);
  });

  it('says what TLS it uses', () => {
    expect([...line(13), ...line(14)].map((event) => event.replace(/^\S+ \S+ \S+ /, ''))).toEqual([
      'Note.CertificateVerify "18 failures"',
      'Note.TlsVersion "TLSv1.2"',
      'Note.TlsCipher "ECDHE-RSA-AES256-GCM-SHA384"',
    ]);
  });

  it('tells data connections from control connections by the port of the 227', () => {
    expect(line(24)[0]).toContain('Note.DataAttempt');
    expect(line(24)[0]).toContain('address=192.0.2.10 port=1937');
    expect(line(29)[0]).toContain('address=2001:0db8:0000:0000:0000:0000:0000:0010 port=21');
  });

  it('keeps background sessions apart', () => {
    expect(line(30)).toEqual(['30 #1 2026-11-18T18:56:27.100 Reply 421 "Too many connections."']);
    expect(line(32)).toEqual(['32 #0 2026-11-18T18:56:28.000 Command PASV']);
  });

  it('says what timed out', () => {
    expect(line(36).map((event) => event.replace(/^.* (Note\.\w+) .*?( failure=\d)?$/, '$1$2'))).toEqual([
      'Note.DataFailed failure=1',
      'Note.ClientTimeout',
    ]);
  });

  it('is known without stamps by its header, and with replies that were quoted once more', () => {
    const text = '. NetBox Version 2.1.18 (Build 189)\n< 220 ready\n> USER anna\n> < 331 password\n';
    expect(scanText(winscp, text).events.slice(1)).toEqual([
      '2 #0 Reply 220 "ready"',
      '3 #0 Command USER "anna"',
      '4 #0 Reply 331 "password"',
    ]);
    expect(scanText(winscp, '< 220 ready\n> USER anna\n').events).toEqual([]);
  });
});
