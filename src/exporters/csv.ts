import { createDelimitedRows } from './delimited.ts';
import type { Exporter, ExportOptions } from './exporter.ts';
import { createRowsSink } from './tables/rows.ts';

const rows = (options: ExportOptions) => createDelimitedRows(options, { delimiter: ',', lineEnd: '\r\n' });

/** Comma-separated values of one table, as spreadsheets read them: RFC 4180, CRLF, a header line. */
export const csv: Exporter = {
  id: 'csv',
  title: 'CSV: one table',
  extensions: ['csv'],
  holds: 'table',
  rows,
  create: (write, options) => createRowsSink(write, options, rows(options)),
};
