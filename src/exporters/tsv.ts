import { createDelimitedRows } from './delimited.ts';
import type { Exporter, ExportOptions } from './exporter.ts';
import { createRowsSink } from './tables/rows.ts';

const rows = (options: ExportOptions) => createDelimitedRows(options, { delimiter: '\t', lineEnd: '\n' });

/** Tab-separated values of one table, as line tools read them: LF, a header line. */
export const tsv: Exporter = {
  id: 'tsv',
  title: 'TSV: one table',
  extensions: ['tsv', 'tab'],
  holds: 'table',
  rows,
  create: (write, options) => createRowsSink(write, options, rows(options)),
};
