import { stringify } from 'csv-stringify/sync';
import type { ExportOptions } from './exporter.ts';
import { escapeControlsInLines } from './printable.ts';
import { columnsOf, type RowFormat } from './tables/rows.ts';
import type { Cell, Column } from './tables/table.ts';
import { spacedTime } from './times.ts';

/** How a delimited format differs from another. */
export interface Dialect {
  readonly delimiter: string;
  readonly lineEnd: '\r\n' | '\n';
}

/** Rows as lines of delimited text below a header line (RFC 4180). */
export function createDelimitedRows(options: ExportOptions, dialect: Dialect): RowFormat {
  const settings = {
    delimiter: options.delimiter ?? (options.decimalComma && dialect.delimiter === ',' ? ';' : dialect.delimiter),
    record_delimiter: dialect.lineEnd,
    // Without it a line feed within a cell goes unquoted where lines end in CRLF.
    quote_record_delimiter: true,
    escape_formulas: !options.raw,
  };
  const columns = columnsOf(options);
  const writesComma = columns.map(({ type }) => options.decimalComma && type === 'decimal');
  const cellsOf = (cells: readonly Cell[]) =>
    cells.map((cell, i) =>
      writesComma[i]! && cell !== null ? String(cell).replace('.', ',') : delimitedCell(cell, columns[i]!, options.raw),
    );
  return {
    head: (options.bom ? '\ufeff' : '') + stringify([columns.map((column) => column.name)], settings),
    text: (rows) => stringify(rows.map(cellsOf), settings),
    endsOf: endsOfRecords,
  };
}

/** Ends of the records in a delimited text; line feeds between quotes end none. */
function endsOfRecords(text: string): number[] {
  const ends: number[] = [];
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (code === LF && !isQuoted) ends.push(i + 1);
  }
  return ends;
}

const QUOTE = 34;
const LF = 10;

function delimitedCell(cell: Cell, column: Column<never>, raw: boolean): Cell {
  // csv-stringify would write 1 and nothing.
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  if (typeof cell !== 'string') return cell;
  if (column.type === 'time') return spacedTime(cell);
  return raw ? cell : escapeControlsInLines(cell);
}
