import { describe, expect, it } from 'vitest';
import type { Group } from '../../src/core/report.ts';
import { text } from '../../src/exporters/text.ts';
import {
  exported,
  makeConnection,
  makeEndpoint,
  makeFinding,
  makeInput,
  makeSession,
  makeTotals,
  makeTransfer,
} from './made.ts';

describe('the summary', () => {
  it('tells the verdict, each session, and the findings with what to do', () => {
    expect(exported(text)).toBe(`\
1 of 1 transfers was aborted.

logs/server.log
FileZilla Server 0.9, lines 1-9; dates taken as month/day/year, which the text leaves open
(--date-order)

  Session s0-1: anna from 192.0.2.7, 2026-01-31 22:33:35, for 58 s (lines 1-9)
    server    FileZilla Server 0.9.41 beta
    control   IPv4, explicit TLS, end not shown
    data      EPSV answered 229, port 8007; IPv4 as the control connection, by RFC 2428 section 3;
              TLS
    download  ✗ file.iso aborted after 58 s, 77.2 MB announced: 426 Connection closed; transfer
              aborted.
    note      the text ends before the session does.

warning  transfer-426-undetermined  logs/server.log:9
  The download of "file.iso" broke off after 58 s.
  cause     not clear from this text
  line 7    RETR file.iso
  line 9    426 Connection closed; transfer aborted.
  do        client: Look at the log of the client.
  to settle a packet capture
  see       RFC 959 section 4.2
`);
  });

  it('gives the same advice once', () => {
    const findingAt = (line: number, path: string) =>
      makeFinding({
        key: `s0-${line}.1`,
        message: `The download of "${path}" broke off.`,
        evidence: [{ input: 0, line, text: `RETR ${path}` }],
      });
    const shown = exported(text, {}, [[makeSession(), [findingAt(7, 'a.iso'), findingAt(70, 'b.iso')]]]);
    expect(shown).toContain('"b.iso" broke off.');
    expect(shown.match(/Look at the log of the client\./g)).toHaveLength(1);
    expect(shown).toContain('  do        as above, for logs/server.log:7\n');
  });

  it('keeps to the width of the terminal', () => {
    const lines = exported(text, { width: 60 }).split('\n');
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
  });

  it('has colours only when asked for', () => {
    expect(exported(text)).not.toContain('\x1b[');
    expect(exported(text, { color: true })).toContain('\x1b[');
  });

  it('puts data connections that were negotiated alike into one line', () => {
    const ports = [50_000, 50_002, 50_001];
    const dataConnections = ports.map((port) =>
      makeConnection({ endpoint: makeEndpoint('192.0.2.1', port), tls: null }),
    );
    const shown = exported(text, {}, [[makeSession({ dataConnections }), []]]);
    expect(shown).toContain(
      'data      3 x EPSV answered 229, ports 50000, 50001 and 50002; IPv4 as the control connection',
    );
  });

  it('shows the transfers that did not complete before the others where there are many', () => {
    const completed = Array.from({ length: 30 }, (_, i) => makeTransfer({ path: `ok-${i}`, outcome: 'completed' }));
    const transfers = [...completed, makeTransfer({ path: 'cut' })];
    const shown = exported(text, {}, [[makeSession({ transfers }), []]]);
    expect(shown).toContain('✗ cut aborted');
    expect(shown).toContain('and 19 more transfers: ftplens show --session s0-1');
    expect(shown).not.toContain('ok-11');
  });

  it('tells findings of the same words once, and those that follow from another under it', () => {
    const again = makeFinding({ key: 's0-1.2', evidence: [{ input: 0, line: 30, text: '426' }] });
    const follower = makeFinding({ key: 's0-1.3', id: 'listing-failed', severity: 'error', causedBy: 's0-1.1' });
    const shown = exported(text, {}, [[makeSession(), [follower, makeFinding(), again]]]);
    expect(shown).toContain('warning  transfer-426-undetermined  logs/server.log:9\n');
    expect(shown).toContain('  also at   logs/server.log:30\n');
    expect(shown).toContain('leads to  listing-failed (logs/server.log:9)');
    expect(shown.match(/broke off/g)).toHaveLength(1);
  });

  it('says of an input without a dialogue that it has none', () => {
    const totals = makeTotals({ inputs: [makeInput({ transcripts: [], lines: 0 })] });
    expect(exported(text, {}, [], totals)).toContain('logs/server.log\nno FTP dialogue\n');
  });
});

describe('the summary of many sessions', () => {
  const group: Group = {
    id: 'transfer-426-undetermined',
    severity: 'warning',
    count: 21,
    firstAt: '2026-01-31T22:33:35',
    lastAt: '2026-02-01T08:00:00',
    sessions: 21,
    share: 1,
    users: ['anna', 'bob'],
    peers: ['192.0.2.7'],
    keys: [],
    note: 'always after 58 s',
  };
  const sessions = Array.from({ length: 21 }, (_, i) => [makeSession({ id: `s0-${i}` }), [makeFinding()]] as const);
  const shown = exported(text, {}, sessions, makeTotals({ groups: [group] }));

  it('tells totals and groups instead of each session', () => {
    expect(shown).not.toContain('Session s0-');
    expect(shown).toContain('transfers   1: 1 aborted\n');
    expect(shown).toContain(`\
warning  transfer-426-undetermined  21 times in 21 sessions (100 %)
  The download of "file.iso" broke off after 58 s.
  example   logs/server.log:9
  note      always after 58 s
  when      2026-01-31 22:33:35 to 2026-02-01 08:00:00
  users     anna, bob
  peers     192.0.2.7
  do        client: Look at the log of the client.
`);
  });
});

describe('pairs in the summary', () => {
  it('are told with what they have in common and how the two ends see each other', () => {
    const pair = {
      id: 'p1',
      client: 's0-1',
      server: 's1-1',
      confidence: 0.88,
      reasons: ['Port 8007 of a data connection is in both.'],
      clockSkewMs: { value: -61_000, plusMinus: 1_000 },
      nat: { clientSeenAs: '198.51.100.9', serverSeenAs: null, portsRewritten: true },
      exchanges: [],
      transfers: [],
    };
    expect(exported(text, {}, undefined, makeTotals({ pairs: [pair] }))).toContain(`
Recorded by both sides

  Pair p1: s0-1 and s1-1 are one session, 88 % sure
    because   Port 8007 of a data connection is in both.
    between   the server sees the client as 198.51.100.9 and ports are changed on the way
    clocks    the server's is 61 s behind
`);
  });
});
