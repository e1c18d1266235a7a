import { Analysis, type AnalysisOptions } from '../../src/core/analysis.ts';
import type { ExportOptions, ExportSink, Write } from '../../src/exporters/exporter.ts';
import { exporters } from '../../src/exporters/index.ts';
import { Ladder } from '../../src/exporters/ladder.ts';
import { TABLE_NAMES } from '../../src/exporters/tables/names.ts';
import { makeOptions } from '../exporters/made.ts';

/** An output that a command may write. */
export interface OutputKind {
  readonly name: string;
  prepare?(): Promise<void>;
  create(write: Write): ExportSink;
}

/** As much of the page as its exporter asks for. */
const PAGE = '<!doctype html><script type="application/json" id="report"></script>';

function optionsFor(table: ExportOptions['table']): ExportOptions {
  return makeOptions({ table, width: 100, inputPath: () => 'a.log', page: () => PAGE } as Partial<ExportOptions>);
}

/** Every format with every table that it can hold, and the view of single sessions. */
export const outputKinds: readonly OutputKind[] = [
  ...exporters.flatMap((exporter) =>
    [null, ...TABLE_NAMES]
      .filter((table) => (table === null ? exporter.holds !== 'table' : exporter.holds !== 'report'))
      .map((table) => ({
        name: `${exporter.id} ${table ?? 'report'}`,
        prepare: async () => exporter.prepare?.(),
        create: (write: Write) => exporter.create(write, optionsFor(table)),
      })),
  ),
  { name: 'ladder', create: (write) => new Ladder(write, optionsFor(null), null) },
];

/** What every output of one run over a transcript holds, by its name. */
export async function writeAll(
  bytes: Uint8Array,
  kinds = outputKinds,
  options: AnalysisOptions = {},
  chunkBytes = bytes.length,
): Promise<ReadonlyMap<string, string>> {
  const written = new Map<string, string>();
  const sinks: ExportSink[] = [];
  for (const { name, prepare, create } of kinds) {
    await prepare?.();
    written.set(name, '');
    sinks.push(
      create((chunk) => {
        const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1');
        written.set(name, written.get(name) + text);
      }),
    );
  }
  const analysis = new Analysis(options, {
    session: (session, findings) => {
      for (const sink of sinks) sink.session(session, findings);
    },
    end: (totals) => {
      for (const sink of sinks) sink.end(totals);
    },
  });
  analysis.open({ path: 'a.log', sizeBytes: null, compression: null });
  for (let at = 0; at < bytes.length; at += Math.max(1, chunkBytes)) analysis.push(bytes.subarray(at, at + chunkBytes));
  analysis.close();
  analysis.end();
  for (const sink of sinks) await sink.finish?.();
  return written;
}
