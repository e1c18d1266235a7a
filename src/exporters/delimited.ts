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
  const isUsual = USUAL_DELIMITERS.includes(settings.delimiter);
  const known = new Map<string, string>();
  const written = (cell: string | number): string => stringify([[cell]], { ...settings, eof: false });
  const quoted = (text: string): string => {
    let field = known.get(text);
    if (field !== undefined) return field;
    if (known.size >= FIELDS_KEPT) known.clear();
    field = written(text);
    known.set(text, field);
    return field;
  };
  const fieldOf = (cell: string | number | boolean, i: number): string => {
    if (typeof cell === 'number' && !writesComma[i]!) return isUsual ? String(cell) : written(cell);
    const text = writesComma[i]! ? String(cell).replace('.', ',') : textOf(cell, columns[i]!, options.raw);
    return isUsual && PLAIN.test(text) ? text : quoted(text);
  };
  const lastCells: Cell[] = columns.map(() => null);
  const lastFields = columns.map(() => '');
  return {
    head: (options.bom ? '\ufeff' : '') + stringify([columns.map((column) => column.name)], settings),
    record(cells) {
      let line = '';
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i]!;
        // Most cells are what they were in the row before.
        if (cell !== lastCells[i]) {
          lastCells[i] = cell;
          lastFields[i] = cell === null ? '' : fieldOf(cell, i);
        }
        line += i === 0 ? lastFields[i]! : settings.delimiter + lastFields[i]!;
      }
      return line + dialect.lineEnd;
    },
  };
}

/** Delimiters that no plain text holds. */
const USUAL_DELIMITERS: readonly string[] = [',', ';', '\t', '|'];
/** Texts that need no quotes and are no formulas; csv-stringify is asked about all others, since asking takes its time. */
const PLAIN = /^[A-Za-z\d][\w.:/ -]*$/;
/** Fields that are remembered: users, paths and addresses come again and again. */
const FIELDS_KEPT = 10_000;

function textOf(cell: Cell, column: Column<never>, raw: boolean): string {
  if (typeof cell !== 'string') return String(cell);
  if (column.type === 'time') return spacedTime(cell);
  return raw || PLAIN.test(cell) ? cell : escapeControlsInLines(cell);
}
