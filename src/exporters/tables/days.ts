import { defineSummaryTable } from './summary.ts';
import { text } from './table.ts';

/** One row a day on which sessions began. */
export const days = defineSummaryTable(
  'days',
  'totals by day',
  text('day', 'Day on which the sessions began.', (row) => row.key),
  (summary) => summary.byDay,
);
