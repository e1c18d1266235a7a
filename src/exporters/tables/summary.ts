import type { Summary, SummaryRow } from '../../core/report.ts';
import { bytes, type Column, count, defineTable, percent, type Table } from './table.ts';

/** A table of totals by one key. */
export function defineSummaryTable(
  name: string,
  title: string,
  key: Column<SummaryRow>,
  rowsOf: (summary: Summary) => readonly SummaryRow[],
): Table<SummaryRow> {
  return defineTable<SummaryRow>({
    name,
    title,
    columns: [key, ...totalColumns()],
    sizeOf: (row) => row.transfers,
    eachOfTotals(totals, take) {
      for (const row of rowsOf(totals.summary)) take(row);
    },
  });
}

/** The columns that count sessions and transfers. */
export function totalColumns<Row extends Omit<SummaryRow, 'key'>>(): Column<Row>[] {
  return [
    count('sessions', 'Sessions.', (row) => row.sessions),
    count('transfers', 'Transfers, listings included.', (row) => row.transfers),
    count('completed', 'Transfers that arrived whole.', (row) => row.completed),
    count('aborted', 'Transfers cut after they had begun.', (row) => row.aborted),
    count('failed', 'Transfers that never began or ended in another error.', (row) => row.failed),
    count('unfinished', 'Transfers whose end the text does not show.', (row) => row.unfinished),
    percent('aborted_percent', 'Share of the transfers that was aborted.', abortedPercent, 'aborted %'),
    bytes('bytes', 'Bytes moved, as far as the text says.', (row) => row.bytes),
  ];
}

/** Share of the transfers that was aborted, in percent with one decimal; null without transfers. */
export function abortedPercent({ aborted, transfers }: Pick<SummaryRow, 'aborted' | 'transfers'>): number | null {
  return transfers === 0 ? null : Math.round((aborted / transfers) * 1_000) / 10;
}
