import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TABLE_NAMES } from '../../src/exporters/tables/names.ts';
import { ftplens, root } from './run.ts';

const timeout = 60_000;

describe('ftplens schema', { timeout }, () => {
  it('prints the JSON Schema that is published with the package', async () => {
    const { code, stdout } = await ftplens(['schema']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).$id).toBe('urn:ftplens:report:1');
    expect(readFileSync(path.join(root, 'dist/schema/report.schema.json'), 'utf8')).toBe(stdout);
  });

  it('lists the columns of every table', async () => {
    const tables = JSON.parse((await ftplens(['schema', '--columns', '-f', 'json'])).stdout);
    expect(tables.map(({ name }: { name: string }) => name)).toEqual([...TABLE_NAMES]);
    expect(tables[0].columns[3]).toEqual({
      name: 'duration_ms',
      type: 'integer',
      unit: 'ms',
      description: 'From the first to the last line.',
    });
    expect((await ftplens(['schema', '--columns'])).stdout).toMatch(/\n {2}duration_ms +integer, ms +From the first/);
  });

  it.each(['duckdb', 'clickhouse', 'postgres'])(
    'creates every table in %s and tells how to load it',
    async (engine) => {
      const { stdout } = await ftplens(['schema', '--ddl', engine]);
      expect(stdout.match(/^CREATE TABLE IF NOT EXISTS (\w+) \($/gm)).toEqual(
        TABLE_NAMES.map((name) => `CREATE TABLE IF NOT EXISTS ${name} (`),
      );
      expect(stdout.match(/^-- (?:INSERT INTO|\\copy|ftplens) \w+/gm)).toHaveLength(TABLE_NAMES.length);
    },
  );

  it('refuses what does not go together', async () => {
    expect((await ftplens(['schema', '--columns', '--ddl', 'duckdb'])).code).toBe(2);
    expect((await ftplens(['schema', '-f', 'json'])).code).toBe(2);
    expect((await ftplens(['schema', '--ddl', 'oracle'])).stderr).toContain('clickhouse');
  });
});
