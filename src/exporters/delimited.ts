import { stringify } from 'csv-stringify/sync';
import type { Sink } from '../core/analysis.ts';
import type { ExportOptions, Write } from './exporter.ts';
import { escapeControlsInLines } from './printable.ts';
import { columnsOf, createRowSink } from './tables/rows.ts';
import type { Cell, Column } from './tables/table.ts';
import { spacedTime } from './times.ts';

/** Rows that go to csv-stringify at once; its synchronous form is fastest with about a thousand. */
const BATCH_ROWS = 1_000;

/** How a delimited format differs from another. */
export interface Dialect {
  readonly delimiter: string;
  readonly lineEnd: '\r\n' | '\n';
}

/** Writes a table as delimited text with a header line (RFC 4180). */
export function createDelimitedSink(write: Write, options: ExportOptions, dialect: Dialect): Sink {
  const settings = {
    delimiter: options.delimiter ?? (options.decimalComma && dialect.delimiter === ',' ? ';' : dialect.delimiter),
    record_delimiter: dialect.lineEnd,
    // Without it a line feed within a cell goes unquoted where lines end in CRLF.
    quote_record_delimiter: true,
    escape_formulas: !options.raw,
  };
  const columns = columnsOf(options);
  const writesComma = columns.map(({ type }) => options.decimalComma && type === 'decimal');
  let batch: Cell[][] = [columns.map((column) => column.name)];
  let isFirst = true;
  const flush = () => {
    if (batch.length === 0) return;
    write((isFirst && options.bom ? '\ufeff' : '') + stringify(batch, settings));
    isFirst = false;
    batch = [];
  };
  return createRowSink(options, {
    row(cells) {
      batch.push(
        cells.map((cell, i) =>
          writesComma[i]! && cell !== null
            ? String(cell).replace('.', ',')
            : delimitedCell(cell, columns[i]!, options.raw),
        ),
      );
      if (batch.length >= BATCH_ROWS) flush();
    },
    end: flush,
  });
}

function delimitedCell(cell: Cell, column: Column<never>, raw: boolean): Cell {
  // csv-stringify would write 1 and nothing.
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  if (typeof cell !== 'string') return cell;
  if (column.type === 'time') return spacedTime(cell);
  return raw ? cell : escapeControlsInLines(cell);
}
