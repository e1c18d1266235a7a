import { describe, expect, it } from 'vitest';
import { blotCommandLine, blotUrls } from '../../../src/core/formats/credentials.ts';

describe('credentials', () => {
  it.each([
    ['curl -u anna:s3cret ftp://h/', 'curl -u *** ftp://h/'],
    ['curl -uanna:s3cret ftp://h/', 'curl -u*** ftp://h/'],
    ['curl -vku "anna:s3c ret" ftp://h/', 'curl -vku *** ftp://h/'],
    ["curl --user='anna:s3c ret' ftp://h/", 'curl --user=*** ftp://h/'],
    ['curl -U p:s3cret -E cert.pem:s3cret ftp://h/', 'curl -U *** -E *** ftp://h/'],
    ['curl --proxy-user p:s3cret --pass s3cret ftp://h/', 'curl --proxy-user *** --pass *** ftp://h/'],
    ['curl ftp://anna:s3c@ret@h/a@b', 'curl ftp://***@h/a@b'],
    ['curl -H "Authorization: Basic s3cret" ftp://h/', 'curl -H "Authorization: ***" ftp://h/'],
    ['wget --ftp-user=anna --ftp-password=s3cret ftp://h/', 'wget --ftp-user=anna --ftp-password=*** ftp://h/'],
    ['curl --user-agent x -T up.txt -o out ftp://h/', 'curl --user-agent x -T up.txt -o out ftp://h/'],
  ])('are blotted out of %s', (line, blotted) => {
    expect(blotCommandLine(line)).toBe(blotted);
  });

  it('are blotted out of URLs alone in other texts', () => {
    expect(blotUrls('see ftp://anna:s3cret@h/ or mail -u a@h')).toBe('see ftp://***@h/ or mail -u a@h');
  });
});
