import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../src/core/bytes/text.ts';
import { classifyAddress } from '../../../src/core/ftp/addresses.ts';
import { makeRedactor, redactBytes } from './redacted.ts';

const redactText = (text: string, redactor = makeRedactor()) =>
  Buffer.from(redactBytes(bytesOf(text), redactor)).toString();
const TRANSCRIPT = `* Connected to ftp.acme-widgets.com (8.8.4.4) port 21
< 220 Welcome at ftp.acme-widgets.com, ask jane.roe@acme-widgets.com
> USER roe\r
< 331 Password required for roe
> PASS s3cr3t words\r
< 230 User roe logged in
> PWD
< 257 "/home/roe" is current directory
> PORT 192,168,7,20,19,137
< 200 PORT command successful
> EPRT |2|2a02:8108:1::7|5282|
< 200 EPRT command successful
> RETR /home/roe/Q3 report.tar.gz
< 150 Opening data connection for Q3 report.tar.gz (5 bytes)
< 227 Entering Passive Mode (8,8,4,4,195,80)
< 226 Transfer complete
`;

describe('pseudonyms', () => {
  it('replace every name wherever it stands', () => {
    const copy = redactText(TRANSCRIPT);
    for (const name of ['acme', '8.8.4.4', '8,8,4,4', 'roe', 's3cr3t', 'words', '192,168,7,20', '2a02', 'Q3', 'report'])
      expect(copy).not.toContain(name);
    for (const kept of ['PASS ***', '.tar.gz', ' port 21', ',195,80)', '|5282|', 'User ', '226 Transfer complete'])
      expect(copy).toContain(kept);
  });

  it('keep depth, extension and blanks of paths', () => {
    expect(makeRedactor().pseudonyms.path('/srv/data/Q3 report.tar.gz')).toMatch(
      /^\/\w{4}\/\w{4}\/\w\w \w{6}\.tar\.gz$/,
    );
    expect(makeRedactor().pseudonyms.path('C:\\in\\a.csv')).toMatch(/^C:\\\w{4}\\\w{4}\.csv$/);
    expect(makeRedactor().pseudonyms.path('../*')).toBe('../*');
  });

  it('keep family and range of addresses, and which belong to one network', () => {
    const { pseudonyms } = makeRedactor();
    const samples = ['8.8.4.4', '10.1.2.3', '172.20.1.1', '192.168.0.9', '100.64.3.3', '169.254.3.4', '127.0.0.1'];
    samples.push('2a02:8108:1::7', 'fe80::1', 'fd12:3456::1', '::1', '::ffff:10.1.2.3', '64:ff9b::808:404', '0.0.0.0');
    for (const address of samples) {
      const replaced = pseudonyms.address(address) ?? address;
      const { family, range } = classifyAddress(address);
      expect(classifyAddress(replaced), address).toMatchObject({ family, range });
    }
    const network = (address: string) => pseudonyms.address(address)!.replace(/\d+$/, '');
    expect(network('8.8.4.4')).toBe(network('8.8.4.200'));
    expect(pseudonyms.address('::ffff:10.1.2.3')).toBe(`::ffff:${pseudonyms.address('10.1.2.3')}`);
    const public24s = Array.from({ length: 200 }, (_, i) => network(`93.${i}.7.1`));
    expect(new Set(public24s).size).toBe(200);
    const hosts = Array.from({ length: 254 }, (_, i) => pseudonyms.address(`10.9.9.${i + 1}`));
    expect(new Set(hosts).size).toBe(254);
  });

  it('are the same with the same key, whatever came before, and others with another key', () => {
    const keyed = (key: string, ...before: string[]) => {
      const redactor = makeRedactor(key, [], true);
      for (const address of before) redactor.pseudonyms.address(address);
      return redactor.pseudonyms.address('8.8.4.4');
    };
    expect(keyed('a', '9.9.9.9', '8.8.4.5')).toBe(keyed('a'));
    expect(keyed('b')).not.toBe(keyed('a'));
  });

  it('leave what is to be kept', () => {
    const copy = redactText(TRANSCRIPT, makeRedactor('k', ['users', 'paths']));
    expect(copy).toContain('> USER roe\r');
    expect(copy).toContain('RETR /home/roe/Q3 report.tar.gz');
    expect(copy).not.toContain('8.8.4.4');
    expect(copy).not.toContain('s3cr3t');
  });

  it('do not depend on how the bytes come', () => {
    const bytes = bytesOf(TRANSCRIPT);
    const whole = redactBytes(bytes);
    for (const size of [1, 7, 64]) expect(redactBytes(bytes, makeRedactor(), size)).toEqual(whole);
  });

  it('leave anonymous users and makers of programs alone', () => {
    const text = '> USER anonymous\n< 220 Please visit https://filezilla-project.org/\n< 230 ok\n';
    expect(redactText(text)).toBe(text);
  });
});
