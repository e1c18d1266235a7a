import type { AnalysisOptions } from '../../core/analysis.ts';
import type { Severity } from '../../core/report.ts';
import type { Shard } from '../../core/sessions/session-table.ts';
import type { ExportOptions } from '../../exporters/exporter.ts';
import type { InputPath } from '../../node/inputs.ts';
import type { Progress } from '../progress.ts';

/** What a thread is started with. */
export interface ThreadSetup {
  /** Id of the exporter whose rows are made. */
  readonly exporter: string;
  readonly exports: Omit<ExportOptions, 'inputPath' | 'inputParts' | 'page'>;
  readonly analysis: Omit<AnalysisOptions, 'complain' | 'unread' | 'accept'>;
  readonly severity: Severity | null;
}

/** An input, or a share of its sessions, that a thread is to read. */
export interface Task {
  /** Place of the input in the order of reading. */
  readonly place: number;
  readonly input: InputPath;
  /** Index of the input in the report; null while it is not known which inputs before it are listed. */
  readonly index: number | null;
  /** The share; null = all sessions. */
  readonly shard: Shard | null;
}

/** To a thread. Tasks are done in the order in which they come. */
export type ToThread =
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'index'; readonly place: number; readonly index: number }
  /** A block was written, so that another may be sent. */
  | { readonly kind: 'written' };

/** Rows of an input, in the order in which their sessions were over. */
export interface RowBlock {
  readonly kind: 'rows';
  readonly place: number;
  readonly text: string;
  /** Where each row ends in the text. */
  readonly ends: Uint32Array;
  /** Lines at which the session of each row was over, and at which it began. */
  readonly overLines: Float64Array;
  readonly firstLines: Float64Array;
}

/** From a thread. */
export type FromThread =
  | RowBlock
  /** An input was read to its end. `isListed`: whether it is part of the report. */
  | { readonly kind: 'read'; readonly place: number; readonly error: string | null; readonly isListed: boolean }
  /** And all its rows were sent. */
  | { readonly kind: 'done'; readonly place: number }
  /** What was read and found since the last time. */
  | ({ readonly kind: 'progress' } & Omit<Progress, 'totalBytes'>)
  | { readonly kind: 'complaint'; readonly message: string };

/** Blocks that a thread sends before the first of them is written. */
export const BLOCKS_AHEAD = 16;
