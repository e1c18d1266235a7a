import { describe, expect, it } from 'vitest';
import { table } from '../../src/exporters/table.ts';
import { exported, makeSession, makeTransfer } from './made.ts';

describe('a table for the terminal', () => {
  it('leaves out empty columns and the name of a single file, and says which columns have no room', () => {
    expect(exported(table, { table: 'sessions', width: 80 })).toBe(`\
session  started                  ms  client     user  completed  aborted
s0-1     2026-01-31 22:33:35  58,000  192.0.2.7  anna          0        1

Too narrow for: failed, unfinished, findings, end, family, tls, EPSV, PASV, active. All columns: -f csv, tsv, json or jsonl.
`);
  });

  it('names the file where there are several', () => {
    const paths = ['a.log', 'b.log'];
    const inputPath = (input: number) => paths[input]!;
    const sessions = [
      [makeSession(), []],
      [makeSession({ input: 1 }), []],
    ] as const;
    expect(exported(table, { table: 'errors', inputPath }, sessions)).toMatch(/^file +line.*\na\.log .*\nb\.log /);
  });

  it('cuts long texts and counts wide characters as two columns', () => {
    const transfers = [makeTransfer({ path: '写'.repeat(100) }), makeTransfer({ path: 'x'.repeat(100) })];
    const shown = exported(table, { table: 'transfers', width: 260 }, [[makeSession({ transfers }), []]]);
    expect(shown).toContain(`${'写'.repeat(29)}…`);
    expect(shown).toContain(`${'x'.repeat(59)}…`);
  });

  it('prints nothing where there are no rows', () => {
    expect(exported(table, { table: 'pairs' })).toBe('');
  });
});
