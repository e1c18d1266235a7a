import { describe, expect, it } from 'vitest';
import { bytesOf, textOf } from '../../src/core/bytes/text.ts';
import { redactBytes } from '../core/redact/redacted.ts';
import { fixtureFiles } from '../fixture-files.ts';
import { writeAll } from './written.ts';

const PATTERNS = [
  /\bPASS[ \t]+([^\s"<*()[\]{}&\\'-][^\s"<&\\\])]{3,})/g,
  /\bACCT[ \t]+([^\s"<*()]{4,})/g,
  /(?:-u|--user|--proxy-user) ?["']?[^\s:,]+[:,]([^\s"'*]{4,})/g,
  /\/\/[^\s/:@]+:([^\s/@*]{4,})@/g,
  /password \(\w+\) to (\S{4,})/g,
];
/** What programs and posters write in place of a password. */
const NO_SECRET =
  /^(?:x+|hidden|<.*|password|anonymous@?.*|\S+@\S+|(?:first|must|is|was|with|not|and|command|required)\b.*)$/i;

/** Passwords that stand in a text, also byte by byte in the hexadecimal dumps of curl. */
function secretsIn(text: string): string[] {
  const dumped = [...text.matchAll(/^[0-9a-f]{4,8}: ((?:[0-9a-f]{2} ){1,16})/gm)]
    .map(([, pairs = '']) => Buffer.from(pairs.replaceAll(' ', ''), 'hex').toString('latin1'))
    .join('');
  const found = new Set<string>();
  for (const source of [text, dumped])
    for (const pattern of PATTERNS) for (const [, secret = ''] of source.matchAll(pattern)) found.add(secret.trim());
  return [...found].filter((secret) => /\d/.test(secret) && !NO_SECRET.test(secret));
}

/** Passwords that are ordinary words get a beginning of their own, so that they can be told from the words. */
function markWords(text: string): string {
  return text.replace(/(\bPASS[ \t]+)(?=[A-Za-z]{4,}\r?$)/gm, '$1Zq9');
}

const holding = fixtureFiles
  .map(({ name, bytes }) => ({ name, text: markWords(Buffer.from(bytes).toString('latin1')) }))
  .map(({ name, text }) => ({ name, bytes: new Uint8Array(Buffer.from(text, 'latin1')), secrets: secretsIn(text) }))
  .filter(({ secrets }) => secrets.length > 0);

describe('passwords', { timeout: 60_000 }, () => {
  it('are found in the fixtures', () => {
    expect(holding.length).toBeGreaterThan(10);
  });

  it.each(holding)('of $name are in no output', async ({ bytes, secrets }) => {
    for (const [output, text] of await writeAll(bytes))
      for (const secret of secrets) expect(text.includes(secret), `${secret} in ${output}`).toBe(false);
  });

  it.each(holding)('of $name are not in the redacted copy', ({ bytes, secrets }) => {
    const copy = redactBytes(bytes);
    expect(secretsIn(textOf(copy, 0, copy.length)).filter((secret) => secrets.includes(secret))).toEqual([]);
  });
});

const SECRET = 'Tr0ub4dor';
const greeting =
  '* Connected to ftp.example.net (192.0.2.7) port 21 (#0)\n< 220 ready\n> USER anna\n< 331 Password required\n';
const shown: readonly (readonly [string, string])[] = [
  ['PASS with a tab', `${greeting}> PASS\t${SECRET}\n< 230 ok\n> QUIT\n< 221 bye\n`],
  ['PASS with blanks around', `${greeting}> PASS  ${SECRET} and more \n< 230 ok\n`],
  ['PASS in lower case', `${greeting}> pass ${SECRET}\n< 230 ok\n`],
  ['ACCT', `${greeting}> PASS x\n< 332 Account needed\n> ACCT ${SECRET}\n< 230 ok\n`],
  [
    'the command line',
    `$ curl -v -u anna:${SECRET} ftp://ftp.example.net/a.txt\n${greeting}> PASS ${SECRET}\n< 230 ok\n`,
  ],
  ['a URL', `$ curl -v ftp://anna:${SECRET}@ftp.example.net/a.txt\n${greeting}> PASS ${SECRET}\n< 230 ok\n`],
  [
    'a proxy',
    `$ curl -v -x http://joe:${SECRET}@proxy.example:3128 ftp://ftp.example.net/a.txt\n${greeting}< 230 ok\n`,
  ],
  ['a proxy option', `$ curl -v --proxy-user joe:${SECRET} ftp://ftp.example.net/a.txt\n${greeting}< 230 ok\n`],
  [
    'a server log',
    `(000001) 12/11/2012 22:33:35 - (not logged in) (192.0.2.9)> Connected on port 21, sending welcome message...
(000001) 12/11/2012 22:33:35 - (not logged in) (192.0.2.9)> USER anna
(000001) 12/11/2012 22:33:35 - (not logged in) (192.0.2.9)> 331 Password required for anna
(000001) 12/11/2012 22:33:36 - (not logged in) (192.0.2.9)> PASS\t${SECRET}
(000001) 12/11/2012 22:33:36 - anna (192.0.2.9)> 230 Logged on
`,
  ],
  [
    'a trace',
    `== Info: Connected to ftp.example.net (192.0.2.7) port 21 (#0)
<= Recv header, 11 bytes (0xb)
0000: 220 ready
=> Send header, 11 bytes (0xb)
0000: USER anna
<= Recv header, 8 bytes (0x8)
0000: 331 pw
=> Send header, 16 bytes (0x10)
0000: PASS ${SECRET}
<= Recv header, 8 bytes (0x8)
0000: 230 ok
`,
  ],
  [
    'a trace in hexadecimal',
    `== Info: Connected to ftp.example.net (192.0.2.7) port 21 (#0)
<= Recv header, 11 bytes (0xb)
0000: 32 32 30 20 72 65 61 64 79 0d 0a                220 ready..
=> Send header, 16 bytes (0x10)
0000: 50 41 53 53 20 54 72 30 75 62 34 64 6f 72 0d 0a PASS Tr0ub4dor..
<= Recv header, 8 bytes (0x8)
0000: 32 33 30 20 6f 6b 0d 0a                         230 ok..
`,
  ],
];

describe('a password in', { timeout: 60_000 }, () => {
  it.each(shown)('%s is in no output', async (_, text) => {
    for (const [output, written] of await writeAll(bytesOf(text))) {
      expect(written.includes(SECRET), output).toBe(false);
      expect(written.includes('54 72 30 75'), output).toBe(false);
    }
  });

  it.each(shown)('%s is not in the redacted copy', (_, text) => {
    const copy = Buffer.from(redactBytes(bytesOf(text))).toString();
    expect(copy).not.toContain(SECRET);
    expect(copy).not.toContain('54 72 30 75');
  });
});
