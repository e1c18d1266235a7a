import type { Sink } from '../core/analysis.ts';
import { REPORT_SCHEMA } from '../core/report.ts';
import { VERSION } from '../version.ts';
import type { Exporter, ExportOptions, Write } from './exporter.ts';
import { plainFinding, plainSession } from './plain.ts';
import { stringifyJson } from './printable.ts';
import { columnsOf, createRowsSink, type RowFormat, rowObject } from './tables/rows.ts';

/** One JSON object a line: the report's parts with their `type`, each session followed by its findings, or a table's rows. */
export const jsonl: Exporter = {
  id: 'jsonl',
  title: 'JSON Lines: one typed record a line',
  extensions: ['jsonl', 'ndjson'],
  holds: 'either',
  rows,
  create: (write, options) =>
    options.table === null ? createRecords(write) : createRowsSink(write, options, rows(options)),
};

function createRecords(write: Write): Sink {
  const record = (type: string, value: object) => write(`${stringifyJson({ type, ...value })}\n`);
  record('report', { schema: REPORT_SCHEMA, generator: { name: 'ftplens', version: VERSION } });
  return {
    session(session, findings) {
      record('session', plainSession(session));
      for (const finding of findings) record('finding', plainFinding(finding));
    },
    end(totals) {
      for (const input of totals.inputs) record('input', input);
      for (const pair of totals.pairs) record('pair', pair);
      for (const undecided of totals.undecidedPairs) record('undecided-pair', undecided);
      for (const finding of totals.findings) record('finding', plainFinding(finding));
      for (const group of totals.groups) record('group', group);
      record('summary', totals.summary);
      record('verdict', { verdict: totals.verdict });
    },
  };
}

function rows(options: ExportOptions): RowFormat {
  const columns = columnsOf(options);
  return {
    head: '',
    record: (cells) => `${stringifyJson(rowObject(columns, cells))}\n`,
  };
}
