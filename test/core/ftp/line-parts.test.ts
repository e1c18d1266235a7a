import { describe, expect, it } from 'vitest';
import { takeLineApart } from '../../../src/core/ftp/line-parts.ts';

describe('takeLineApart', () => {
  it.each([
    ['EPRT |2|::1|5282|', { address: '::1', port: 5282, family: 'ipv6', range: 'loopback' }],
    ['|1|192.0.2.7|6275|', { address: '192.0.2.7', port: 6275, family: 'ipv4', range: 'public' }],
    ['PORT 10,0,0,5,4,1', { address: '10.0.0.5', port: 1025, family: 'ipv4', range: 'private' }],
    ['(192,168,1,5,195,80)', { address: '192.168.1.5', port: 50_000, family: 'ipv4', range: 'private' }],
    [
      '227 Entering Passive Mode (192,168,1,5,195,80)',
      { address: '192.168.1.5', port: 50_000, family: 'ipv4', range: 'private' },
    ],
    ['229 Entering Extended Passive Mode (|||50000|)', { address: null, port: 50_000, family: 'unknown', range: null }],
  ])('reads the endpoint of %s', (line, endpoint) => {
    expect(takeLineApart(line)?.endpoint).toEqual(endpoint);
  });

  it('says what stands out', () => {
    expect(takeLineApart('PORT 10,0,0,5,0,80')?.notes.join(' ')).toMatch(/private.*below 1024/);
    expect(takeLineApart('EPRT |1|::1|5282|')?.notes.join(' ')).toContain('does not fit the address');
    expect(takeLineApart('EPRT |3|::1|5282|')?.notes.join(' ')).toContain('522');
    expect(takeLineApart('EPRT 2,::1')?.notes.join(' ')).toContain('malformed');
    expect(takeLineApart('229 Entering Extended Passive Mode (|||70000|)')).toMatchObject({ endpoint: null });
    expect(takeLineApart('EPSV ALL')?.notes.join(' ')).toContain('every set-up but EPSV');
    expect(takeLineApart('227 Entering Passive Mode (8,8,8,8,195,80)')?.notes).toEqual([]);
  });

  it('names the products that write a text', () => {
    const products = (line: string) => takeLineApart(line)?.texts.map(({ product }) => product);
    expect(products('426 Connection closed; transfer aborted.')).toEqual([
      'FileZilla Server 0.9',
      'Microsoft IIS',
      'others',
    ]);
    expect(products('425 Failed to establish connection.')).toEqual(['vsftpd']);
    expect(products('425 Something else.')).toEqual([]);
  });

  it('does without the label that a client puts before a line', () => {
    for (const label of ['< ', 'Response: ', '<--- ', 'Antwort:\t'])
      expect(takeLineApart(`${label}425 Failed to establish connection.`)?.line).toBe(
        '425 Failed to establish connection.',
      );
    expect(takeLineApart('---> eprt |2|::1|5282|')?.verb?.verb).toBe('EPRT');
  });

  it('drops a password', () => {
    expect(JSON.stringify(takeLineApart('PASS geheim'))).not.toContain('geheim');
    expect(takeLineApart('Command: PASS geheim')?.line).toBe('PASS ***');
  });

  it('leaves what is no line of FTP alone, however long it is', () => {
    for (const text of ['', 'hello world', '1234 abc', '999 x', '\u0000', ' '.repeat(1e6), '1,'.repeat(5e5)])
      expect(takeLineApart(text)).toBeNull();
  });
});
