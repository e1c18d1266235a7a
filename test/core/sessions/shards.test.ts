import { describe, expect, it } from 'vitest';
import { Analysis } from '../../../src/core/analysis.ts';
import type { Shard } from '../../../src/core/sessions/session-table.ts';
import { fixtureFiles } from '../../fixture-files.ts';
import { generatedLog } from '../../generated-log.ts';
import { drawFrom, mutate } from '../../trust/mutations.ts';

interface Row {
  readonly over: number;
  readonly first: number;
  readonly text: string;
}

/** What a table of sessions shows, read by one of several readers or by the only one. */
function rowsOf(bytes: Uint8Array, shard?: Shard): Row[] {
  const rows: Row[] = [];
  const analysis = new Analysis(
    {},
    {
      needs: 'tallies',
      session({ id, overLine, firstLine, lastLine, startedAt, durationMs, tally, client }, findings) {
        const found = findings.map((finding) => [
          finding.id,
          finding.severity,
          finding.evidence.map(({ line }) => line),
        ]);
        const text = JSON.stringify([id, lastLine, startedAt, durationMs, client.address, tally, found]);
        rows.push({ over: overLine, first: firstLine, text });
      },
      end: () => undefined,
    },
  );
  analysis.open({ path: 'log', sizeBytes: bytes.length, compression: null, ...(shard === undefined ? {} : { shard }) });
  analysis.push(bytes);
  analysis.close();
  return rows;
}

/** The rows of all shards in the order of the lines at which their sessions were over. */
function mergedRows(bytes: Uint8Array, count: number): Row[] {
  const rows = Array.from({ length: count }, (_, index) => rowsOf(bytes, { index, count }));
  // A text that needs repair is left to the first reader, and its sessions leave as they began.
  if (rows.slice(1).every(({ length }) => length === 0)) return rows[0]!;
  for (const shard of rows) expect(shard).toEqual([...shard].sort(inOrder));
  return rows.flat().sort(inOrder);
}

function inOrder(a: Row, b: Row): number {
  return a.over === b.over ? a.first - b.first : a.over < b.over ? -1 : 1;
}

const logs = fixtureFiles.filter(({ name }) => /filezilla-server-(?:0\.9|1)/.test(name) && /\.(?:log|txt)$/.test(name));

describe('the sessions of a log that several readers share', () => {
  it.each(['0.9', '1'])('are those of one reader, in its order, for a %s log', (format) => {
    const bytes = generatedLog({ lines: 20_000, format, seed: 11 });
    const alone = rowsOf(bytes);
    expect(alone.length).toBeGreaterThan(500);
    for (const count of [2, 3, 7]) expect(mergedRows(bytes, count)).toEqual(alone);
  });

  it('are those of one reader for every log', () => {
    expect(logs.length).toBeGreaterThan(20);
    for (const { name, bytes } of logs) expect(mergedRows(bytes, 3), name).toEqual(rowsOf(bytes));
  });

  it.each(['0.9', '1'])('are those of one reader whatever stands in a %s log behind a clean beginning', (format) => {
    const clean = generatedLog({ lines: 1_000, format, seed: 5 });
    const draw = drawFrom(20261125);
    for (let i = 0; i < 60; i++) {
      const [some, other] = [0, 0].map(() => logs[Math.floor(draw() * logs.length)]!.bytes);
      const bytes = new Uint8Array(Buffer.concat([clean, mutate(some!, other!, draw)]));
      expect(mergedRows(bytes, 2), `damage ${i}`).toEqual(rowsOf(bytes));
    }
  });

  it('are left to the first reader where lines do not name their session', () => {
    const { bytes } = fixtureFiles.find(({ name }) => name.startsWith('curl/'))!;
    expect(rowsOf(bytes, { index: 0, count: 2 })).toEqual(rowsOf(bytes));
    expect(rowsOf(bytes, { index: 1, count: 2 })).toEqual([]);
  });
});
