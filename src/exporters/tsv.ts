import { createDelimitedSink } from './delimited.ts';
import type { Exporter } from './exporter.ts';

/** Tab-separated values of one table, as line tools read them: LF, a header line. */
export const tsv: Exporter = {
  id: 'tsv',
  title: 'TSV: one table',
  extensions: ['tsv', 'tab'],
  holds: 'table',
  create: (write, options) => createDelimitedSink(write, options, { delimiter: '\t', lineEnd: '\n' }),
};
