import type { EventCursor } from '../event.ts';
import type { DateOrder, FormatId } from '../report.ts';

/** What a scanner may be told from outside. */
export interface ScannerOptions {
  /** Order of day and month where the format leaves it open; null = not known, the scanner then assumes and says so. */
  readonly order: DateOrder | null;
}

/**
 * Reads the lines of one format. A scanner may keep state between lines (an open multi-line reply, the session at hand), so
 * one serves one transcript, in order.
 */
export interface Scanner {
  /**
   * Reads the line `bytes[start, end)` (without its line end). Returns false, and emits nothing, for a line that is not of
   * this format; otherwise fills `out` (whose `bytes` and `line` are set) and emits zero or more events.
   */
  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean;
  /**
   * The session that the line belongs to, `NO_KEY` for a line that concerns every session. Costs a fraction of a scan: by it,
   * workers that share a log skip each other's lines. Only keyed formats have it.
   */
  keyAt?(bytes: Uint8Array, start: number, end: number): number;
  /** What the lines so far told about the clock. */
  readonly clock: ScannerClock;
  /** Whose record the lines so far show themselves to be, where the format leaves that open. */
  readonly vantage?: 'client' | 'server';
}

/** How a transcript tells time. */
export interface ScannerClock {
  /** Which dates the lines show. */
  readonly date: 'full' | 'no-year' | 'none';
  /** Smallest step of the printed times in milliseconds; null without times. */
  readonly resolutionMs: number | null;
  /** `Z`, `+02:00`, …; null where the lines do not say. */
  readonly zone: string | null;
  /** Order of day and month used so far, null where no date is printed or it is not numeric. */
  readonly order: DateOrder | null;
  /** How the order is known; null without an order. `assumed` also counts when nothing contradicts it yet. */
  readonly basis: 'unambiguous' | 'monotonic' | 'assumed' | 'given' | null;
  /** The order that later dates speak for, against the one that earlier dates were read in: read the transcript again with it. */
  readonly contradictedBy?: DateOrder | null;
}

/** A transcript format. */
export interface Format {
  readonly id: FormatId;
  /** For people: `FileZilla Server 0.9`. */
  readonly title: string;
  readonly vantage: 'client' | 'server';
  /** Whether lines carry their session's id, so that sessions can be told apart by one line alone. */
  readonly keyed: boolean;
  /** Whole little transcripts, each read to at least 0.9 by this format and to at most 0.1 by every other. The first is shown to users. */
  readonly samples: readonly string[];
  /**
   * Matches where a line begins, also in mid-line: a transcript whose line breaks were lost is cut before each match. No flags,
   * linear; what must stand before a beginning goes into a look-behind.
   */
  readonly lineStarts?: RegExp;
  /** Whether lines carry no mark of the program (bare commands and replies), so that more telling formats go first. */
  readonly bare?: boolean;
  createScanner(options: ScannerOptions): Scanner;
}
