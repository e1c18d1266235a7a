import { defineSummaryTable } from './summary.ts';
import { text } from './table.ts';

/** One row an address of the other side. */
export const peers = defineSummaryTable(
  'peers',
  "totals by the other side's address",
  text('peer', "The client's address in server logs, the server's in client transcripts.", (row) => row.key),
  (summary) => summary.byPeer,
);
