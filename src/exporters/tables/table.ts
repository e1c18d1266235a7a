import type { Sink, Totals } from '../../core/analysis.ts';
import type { Finding } from '../../core/report.ts';
import type { Session } from '../../core/sessions/session.ts';
import type { ExportOptions } from '../exporter.ts';

/** What a table's cell may hold; null = the transcript does not say. */
export type Cell = string | number | boolean | null;

/** A column of a table. Names and meanings are relied on by users' sheets and scripts. */
export interface Column<Row> {
  /** snake_case, unit last. */
  readonly name: string;
  /** The heading for people; a short one, for the terminal. */
  readonly title: string;
  readonly type: 'text' | 'integer' | 'decimal' | 'boolean' | 'time';
  readonly unit: 'ms' | 'bytes' | 'percent' | null;
  /** What it says, for the documentation. */
  readonly description: string;
  value(row: Row): Cell;
}

/** A table: its columns, and where its rows come from. */
export interface Table<Row> {
  readonly name: string;
  /** What one row is. */
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  /** See {@link Sink.needs}. */
  readonly needs?: 'tallies';
  /** Whether the column is part of this output; absent = all are. */
  isShown?(column: Column<Row>, options: ExportOptions): boolean;
  /** How many transfers a row of totals stands for; the largest are kept where only some are asked for. */
  sizeOf?(row: Row): number;
  /** Gives the rows of one session. `path` is its input's. */
  eachOfSession?(session: Session, findings: readonly Finding[], path: string, take: (row: Row) => void): void;
  /** Gives the rows that are known once every input is read. */
  eachOfTotals?(totals: Totals, take: (row: Row) => void): void;
}

/** Types the columns by the row that the table gives. */
export function defineTable<Row>(table: Table<Row>): Table<Row> {
  return table;
}

type Define<Value> = <Row>(
  name: string,
  description: string,
  value: (row: Row) => Value | null,
  title?: string,
) => Column<Row>;

function define<Value extends Cell>(type: Column<never>['type'], unit: Column<never>['unit']): Define<Value> {
  return (name, description, value, title = name.replaceAll('_', ' ')) => ({
    name,
    title,
    type,
    unit,
    description,
    value,
  });
}

/** A column of texts. */
export const text = define<string>('text', null);
/** A column of whole numbers without a unit: counts, codes, ports, lines. */
export const count = define<number>('integer', null);
/** A column of milliseconds. */
export const milliseconds = define<number>('integer', 'ms');
/** A column of bytes. */
export const bytes = define<number>('integer', 'bytes');
/** A column of shares in percent, with one decimal. */
export const percent = define<number>('decimal', 'percent');
/** A column of yes and no. */
export const flag = define<boolean>('boolean', null);
/** A column of ISO 8601 wall-clock times. */
export const time = define<string>('time', null);
