import { OTHERS } from './rows.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The day that a wall-clock time is on, counted from 1970-01-01. */
export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

/** The hour of the day, 0 to 23. */
export function hourOf(ms: number): number {
  return Math.floor((((ms % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS);
}

/** A day as `YYYY-MM-DD`; a negative one stands for the others. */
export function dayText(day: number): string {
  return day < 0 ? OTHERS : new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** An hour as two digits; a negative one stands for the others. */
export function hourText(hour: number): string {
  return hour < 0 ? OTHERS : String(hour).padStart(2, '0');
}
