import { describe, expect, it } from 'vitest';
import { markdown } from '../../src/exporters/markdown.ts';
import { exported, makeFinding, makeSession, makeTotals, makeTransfer } from './made.ts';

const withPath = (path: string) =>
  exported(markdown, {}, [
    [
      makeSession({ user: path, transfers: [makeTransfer({ path })] }),
      [makeFinding({ message: `The download of "${path}" broke off.`, evidence: [{ input: 0, line: 9, text: path }] })],
    ],
  ]);
/** Lines outside of blocks of code. */
const proseOf = (text: string) => text.replaceAll(/^(`{3,})\n[\s\S]*?\n\1$/gm, '');

describe('Markdown', () => {
  it('tells the verdict, inputs, sessions, and findings with their evidence folded', () => {
    expect(exported(markdown)).toBe(`\
## FTP: 1 of 1 transfers was aborted.

| file | format | size | lines | unread | sessions | transfers | completed | aborted | failed | unfinished | aborted % |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| logs/server.log | filezilla-server-0.9 | 900 | 9 | 0 | 1 | 1 | 0 | 1 | 0 | 0 | 100 |

| session | user | client | started | transfers | what happened |
| --- | --- | --- | --- | --- | --- |
| s0-1 | anna | 192.0.2.7 | 2026-01-31 22:33:35 | 1 aborted | The download was aborted. |

### warning: transfer-426-undetermined

At logs/server.log:9: The download of "file.iso" broke off after 58 s.

- Cause: not clear from this text
- **client**: Look at the log of the client.
- To settle it: a packet capture
- See RFC 959 section 4.2

<details>
<summary>Evidence, 2 lines</summary>

\`\`\`
logs/server.log:7: RETR file.iso
logs/server.log:9: 426 Connection closed; transfer aborted.
\`\`\`

</details>
`);
  });

  it('gives the same advice once', () => {
    const findingAt = (line: number) =>
      makeFinding({ key: `s0-${line}.1`, message: `Broke at ${line}.`, evidence: [{ input: 0, line, text: '426' }] });
    const shown = exported(markdown, {}, [[makeSession(), [findingAt(7), findingAt(70)]]]);
    expect(shown.match(/Look at the log of the client\./g)).toHaveLength(1);
    expect(shown).toContain('- To do: as above, for logs/server.log:7\n');
  });

  it.each([
    ['an element', '<img src=x onerror=alert(1)>', /[^\\]<img/],
    ['a link', '[click](javascript:alert(1))', /[^\\]\[click/],
    ['emphasis', '*q* _q_ ~q~', /[^\\][*_~]q/],
    ['a mention', '@octocat', /@o/],
    ['the reference of an issue', '#123', /#1/],
    ['a URL', 'http://evil.example', /:\/\//],
    ['a cell', 'a | b', /[^\\]\| b/],
    ['an entity', '&lt;', /[^\\]&lt;/],
  ])('does not make %s of what a log holds', (_what, path, pattern) => {
    expect(proseOf(withPath(path))).not.toMatch(pattern);
  });

  it('makes a fence longer than any in the evidence', () => {
    expect(withPath('``` then ````')).toContain('\n`````\nlogs/server.log:9: ``` then ````\n`````\n');
  });

  it('tells totals and groups instead of many sessions', () => {
    const sessions = Array.from({ length: 21 }, (_, i) => [makeSession({ id: `s0-${i}` }), [makeFinding()]] as const);
    const group = {
      ...{ id: 'transfer-426-undetermined', severity: 'warning' as const, count: 21, sessions: 21, share: 1 },
      ...{ firstAt: null, lastAt: null, users: ['anna'], peers: [], keys: [], note: null },
    };
    const text = exported(markdown, {}, sessions, makeTotals({ groups: [group] }));
    expect(text).not.toContain('s0-7');
    expect(text).toContain('<summary>Set-up of data connections</summary>\n\n| set-up | attempts |');
    expect(text).toContain('### warning: transfer-426-undetermined\n\n21 times in 21 sessions. The download of');
    expect(text).toContain('- Users: anna\n');
  });
});
