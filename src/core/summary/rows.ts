import { limits } from '../limits.ts';
import type { Outcome, SummaryRow } from '../report.ts';

/** Where the rows beyond the bound are counted. */
export const OTHERS = '(others)';

/** Counts of one row. Sums only, so that the counts of two runs can be added. */
export class Row {
  sessions = 0;
  transfers = 0;
  completed = 0;
  aborted = 0;
  failed = 0;
  unfinished = 0;
  bytes: number | null = null;
  /** The last session counted here, so that a session counts once however many transfers it has. */
  private lastSession = -1;

  countSession(serial: number): void {
    if (this.lastSession === serial) return;
    this.lastSession = serial;
    this.sessions++;
  }

  countTransfer(outcome: Outcome, bytes: number | null): void {
    this.transfers++;
    this[outcome]++;
    if (bytes !== null) this.bytes = (this.bytes ?? 0) + bytes;
  }

  counts(): Omit<SummaryRow, 'key'> {
    const { sessions, transfers, completed, aborted, failed, unfinished, bytes } = this;
    return { sessions, transfers, completed, aborted, failed, unfinished, bytes };
  }
}

/** Rows by key, bounded. */
export class Rows<Key extends string | number> {
  private readonly rows = new Map<Key, Row>();
  private readonly others: Key;

  /** `others`: the key of the row in which those beyond the bound are counted. */
  constructor(others: Key) {
    this.others = others;
  }

  at(key: Key): Row {
    const row = this.rows.get(key);
    if (row !== undefined) return row;
    const kept = this.rows.size >= limits.summaryRows ? this.others : key;
    const made = this.rows.get(kept) ?? new Row();
    this.rows.set(kept, made);
    return made;
  }

  list(nameOf: (key: Key) => string, order: 'by-key' | 'by-size'): SummaryRow[] {
    const rows = [...this.rows].map(([key, row]): SummaryRow => ({ key: nameOf(key), ...row.counts() }));
    return order === 'by-key'
      ? rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      : rows.sort((a, b) => b.transfers - a.transfers || b.sessions - a.sessions || (a.key < b.key ? -1 : 1));
  }
}
