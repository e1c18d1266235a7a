import type { ScannerClock } from './format.ts';

/** Before the first line with a time. */
export const NO_CLOCK: ScannerClock = { date: 'none', resolutionMs: null, zone: null, order: null, basis: null };

/** Dates whose month is a name, to the second, in local time. */
export const NAMED_MONTH_CLOCK: ScannerClock = { ...NO_CLOCK, date: 'full', resolutionMs: 1000 };

/** `Nov 22 05:12:56`: the year is not told. */
export const YEARLESS_CLOCK: ScannerClock = { ...NO_CLOCK, date: 'no-year', resolutionMs: 1000 };

/** `2026-11-22 05:12:56`, which leaves the order of day and month to no doubt. */
export function isoClock(resolutionMs: number, zone: string | null): ScannerClock {
  return { date: 'full', resolutionMs, zone, order: 'ymd', basis: 'unambiguous' };
}
