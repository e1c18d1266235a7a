import { defineSummaryTable } from './summary.ts';
import { text } from './table.ts';

/** One row a transfer command. */
export const verbs = defineSummaryTable(
  'verbs',
  'totals by the command of the transfer',
  text('verb', '`RETR`, `STOR`, `LIST`, …; `download`, `upload` or `listing` where none is named.', (row) => row.key),
  (summary) => summary.byVerb,
);
