import { defineSummaryTable } from './summary.ts';
import { text } from './table.ts';

/** One row a server. */
export const servers = defineSummaryTable(
  'servers',
  'totals by server',
  text('server', "The server's address, as client transcripts name it.", (row) => row.key),
  (summary) => summary.byServer,
);
