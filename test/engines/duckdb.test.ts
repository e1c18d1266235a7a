import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Totals } from '../../src/core/analysis.ts';
import { OUTCOMES } from '../../src/core/report.ts';
import { jsonl } from '../../src/exporters/jsonl.ts';
import { parquet } from '../../src/exporters/parquet.ts';
import { describeTables } from '../../src/exporters/schema/ddl.ts';
import { tableOf } from '../../src/exporters/tables/index.ts';
import { TABLE_NAMES } from '../../src/exporters/tables/names.ts';
import { exportTables, fixturesOf } from './export-tables.ts';

let folder = '';
let connection: DuckDBConnection;
let totals: Totals;

/** The rows of a query; whole numbers come as bigint. */
async function query(sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await connection.runAndReadAll(sql)).getRows() as (readonly unknown[])[];
}

const read = { parquet: (name: string) => `read_parquet('${folder}/${name}.parquet')`, jsonl: readJsonl };

function readJsonl(name: string): string {
  const types = {
    text: 'VARCHAR',
    integer: 'BIGINT',
    decimal: 'DOUBLE',
    boolean: 'BOOLEAN',
    time: 'TIMESTAMP',
  } as const;
  const columns = tableOf(name as 'sessions').columns.map((column) => `'${column.name}': '${types[column.type]}'`);
  return `read_json('${folder}/${name}.jsonl', format = 'newline_delimited', columns = {${columns.join(', ')}})`;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ftplens-duckdb-'));
  const files = [...fixturesOf('filezilla-server-0.9'), ...fixturesOf('filezilla-server-1'), ...fixturesOf('vsftpd')];
  totals = await exportTables(files, [parquet, jsonl], folder);
  connection = await (await DuckDBInstance.create(':memory:')).connect();
}, 120_000);
afterAll(() => {
  connection?.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['parquet', 'jsonl'] as const)('DuckDB reads %s', (format) => {
  it('with the totals of the summary', async () => {
    const { summary } = totals;
    const rows = await query(`SELECT outcome, count(*) FROM ${read[format]('transfers')} GROUP BY outcome`);
    const counted = Object.fromEntries(rows);
    for (const outcome of OUTCOMES) expect(Number(counted[outcome] ?? 0), outcome).toBe(summary.transfers[outcome]);
    const [[sessions, aborted, bytes]] = (await query(
      `SELECT count(*), sum(aborted)::BIGINT, sum(bytes)::BIGINT FROM ${read[format]('sessions')}`,
    )) as [[bigint, bigint, bigint]];
    expect([Number(sessions), Number(aborted), Number(bytes)]).toEqual([
      ...[summary.sessions, summary.transfers.aborted, summary.bytes.known],
    ]);
  });

  it('with the same totals by user as ours', async () => {
    const rows = await query(
      `SELECT user, count(DISTINCT (file, session)) FROM ${read[format]('sessions')} WHERE user IS NOT NULL GROUP BY user`,
    );
    const ours = totals.summary.byUser.map(({ key, sessions }) => [key, sessions] as const);
    expect(new Map(rows.map(([user, sessions]) => [user, Number(sessions)]))).toEqual(new Map(ours));
  });
});

describe('Parquet', () => {
  it('holds the very rows that JSON Lines does', async () => {
    for (const name of TABLE_NAMES) {
      const [left, right] = [read.parquet(name), readJsonl(name)];
      const shown = await query(`DESCRIBE SELECT * FROM ${left}`);
      const names = shown.map(([column]) => `"${column}"`).join(', ');
      const differing = `(SELECT ${names} FROM ${left} EXCEPT ALL SELECT ${names} FROM ${right})`;
      expect(await query(`SELECT count(*) FROM ${differing}`), name).toEqual([[0n]]);
      expect(await query(`SELECT count(*) FROM ${left}`), name).toEqual(await query(`SELECT count(*) FROM ${right}`));
    }
  });

  it('has wall clocks to the millisecond, and no zone', async () => {
    const [[type, fractions]] = (await query(
      `SELECT any_value(typeof(started_at)), count(*) FILTER (extract('ms' FROM started_at) % 1000 > 0)
       FROM ${read.parquet('transfers')}`,
    )) as [[string, bigint]];
    expect(type).toBe('TIMESTAMP');
    expect(Number(fractions)).toBeGreaterThan(10);
  });

  it('goes into the tables that the DDL creates, by the command that it shows', async () => {
    const ddl = describeTables('duckdb');
    await connection.run(ddl);
    const loads = ddl.match(/(?<=^-- )INSERT INTO .*;$/gm)!;
    expect(loads).toHaveLength(TABLE_NAMES.length);
    for (const load of loads) await connection.run(load.replace("'data/", `'${folder}/`));
    expect(await query('SELECT count(*) FROM sessions')).toEqual([[BigInt(totals.summary.sessions)]]);
  });
});
