import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/core/limits.ts';
import type { GroupKey } from '../../../src/core/report.ts';
import type { Session } from '../../../src/core/sessions/session.ts';
import { SummaryBuilder } from '../../../src/core/summary/summary.ts';
import { makeConnection, makeExchange, makeInput, makeSession, makeTransfer } from '../../exporters/made.ts';

function summaryOf(sessions: readonly Session[], groupBy: readonly GroupKey[] | null = null) {
  const builder = new SummaryBuilder(groupBy);
  for (const session of sessions) builder.add(session, `${session.input}.log`);
  return builder.build([makeInput({ path: '0.log' }), makeInput({ path: '1.log' })]);
}

describe('the summary', () => {
  it('has a row for each input, also for those without sessions', () => {
    const rows = summaryOf([makeSession({ input: 1 })]).byFile;
    expect(rows.map(({ key, sessions, aborted }) => [key, sessions, aborted])).toEqual([
      ['0.log', 0, 0],
      ['1.log', 1, 1],
    ]);
  });

  it('names the other side as the peer, whoever wrote the record', () => {
    const client = makeSession({
      vantage: 'client',
      server: { ...makeSession().server, address: '203.0.113.9' },
    });
    const { byPeer, byServer } = summaryOf([makeSession(), client]);
    expect(byPeer.map(({ key }) => key).sort()).toEqual(['192.0.2.7', '203.0.113.9']);
    expect(byServer.map(({ key }) => key)).toEqual(['203.0.113.9']);
  });

  it('tells how the set-up of data connections went', () => {
    const dataConnections = [
      makeConnection(),
      makeConnection({ outcome: 'refused', family: 'unknown' }),
      makeConnection({ outcome: 'unreachable' }),
      makeConnection({ command: 'PASV' }),
    ];
    const rows = summaryOf([makeSession({ dataConnections })]).setUps;
    expect(rows).toContainEqual(
      expect.objectContaining({ command: 'EPSV', family: 'ipv4', attempts: 2, used: 1, unreachable: 1, refused: 0 }),
    );
    expect(rows).toContainEqual(expect.objectContaining({ command: 'EPSV', family: 'unknown', refused: 1 }));
    expect(rows).toContainEqual(expect.objectContaining({ command: 'PASV', attempts: 1, used: 1 }));
  });

  it('counts error replies by code and verb, with the text of the first', () => {
    const exchanges = [
      makeExchange(1, 'RETR', 'a', [2, 550, 'No such file: a']),
      makeExchange(3, 'RETR', 'b', [4, 550, 'No such file: b']),
      makeExchange(5, null, null, [6, 421, 'Timeout']),
    ];
    expect(summaryOf([makeSession({ exchanges })]).topErrors).toEqual([
      { code: 550, verb: 'RETR', text: 'No such file: a', replies: 2, sessions: 1 },
      { code: 421, verb: null, text: 'Timeout', replies: 1, sessions: 1 },
    ]);
  });

  it('counts logins, and the refused ones by user and peer', () => {
    const refused = makeSession({ login: 'refused', user: 'eve' });
    const { logins } = summaryOf([makeSession(), refused, refused]);
    expect(logins).toEqual({
      ...{ accepted: 1, refused: 2, none: 0, unknown: 0 },
      refusedByUser: [{ key: 'eve', sessions: 2 }],
      refusedByPeer: [{ key: '192.0.2.7', sessions: 2 }],
    });
  });
});

describe('the durations of aborted transfers', () => {
  const abortedAfter = (...durations: (number | null)[]) =>
    summaryOf([makeSession({ transfers: durations.map((durationMs) => makeTransfer({ durationMs })) })]).abortedAfter;

  it('put a known timer into a narrow bin that names it', () => {
    expect(abortedAfter(299_000, 300_000, 302_000, 310_000)).toEqual([
      expect.objectContaining({ fromMs: 297_000, toMs: 303_000, transfers: 3 }),
      expect.objectContaining({ fromMs: 303_000, transfers: 1, timers: [] }),
    ]);
    expect(abortedAfter(300_000)[0]!.timers).toContain('vsftpd data_connection_timeout');
    // A limit for the login ends no transfer.
    expect(abortedAfter(300_000)[0]!.timers.join()).not.toContain('TimeoutLogin');
  });

  it('have a bin for the longest and none for those that are unknown', () => {
    expect(abortedAfter(1e12, null)).toEqual([{ fromMs: 28_800_000, toMs: null, transfers: 1, timers: [] }]);
  });
});

describe('the throughput', () => {
  const completed = (bytes: number | null, durationMs: number, changes = {}) =>
    makeTransfer({ outcome: 'completed', transferredBytes: bytes, durationMs, ...changes });

  it('is told in percentiles, exact to 5 %', () => {
    const transfers = Array.from({ length: 100 }, (_, i) => completed((i + 1) * 10_000, 10_000));
    const [row] = summaryOf([makeSession({ transfers })]).throughput;
    expect(row).toMatchObject({ direction: 'download', transfers: 100 });
    for (const [name, rate] of [
      ['p5', 5_000],
      ['p50', 50_000],
      ['p95', 95_000],
    ] as const)
      expect(Math.abs(row!.percentiles[name] / rate - 1), name).toBeLessThan(0.05);
  });

  it('leaves out what is not known, not whole, or shorter than the clock can tell', () => {
    const transfers = [
      completed(null, 10_000),
      completed(5_000, 1_000),
      completed(5_000, 0),
      completed(5_000, 10_000, { outcome: 'aborted' }),
      completed(5_000, 10_000, { direction: 'listing' }),
    ];
    expect(summaryOf([makeSession({ transfers })]).throughput).toEqual([]);
  });
});

describe('grouped totals', () => {
  it('are absent unless asked for', () => {
    expect(summaryOf([makeSession()]).grouped).toBeNull();
  });

  it('count transfers by several keys at once, and sessions once a row', () => {
    const transfers = [makeTransfer(), makeTransfer(), makeTransfer({ outcome: 'completed', verb: 'STOR' })];
    const { grouped } = summaryOf(
      [makeSession({ transfers }), makeSession({ transfers: [] })],
      ['user', 'verb', 'file'],
    );
    expect(grouped!.by).toEqual(['user', 'verb', 'file']);
    expect(grouped!.rows.map(({ values, sessions, transfers: count }) => [values, sessions, count])).toEqual([
      [['anna', null, '0.log'], 1, 0],
      [['anna', 'RETR', '0.log'], 1, 2],
      [['anna', 'STOR', '0.log'], 1, 1],
    ]);
  });

  it('are bounded: beyond the limit everything is counted together', () => {
    const builder = new SummaryBuilder(['user']);
    for (let i = 0; i < limits.summaryRows + 5; i++) builder.add(makeSession({ user: `u${i}` }), '0.log');
    const { rows } = builder.build([]).grouped!;
    expect(rows.length).toBe(limits.summaryRows + 1);
    expect(rows.find(({ values }) => values[0] === '(others)')).toMatchObject({ transfers: 5 });
  });
});
