import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Analysis, type Sink, type Totals } from '../../src/core/analysis.ts';
import type { Exporter, ExportSink } from '../../src/exporters/exporter.ts';
import { TABLE_NAMES, type TableName } from '../../src/exporters/tables/names.ts';
import { makeOptions } from '../exporters/made.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Files of a folder below fixtures/, without the README. */
export function fixturesOf(folder: string): string[] {
  const names = readdirSync(path.join(root, 'fixtures', folder)).filter((name) => name !== 'README.md');
  return names.sort().map((name) => path.join('fixtures', folder, name));
}

/** Writes every table of the transcripts in every format to `TABLE.EXTENSION` in a folder, and returns the totals. */
export async function exportTables(
  files: readonly string[],
  exporters: readonly Exporter[],
  folder: string,
  tables: readonly TableName[] = TABLE_NAMES,
): Promise<Totals> {
  const outputs: { readonly sink: ExportSink; readonly chunks: Buffer[]; readonly file: string }[] = [];
  for (const exporter of exporters) {
    await exporter.prepare?.();
    for (const table of tables) {
      const chunks: Buffer[] = [];
      const options = makeOptions({ table, inputPath: (input) => files[input]!, groupBy: ['verb', 'outcome'] });
      const sink = exporter.create((chunk) => chunks.push(Buffer.from(chunk as Uint8Array)), options);
      outputs.push({ sink, chunks, file: path.join(folder, `${table}.${exporter.extensions[0]}`) });
    }
  }
  const all: Sink = {
    session(...given) {
      for (const { sink } of outputs) sink.session(...given);
    },
    end(totals) {
      for (const { sink } of outputs) sink.end(totals);
    },
  };
  const analysis = new Analysis({ groupBy: ['verb', 'outcome'] }, all);
  for (const file of files) {
    const bytes = readFileSync(path.join(root, file));
    analysis.open({ path: file, sizeBytes: bytes.length, compression: null });
    analysis.push(bytes);
    analysis.close();
  }
  const totals = analysis.end();
  for (const { chunks, file } of outputs) writeFileSync(file, Buffer.concat(chunks));
  return totals;
}
