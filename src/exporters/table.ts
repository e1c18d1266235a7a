import CliTable from 'cli-table3';
import stringWidth from 'fast-string-width';
import { grouped } from '../core/diagnoses/wording.ts';
import type { Exporter, ExportOptions, Write } from './exporter.ts';
import { createLayout, shorten } from './layout.ts';

import { columnsOf, createRowSink } from './tables/rows.ts';
import type { Cell, Column } from './tables/table.ts';
import { spacedTime } from './times.ts';

/** Rows that are laid out together; the columns keep the widths of the first batch, so that a long table is streamed. */
const BATCH_ROWS = 1_000;
const GAP = '  ';
/** Texts are not cut shorter than this to fit the terminal. */
const TEXT_MIN = 20;
const CELL_MAX = 60;
const BORDERLESS = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
  ].map((part) => [part, '']),
);

/** One table for the terminal. Columns that say nothing are left out, long cells are cut. */
export const table: Exporter = {
  id: 'table',
  title: 'a table for the terminal',
  extensions: [],
  holds: 'table',
  create(write, options) {
    const sheet = new TerminalTable(write, options);
    return createRowSink(options, { row: (cells) => sheet.row(cells), end: () => sheet.end() });
  },
};

/** A column as it is shown. */
interface Shown {
  readonly index: number;
  readonly column: Column<never>;
  width: number;
}

class TerminalTable {
  private readonly write: Write;
  private readonly options: ExportOptions;
  private readonly columns: readonly Column<never>[];
  private shown: Shown[] | null = null;
  private batch: (readonly Cell[])[] = [];
  private leftOut: string[] = [];

  constructor(write: Write, options: ExportOptions) {
    this.write = write;
    this.options = options;
    this.columns = columnsOf(options);
  }

  row(cells: readonly Cell[]): void {
    this.batch.push(cells);
    if (this.batch.length >= BATCH_ROWS) this.flush();
  }

  end(): void {
    this.flush();
    if (this.leftOut.length === 0) return;
    const { dim } = createLayout(this.options.width, this.options.color);
    const names = this.leftOut.join(', ');
    this.write(`\n${dim(`Too narrow for: ${names}. All columns: -f csv, tsv, json or jsonl.`)}\n`);
  }

  private flush(): void {
    if (this.batch.length === 0) return;
    const rows = this.batch.map((cells) => cells.map((cell, i) => cellText(cell, this.columns[i]!)));
    const isFirst = this.shown === null;
    this.shown ??= this.chooseColumns(rows);
    const { bold } = createLayout(this.options.width, this.options.color);
    const sheet = new CliTable({
      chars: { ...BORDERLESS, middle: GAP },
      style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
      colWidths: this.shown.map(({ width }) => width),
      colAligns: this.shown.map(({ column }) =>
        column.type === 'integer' || column.type === 'decimal' ? 'right' : 'left',
      ),
      ...(isFirst ? { head: this.shown.map(({ column }) => bold(column.title)) } : {}),
    });
    for (const cells of rows) sheet.push(this.shown.map(({ index, width }) => shorten(cells[index]!, width)));
    const lines = sheet.toString().split('\n');
    this.write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
    this.batch = [];
  }

  /**
   * Leaves out what says nothing: empty columns, and the file where there is but one. Then leaves out the last columns until
   * the others have room enough to be read, and narrows the widest until all fit.
   */
  private chooseColumns(rows: readonly (readonly string[])[]): Shown[] {
    const shown: Shown[] = [];
    this.columns.forEach((column, index) => {
      if (column.name === 'file' && rows.every((cells) => cells[index] === rows[0]![index])) return;
      const widest = rows.reduce((width, cells) => Math.max(width, Math.min(CELL_MAX, stringWidth(cells[index]!))), 0);
      if (widest > 0) shown.push({ index, column, width: Math.max(widest, column.title.length) });
    });
    const total = (widthOf: (one: Shown) => number) =>
      shown.reduce((sum, one) => sum + widthOf(one) + GAP.length, -GAP.length);
    while (shown.length > 1 && total(readableWidth) > this.options.width)
      this.leftOut.unshift(shown.pop()!.column.title);
    while (total(({ width }) => width) > this.options.width) {
      const widest = shown.reduce((a, b) => (b.width - readableWidth(b) > a.width - readableWidth(a) ? b : a));
      if (widest.width <= readableWidth(widest)) break;
      widest.width--;
    }
    return shown;
  }
}

/** What a column needs to be of use: all of it, but long texts may be cut. */
function readableWidth({ column, width }: Shown): number {
  return column.type === 'text' ? Math.min(width, Math.max(TEXT_MIN, column.title.length)) : width;
}

function cellText(cell: Cell, column: Column<never>): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'number') return column.unit === null || column.type === 'decimal' ? String(cell) : grouped(cell);
  return shorten(column.type === 'time' ? spacedTime(cell) : cell, CELL_MAX);
}
