import type { EventLog } from './event-log.ts';

const DAY_MS = 86_400_000;

let lastDay = Number.NaN;
let lastDate = '';
let lastMs = Number.NaN;
let lastText = '';

/** `YYYY-MM-DDTHH:MM:SS[.mmm]` of a moment on the wall clock, in milliseconds since 1970-01-01. */
export function isoText(ms: number): string {
  // Most lines of a session are of the same moment as the one before.
  if (ms === lastMs) return lastText;
  const day = Math.floor(ms / DAY_MS);
  if (day !== lastDay) {
    lastDay = day;
    lastDate = civilDate(day);
  }
  lastMs = ms;
  lastText = `${lastDate}T${timeText(ms)}`;
  return lastText;
}

/** `HH:MM:SS[.mmm]` of a moment; the fraction is left out when it is zero. */
export function timeText(ms: number): string {
  const ofDay = ((ms % DAY_MS) + DAY_MS) % DAY_MS;
  const seconds = Math.floor(ofDay / 1000);
  const fraction = ofDay % 1000;
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === 0 ? text : `${text}.${String(Math.floor(fraction)).padStart(3, '0')}`;
}

/** The printed time of an event, or null where the line shows no date or no time. */
export function isoOf(log: EventLog, index: number): string | null {
  return log.dated(index) ? isoText(log.timeMs(index)) : null;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** Date of a day count since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
function civilDate(day: number): string {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
}
