import { describe, expect, it } from 'vitest';
import type { Totals } from '../../src/core/analysis.ts';
import { exporters } from '../../src/exporters/index.ts';
import { jsonl } from '../../src/exporters/jsonl.ts';
import { tableOf } from '../../src/exporters/tables/index.ts';
import { TABLE_NAMES, type TableName } from '../../src/exporters/tables/names.ts';
import { exported, makeConnection, makeFinding, makeSession, makeTotals, makeTransfer, type Sessions } from './made.ts';

function rowsOf(table: TableName, sessions?: Sessions, totals?: Totals) {
  const lines = exported(jsonl, { table }, sessions, totals).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

describe.each(TABLE_NAMES)('the columns of %s', (name) => {
  const { columns } = tableOf(name);
  const names = columns.map((column) => column.name);

  it('have names in snake_case, each once, with their unit last', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const column of columns) {
      expect(column.name).toMatch(/^[a-z]+(?:_[a-z]+)*$/);
      if (column.unit !== null) expect(column.name).toMatch(new RegExp(`(?:^|_)${column.unit}$`));
      if (column.type === 'time') expect(column.name).toMatch(/_at$/);
    }
  });

  it('say what they mean', () => {
    for (const { description } of columns) expect(description).toMatch(/^[A-Z`].*[.…]$/);
  });
});

describe('the sessions table', () => {
  it('has at most 20 columns', () => {
    expect(tableOf('sessions').columns.length).toBeLessThanOrEqual(20);
  });

  it('never looks at the exchanges', () => {
    const session = Object.create(makeSession(), {
      exchanges: {
        get: () => {
          throw new Error('looked at');
        },
      },
    });
    expect(rowsOf('sessions', [[session, []]])).toHaveLength(1);
  });

  it('counts transfers by outcome, known bytes, and findings from warning on', () => {
    const session = makeSession({
      transfers: [
        makeTransfer({ outcome: 'completed', transferredBytes: 5 }),
        makeTransfer({ outcome: 'completed', transferredBytes: null }),
        makeTransfer({ outcome: 'failed', transferredBytes: 7 }),
      ],
    });
    const findings = [makeFinding(), makeFinding({ severity: 'error' }), makeFinding({ severity: 'notice' })];
    expect(rowsOf('sessions', [[session, findings]])[0]).toMatchObject({
      completed: 2,
      failed: 1,
      aborted: 0,
      bytes: 12,
      findings: 2,
    });
  });
});

describe('the transfers table', () => {
  it('joins each transfer with its data connection', () => {
    const session = makeSession({
      dataConnections: [makeConnection(), makeConnection({ command: 'PASV', family: 'unknown' })],
      transfers: [makeTransfer({ dataConnection: 1 }), makeTransfer({ dataConnection: null })],
    });
    const [first, second] = rowsOf('transfers', [[session, []]]);
    expect(first).toMatchObject({ transfer: 0, data_command: 'PASV', data_family: 'unknown', data_port: 8007 });
    expect(second).toMatchObject({ transfer: 1, data_command: null, data_port: null });
  });
});

describe('the findings table', () => {
  it('also has those of no single session, with the file of their first line', () => {
    const totals = makeTotals({
      findings: [makeFinding({ key: 'r.1', session: null, evidence: [] }), makeFinding({ session: null })],
    });
    const rows = rowsOf('findings', undefined, totals);
    expect(rows.map(({ file, line, session }) => [file, line, session])).toEqual([
      ['logs/server.log', 9, 's0-1'],
      [null, null, null],
      ['logs/server.log', 9, null],
    ]);
  });

  it('has one remedy a line, with who can', () => {
    const remedies = [
      { side: 'server', text: 'Raise the limit.' },
      { side: 'client', text: 'Resume.' },
    ];
    expect(rowsOf('findings', [[makeSession(), [makeFinding({ remedies })]]])[0].remedies).toBe(
      'server: Raise the limit.\nclient: Resume.',
    );
  });
});

describe('exporters', () => {
  it('have ids and extensions of their own', () => {
    const names = exporters.flatMap(({ id, extensions }) => [...new Set([id, ...extensions])]);
    expect(new Set(names).size).toBe(names.length);
  });
});
