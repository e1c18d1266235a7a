import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { csv } from '../../src/exporters/csv.ts';
import { exported, makeSession, makeTransfer } from '../exporters/made.ts';

const hasPython = spawnSync('python3', ['--version'], { stdio: 'ignore' }).error === undefined;
const READ =
  'import csv, json, sys; json.dump(list(csv.DictReader(open(0, encoding="utf-8-sig", newline=""))), sys.stdout)';

describe.runIf(hasPython)("Python's csv", () => {
  it('reads back every text of a table, accents, quotes and line ends included', () => {
    const paths = ['dünn, 東京 😀', 'say "hi"', 'two\nlines', ' edges ', ';\t', ''];
    const transfers = paths.map((path) => makeTransfer({ path, transferredBytes: 5 }));
    const text = exported(csv, { table: 'transfers', bom: true, raw: true }, [[makeSession({ transfers }), []]]);
    const env = { ...process.env, PYTHONIOENCODING: 'utf-8' };
    const rows = JSON.parse(execFileSync('python3', ['-c', READ], { input: text, encoding: 'utf8', env }));
    expect(rows.map((row: Record<string, string>) => row['path'])).toEqual(paths);
    expect(rows[0]).toMatchObject({ started_at: '2026-01-31 22:33:35', transferred_bytes: '5', bytes_exact: 'true' });
  });
});
