import type { TableName } from '../../exporters/tables/names.ts';

/** A transcript to read: a file, or a pasted text. */
export interface Source {
  readonly name: string;
  readonly blob: Blob;
}

/** A table's cells; the first row holds the headings. */
export type Cells = readonly (readonly (string | number | null)[])[];

/**
 * What the worker makes of transcripts: the page's own data, a file to save, a copy of one of them to share; or of cells that
 * are at hand, CSV.
 */
export type Output =
  | { readonly kind: 'page' }
  | { readonly kind: 'json' }
  | { readonly kind: 'html'; readonly page: string }
  | { readonly kind: 'csv'; readonly table: TableName }
  | { readonly kind: 'transcript'; readonly source: number }
  | { readonly kind: 'cells'; readonly cells: Cells };

/** What the page asks its worker for. A worker serves one request. */
export interface Request {
  readonly sources: readonly Source[];
  readonly output: Output;
  /** By which names get pseudonyms; null = names stay. Copies of transcripts need one. */
  readonly key: Uint8Array<ArrayBuffer> | null;
}

/** How far the worker is. */
export interface Progress {
  readonly kind: 'progress';
  /** Which source it reads. */
  readonly source: number;
  /** Of all sources, as they are stored. */
  readonly readBytes: number;
  readonly totalBytes: number;
  readonly sessions: number;
}

/** What the worker answers. */
export type Answer =
  | Progress
  | { readonly kind: 'done'; readonly result: Blob }
  | { readonly kind: 'failed'; readonly message: string };
