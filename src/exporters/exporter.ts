import type { Sink } from '../core/analysis.ts';
import type { GroupKey, Input, Severity } from '../core/report.ts';
import type { TableName } from './tables/names.ts';
import type { RowFormat } from './tables/rows.ts';

/** Takes an exporter's output in order; bytes from formats that are no text. The chunk may be reused afterwards. */
export type Write = (chunk: string | Uint8Array) => void;

/** What an exporter is told besides the results. */
export interface ExportOptions {
  /** Path of an input that is open or done, by its index in the report. */
  readonly inputPath: (input: number) => string;
  /** The files of an input that is a rotated series, with the line at which each begins; null for all others. */
  readonly inputParts?: (input: number) => Input['parts'];
  /** The table to write; null = the whole report, for exporters that can hold it. */
  readonly table: TableName | null;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether texts may carry the terminal's colours. */
  readonly color: boolean;
  /** Separator of fields where it is not the format's own. */
  readonly delimiter: string | null;
  /** Whether fractions have a comma, as spreadsheets of many countries want them; fields are then separated by semicolons. */
  readonly decimalComma: boolean;
  /** Whether a table starts with a byte order mark, which some spreadsheets need to see UTF-8. */
  readonly bom: boolean;
  /** Whether cells hold exactly what the log holds: formulas and control bytes are then left as they are. */
  readonly raw: boolean;
  /** Keys of the table `totals`. */
  readonly groupBy: readonly GroupKey[];
  /** How many rows tables of totals have at most, those with most transfers; null = all. */
  readonly top: number | null;
  /** Level of findings that count as failures; null = the format's own. */
  readonly failOn: Severity | null;
  /** Gives the page without data, which reports for browsers are made of. */
  readonly page: () => string;
}

/** One output format. It does no I/O and judges nothing: it writes what it is given, the same for the same input. */
export interface Exporter {
  /** As `-f` takes it. */
  readonly id: string;
  /** For people. */
  readonly title: string;
  /** File name extensions by which it is chosen, without the dot. */
  readonly extensions: readonly string[];
  /** What one output of this format holds. */
  readonly holds: 'report' | 'table' | 'either';
  /** Whether it is no text, which a terminal must not be sent. */
  readonly isBinary?: boolean;
  /** How the rows of a table are written, where each stands for itself: they can then be made apart and put together. */
  rows?(options: ExportOptions): RowFormat;
  /** Loads what only this format needs; awaited before the first {@link create}. */
  prepare?(): Promise<void>;
  create(write: Write, options: ExportOptions): ExportSink;
}

/** A sink that may have work left once it has the totals. */
export interface ExportSink extends Sink {
  finish?(): Promise<void>;
}
