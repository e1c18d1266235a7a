import { describe, expect, it } from 'vitest';
import type { ExportOptions, Write } from '../../src/exporters/exporter.ts';
import { exporters } from '../../src/exporters/index.ts';
import { Ladder } from '../../src/exporters/ladder.ts';
import { TABLE_NAMES } from '../../src/exporters/tables/names.ts';
import {
  exported,
  makeConnection,
  makeExchange,
  makeFinding,
  makeInput,
  makeSession,
  makeTotals,
  makeTransfer,
} from './made.ts';

const HOSTILE = 'a\x1b]0;pwned\x07\x1b[2J\x9b31mb\u202ecod.exe\u2066\x00\x7f\r\nX: 1';
/** What must never reach a terminal as it is. Line feeds and carriage returns are the outputs' own. */
const ACTIVE = /[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

const session = makeSession({
  user: HOSTILE,
  client: { address: HOSTILE, port: null, family: 'unknown', range: null, product: HOSTILE, version: HOSTILE },
  server: {
    address: HOSTILE,
    port: 1,
    family: 'unknown',
    range: null,
    banner: HOSTILE,
    product: HOSTILE,
    version: HOSTILE,
  },
  tls: { control: 'explicit', data: 'private', version: HOSTILE, cipher: HOSTILE, certificate: null },
  verdict: HOSTILE,
  dataConnections: [
    makeConnection({
      argument: HOSTILE,
      endpoint: { address: HOSTILE, port: 1, family: 'unknown', range: null },
      familyBasis: 'address',
    }),
  ],
  transfers: [makeTransfer({ path: HOSTILE, fullPath: HOSTILE, clientError: { line: 9, code: 18, text: HOSTILE } })],
  errors: [{ line: 9, verb: HOSTILE, code: 426, text: HOSTILE }],
  exchanges: [
    makeExchange(1, HOSTILE, HOSTILE, [2, 331, HOSTILE]),
    makeExchange(3, 'RETR', HOSTILE, [4, 426, HOSTILE]),
    makeExchange(5, 'RETR', null, [9, 426, HOSTILE]),
  ],
});
const finding = makeFinding({
  message: HOSTILE,
  evidence: [{ input: 0, line: 9, text: HOSTILE }],
  remedies: [{ side: HOSTILE, text: HOSTILE }],
  wouldDecide: HOSTILE,
});
const pair = {
  id: HOSTILE,
  client: HOSTILE,
  server: HOSTILE,
  confidence: 1,
  reasons: [HOSTILE],
  clockSkewMs: null,
  nat: { clientSeenAs: HOSTILE, serverSeenAs: HOSTILE, portsRewritten: null },
  exchanges: [],
  transfers: [],
};
const counts = { sessions: 1, transfers: 1, completed: 0, aborted: 1, failed: 0, unfinished: 0, bytes: null };
const rows = [{ key: HOSTILE, ...counts }];
const totals = makeTotals({
  summary: {
    ...makeTotals().summary,
    ...{ byUser: rows, byPeer: rows, byServer: rows, byVerb: rows, byDay: rows, byFile: rows },
    grouped: { by: ['user', 'verb'], rows: [{ values: [HOSTILE, HOSTILE], ...counts }] },
  },
  pairs: [pair],
  verdict: HOSTILE,
  inputs: [makeInput({ path: HOSTILE, error: HOSTILE })],
  findings: [finding],
});
const tables = [null, ...TABLE_NAMES];
const cases = exporters
  .filter(({ isBinary }) => !isBinary)
  .flatMap(({ id, holds, create }) =>
    tables
      .filter((table) => (table === null ? holds !== 'table' : holds !== 'report'))
      .map((table) => ({ name: `${id} ${table ?? 'report'}`, table, create })),
  );
const ladder = (write: Write, options: ExportOptions) => new Ladder(write, options, null);

describe('hostile text', () => {
  it.each([...cases, { name: 'ladder', table: null, create: ladder }])(
    'is shown as text in $name',
    ({ table, create }) => {
      const text = exported({ create }, { table, inputPath: () => HOSTILE, width: 80 }, [[session, [finding]]], totals);
      expect(text).not.toBe('');
      // A tab between cells is the format's own; within them it is escaped, which the TSV test shows.
      expect(text.replaceAll('\t', '')).not.toMatch(ACTIVE);
    },
  );

  it('survives JSON unchanged', () => {
    const json = exporters.find(({ id }) => id === 'json')!;
    const report = JSON.parse(exported(json, {}, [[session, [finding]]], totals));
    expect(report.sessions[0].user).toBe(HOSTILE);
    expect(report.findings[0].message).toBe(HOSTILE);
  });

  it('makes no line of its own in JSON Lines', () => {
    const jsonl = exporters.find(({ id }) => id === 'jsonl')!;
    for (const line of exported(jsonl, {}, [[session, [finding]]], totals)
      .trimEnd()
      .split('\n'))
      JSON.parse(line);
  });
});
