import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Totals } from '../../src/core/analysis.ts';
import { jsonl } from '../../src/exporters/jsonl.ts';
import { describeTables } from '../../src/exporters/schema/ddl.ts';
import { exportTables, fixturesOf } from './export-tables.ts';

const SERVERS = ['filezilla-server-0.9', 'filezilla-server-1'] as const;
const STARTED_WITHIN_MS = 60_000;

const isInstalled = ['clickhouse-server', 'clickhouse-client'].every((command) => {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
});
const isRequired = process.env['CI'] === 'true';
if (!isInstalled && !isRequired)
  console.warn('ClickHouse is not tried: clickhouse-server and clickhouse-client are not installed (Debian has both)');

let folder = '';
let port = 0;
let server: ChildProcess | null = null;
const totals: Totals[] = [];

/** A port of loopback that nobody listens on. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function query(sql: string, input = ''): string {
  const args = ['--host', '127.0.0.1', '--port', String(port), '--multiquery', '--query', sql];
  return execFileSync('clickhouse-client', args, {
    input,
    encoding: 'utf8',
    env: { ...process.env, HOME: folder },
  }).trim();
}

async function startServer(): Promise<void> {
  port = await freePort();
  const config = path.join(folder, 'config.xml');
  for (const name of ['data', 'tmp']) mkdirSync(path.join(folder, name));
  writeFileSync(
    config,
    `<yandex>
  <logger><level>warning</level><console>1</console></logger>
  <listen_host>127.0.0.1</listen_host><tcp_port>${port}</tcp_port><http_port>${await freePort()}</http_port>
  <path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path><mark_cache_size>5368709</mark_cache_size>
  <users_config>${config}</users_config><default_profile>default</default_profile><default_database>default</default_database>
  <users><default><password/><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
  <profiles><default/></profiles><quotas><default/></quotas>
</yandex>
`,
  );
  server = spawn('clickhouse-server', [`--config-file=${config}`], { cwd: folder, stdio: 'ignore' });
  for (let waited = 0; waited < STARTED_WITHIN_MS; waited += 250) {
    await wait(250);
    if (server.exitCode !== null) throw new Error(`clickhouse-server ended with ${server.exitCode}`);
    try {
      query('SELECT 1');
      return;
    } catch {
      // It does not listen yet.
    }
  }
  throw new Error('clickhouse-server does not answer');
}

describe.runIf(isInstalled || isRequired)('ClickHouse', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'ftplens-clickhouse-'));
    await startServer();
    query(describeTables('clickhouse'));
    for (const name of SERVERS) {
      const output = path.join(folder, name);
      mkdirSync(output);
      totals.push(await exportTables(fixturesOf(name), [jsonl], output, ['sessions', 'transfers', 'users']));
      for (const table of ['sessions', 'transfers'])
        query(`INSERT INTO ${table} FORMAT JSONEachRow`, readFileSync(path.join(output, `${table}.jsonl`), 'utf8'));
    }
  }, 120_000);
  afterAll(async () => {
    if (server !== null && server.exitCode === null) {
      const ended = new Promise((resolve) => server!.once('exit', resolve));
      server.kill();
      await ended;
    }
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  it('sums two servers in one table as ftplens does each', () => {
    const sum = (value: (totals: Totals) => number) => totals.reduce((all, one) => all + value(one), 0);
    const [sessions, transfers, aborted, failed] = query(
      `SELECT count(), sum(completed) + sum(aborted) + sum(failed) + sum(unfinished), sum(aborted), sum(failed) FROM sessions`,
    ).split('\t');
    expect(Number(sessions)).toBe(sum(({ summary }) => summary.sessions));
    expect(Number(aborted)).toBe(sum(({ summary }) => summary.transfers.aborted));
    expect(Number(failed)).toBe(sum(({ summary }) => summary.transfers.failed));
    expect(query('SELECT count() FROM transfers')).toBe(transfers);
  });

  it('groups by user over both', () => {
    const ours = new Map<string, number>();
    for (const { key, sessions } of totals.flatMap(({ summary }) => summary.byUser))
      ours.set(key, (ours.get(key) ?? 0) + sessions);
    const rows = query('SELECT user, count() FROM sessions WHERE user IS NOT NULL GROUP BY user FORMAT JSONCompact');
    const theirs = (JSON.parse(rows).data as [string, string][]).map(([user, count]) => [user, Number(count)] as const);
    expect(new Map(theirs)).toEqual(ours);
  });

  it('knows the times, with their milliseconds', () => {
    const [dated, whole, fine] = query(
      `SELECT count(started_at), countIf(toString(assumeNotNull(started_at_time)) = replaceOne(substring(assumeNotNull(started_at), 1, 19), 'T', ' ')),
        countIf(started_at_ms > 0) FROM sessions WHERE started_at IS NOT NULL`,
    ).split('\t');
    expect(Number(whole)).toBe(Number(dated));
    expect(Number(fine)).toBeGreaterThan(10);
  });
});
