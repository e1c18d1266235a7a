import type { Sink } from '../../core/analysis.ts';
import type { ExportOptions } from '../exporter.ts';
import { tableOf } from './index.ts';
import type { Cell, Column } from './table.ts';

/** Takes a table's rows as they come. */
export interface RowConsumer {
  /** Takes one row, its cells in the order of the columns. */
  row(cells: readonly Cell[]): void;
  end(): void;
}

/** Columns of the table that is asked for; without one, of `sessions`. */
export function columnsOf(options: ExportOptions): readonly Column<never>[] {
  return tableOf(options.table ?? 'sessions').columns;
}

/** A sink that turns sessions and totals into rows of the table that is asked for. */
export function createRowSink(options: ExportOptions, consumer: RowConsumer): Sink {
  const table = tableOf(options.table ?? 'sessions');
  const take = (row: never) => consumer.row(table.columns.map((column) => column.value(row)));
  return {
    session(session, findings) {
      table.eachOfSession?.(session, findings, options.inputPath(session.input), take);
    },
    end(totals) {
      table.eachOfTotals?.(totals, take);
      consumer.end();
    },
  };
}

/** The row as an object by column names. */
export function rowObject(columns: readonly Column<never>[], cells: readonly Cell[]): Readonly<Record<string, Cell>> {
  const row: Record<string, Cell> = {};
  for (let i = 0; i < columns.length; i++) row[columns[i]!.name] = cells[i]!;
  return row;
}
