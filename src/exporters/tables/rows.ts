import type { Sink } from '../../core/analysis.ts';
import type { ExportOptions, Write } from '../exporter.ts';
import { tableOf } from './index.ts';
import type { Cell, Column, Table } from './table.ts';

/** Takes a table's rows as they come. */
export interface RowConsumer {
  /** Takes one row, its cells in the order of the columns. */
  row(cells: readonly Cell[]): void;
  end(): void;
}

/** How rows become text. */
export interface RowFormat {
  /** What stands before the first row. */
  readonly head: string;
  /** A row as it is written, with its line end. */
  record(cells: readonly Cell[]): string;
}

/** A sink that writes the rows of the table that is asked for. */
export function createRowsSink(write: Write, options: ExportOptions, { head, record }: RowFormat): Sink {
  let isBegun = false;
  const begin = () => {
    if (!isBegun && head !== '') write(head);
    isBegun = true;
  };
  return createRowSink(options, {
    row(cells) {
      if (!isBegun) begin();
      write(record(cells));
    },
    end: begin,
  });
}

/** Columns of the table that is asked for; without one, of `sessions`. */
export function columnsOf(options: ExportOptions): readonly Column<never>[] {
  const table = tableOf(options.table ?? 'sessions');
  return table.columns.filter((column) => table.isShown?.(column, options) ?? true);
}

/** A sink that turns sessions and totals into rows of the table that is asked for. */
export function createRowSink(options: ExportOptions, consumer: RowConsumer): Sink {
  const table = tableOf(options.table ?? 'sessions');
  const columns = columnsOf(options);
  const take = (row: never) => consumer.row(columns.map((column) => column.value(row)));
  return {
    ...(table.needs === undefined ? {} : { needs: table.needs }),
    session(session, findings) {
      table.eachOfSession?.(session, findings, options.inputPath(session.input), take);
    },
    end(totals) {
      if (table.sizeOf === undefined || options.top === null) table.eachOfTotals?.(totals, take);
      else {
        const rows: never[] = [];
        table.eachOfTotals?.(totals, (row) => rows.push(row));
        for (const row of largest(table, rows, options.top)) take(row);
      }
      consumer.end();
    },
  };
}

/** The `count` largest rows, in the order in which they came. */
function largest(table: Table<never>, rows: readonly never[], count: number): readonly never[] {
  const kept = new Set([...rows].sort((a, b) => table.sizeOf!(b) - table.sizeOf!(a)).slice(0, count));
  return rows.filter((row) => kept.has(row));
}

/** The row as an object by column names. */
export function rowObject(columns: readonly Column<never>[], cells: readonly Cell[]): Readonly<Record<string, Cell>> {
  const row: Record<string, Cell> = {};
  for (let i = 0; i < columns.length; i++) row[columns[i]!.name] = cells[i]!;
  return row;
}
