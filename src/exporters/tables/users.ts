import { defineSummaryTable } from './summary.ts';
import { text } from './table.ts';

/** One row a user. */
export const users = defineSummaryTable(
  'users',
  'totals by user',
  text('user', 'Who logged in, else the name last tried.', (row) => row.key),
  (summary) => summary.byUser,
);
