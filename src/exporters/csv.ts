import { createDelimitedSink } from './delimited.ts';
import type { Exporter } from './exporter.ts';

/** Comma-separated values of one table, as spreadsheets read them: RFC 4180, CRLF, a header line. */
export const csv: Exporter = {
  id: 'csv',
  title: 'CSV: one table',
  extensions: ['csv'],
  holds: 'table',
  create: (write, options) => createDelimitedSink(write, options, { delimiter: ',', lineEnd: '\r\n' }),
};
