import { describe, expect, it } from 'vitest';
import { limits } from '../../src/core/limits.ts';
import { json } from '../../src/exporters/json.ts';
import { jsonl } from '../../src/exporters/jsonl.ts';
import { VERSION } from '../../src/version.ts';
import { exported, makeFinding, makeSession, makeTotals } from './made.ts';

const records = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the JSON report', () => {
  it('holds every part of the contract, the findings of sessions before the others', () => {
    const totals = makeTotals({ findings: [makeFinding({ key: 'r.1', session: null })] });
    const report = JSON.parse(exported(json, {}, undefined, totals));
    expect(Object.keys(report)).toEqual([
      ...[
        'schema',
        'generator',
        'sessions',
        'inputs',
        'pairs',
        'undecidedPairs',
        'findings',
        'groups',
        'summary',
        'verdict',
      ],
    ]);
    expect(report).toMatchObject({
      schema: 'ftplens.report/1',
      generator: { name: 'ftplens', version: VERSION },
      verdict: totals.verdict,
      inputs: totals.inputs,
      summary: totals.summary,
    });
    expect(report.findings).toEqual([makeFinding(), ...totals.findings]);
  });

  it('copies what a session computes and leaves out what only diagnoses need', () => {
    const [session] = JSON.parse(exported(json)).sessions;
    expect(session).toMatchObject({ id: 's0-1', user: 'anna', epsv: { attempts: 1, port: 8007 }, gaps: ['tail'] });
    expect(session.exchanges[2]).toEqual({
      line: 7,
      at: null,
      verb: 'RETR',
      argument: 'file.iso',
      replies: [
        { line: 8, at: null, code: 150, text: 'Connection accepted' },
        { line: 9, at: null, code: 426, text: 'Connection closed; transfer aborted.' },
      ],
      note: null,
    });
    expect(session.transfers[0]).not.toHaveProperty('exchange');
    expect(session).not.toHaveProperty('remarks');
  });

  it('is whole JSON without any session', () => {
    expect(JSON.parse(exported(json, {}, [])).sessions).toEqual([]);
  });

  it('leaves out the exchanges of calm sessions where there are very many', () => {
    const session = makeSession();
    const calm = Array.from({ length: limits.sessionsWithExchanges + 1 }, () => [session, []] as const);
    const { sessions } = JSON.parse(exported(json, {}, [...calm, [makeSession(), [makeFinding()]]]));
    expect(sessions[0]).toMatchObject({ exchanges: { length: 3 }, exchangesLeftOut: 0 });
    expect(sessions.at(-2)).toMatchObject({ exchanges: [], exchangesLeftOut: 3 });
    expect(sessions.at(-1)).toMatchObject({ exchanges: { length: 3 }, exchangesLeftOut: 0 });
  });
});

describe('JSON Lines', () => {
  it('are typed records, each session followed by its findings', () => {
    const types = records(exported(jsonl)).map(({ type }) => type);
    expect(types).toEqual(['report', 'session', 'finding', 'input', 'summary', 'verdict']);
  });
});

describe('a table as JSON', () => {
  it('is an array of rows by column names, with ISO times and null for what is not said', () => {
    const [row, ...rest] = JSON.parse(exported(json, { table: 'transfers' }));
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ file: 'logs/server.log', started_at: '2026-01-31T22:33:35', transferred_bytes: null });
  });

  it('is an empty array without rows', () => {
    expect(JSON.parse(exported(json, { table: 'pairs' }))).toEqual([]);
  });

  it('is one row a line as JSON Lines', () => {
    expect(records(exported(jsonl, { table: 'days' }))).toEqual([
      {
        day: '2026-01-31',
        sessions: 1,
        transfers: 1,
        completed: 0,
        aborted: 1,
        failed: 0,
        unfinished: 0,
        aborted_percent: 100,
        bytes: null,
      },
    ]);
  });
});
