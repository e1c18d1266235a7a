/** The dates that Unix daemons write, with the month by its English name. */
import { COLON, DIGIT_0, isDigit, MINUS, PLUS, SLASH, SPACE } from '../bytes/ascii.ts';
import { dayNumber } from '../bytes/date-order.ts';
import { monthNameAt } from '../bytes/stamp.ts';
import { NO_DAY, NO_TIME } from '../event.ts';

const DATE_BYTES = 24;
const CLOCK_BYTES = 8;

/** Reads dates with a month name; most lines repeat the date of the line before, which is then not computed again. */
export class UnixStampReader {
  /** Days since 1970-01-01 of the last stamp, {@link NO_DAY} where it names no year. */
  day = NO_DAY;
  /** Milliseconds since midnight of the last stamp. */
  ms = NO_TIME;
  /** Minutes east of UTC that the last stamp with a zone printed. */
  zoneMinutes = 0;

  private lastDate = 0;
  private lastDay = NO_DAY;
  private monthBytes = 0;
  private month = 0;

  /** Reads `Sun Nov 22 05:05:19 2026` (ctime(3)); returns the offset behind it, or -1 for no stamp. */
  readCtime(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < DATE_BYTES - 1 || bytes[start + 3] !== SPACE) return -1;
    const month = this.monthAt(bytes, start + 4);
    if (month === 0) return -1;
    let i = start + 8;
    // The day is padded with a blank, which pasting may swallow.
    const day = dayAt(bytes, i);
    i += day < 10 && bytes[i] !== SPACE && bytes[i] !== DIGIT_0 ? 2 : 3;
    const ms = clockAt(bytes, i, end);
    i += CLOCK_BYTES;
    if (ms < 0 || bytes[i - CLOCK_BYTES - 1] !== SPACE || bytes[i] !== SPACE) return -1;
    const year = yearAt(bytes, i + 1, end);
    if (year < 0 || !this.takeDate(year, month, day)) return -1;
    this.ms = ms;
    return i + 5;
  }

  /** Reads `22/Nov/2026:05:10:55 +0000` (Common Log Format); returns the offset behind it, or -1. */
  readClf(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < 26 || bytes[start + 2] !== SLASH || bytes[start + 6] !== SLASH || bytes[start + 11] !== COLON)
      return -1;
    const year = yearAt(bytes, start + 7, end);
    const ms = clockAt(bytes, start + 12, end);
    const zone = zoneAt(bytes, start + 21, end);
    if (year < 0 || ms < 0 || Number.isNaN(zone)) return -1;
    if (!this.takeDate(year, this.monthAt(bytes, start + 3), dayAt(bytes, start))) return -1;
    this.ms = ms;
    this.zoneMinutes = zone;
    return start + 26;
  }

  /** Reads `Nov 22 05:12:56` (RFC 3164 section 4.1.2), which names no year; returns the offset behind it, or -1. */
  readSyslog(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < 14 || bytes[start + 3] !== SPACE || this.monthAt(bytes, start) === 0) return -1;
    let i = start + 4;
    const day = dayAt(bytes, i);
    if (day < 1 || day > 31) return -1;
    i += day < 10 && bytes[i] !== SPACE && bytes[i] !== DIGIT_0 ? 2 : 3;
    const ms = clockAt(bytes, i, end);
    if (ms < 0 || bytes[i - 1] !== SPACE) return -1;
    this.day = NO_DAY;
    this.ms = ms;
    return i + CLOCK_BYTES;
  }

  private takeDate(year: number, month: number, day: number): boolean {
    const date = (year * 16 + month) * 32 + day;
    if (date !== this.lastDate) {
      if (day < 0) return false;
      const number = dayNumber(year, month, day);
      if (number === NO_DAY) return false;
      this.lastDate = date;
      this.lastDay = number;
    }
    this.day = this.lastDay;
    return true;
  }

  private monthAt(bytes: Uint8Array, start: number): number {
    const name = (bytes[start]! << 16) | (bytes[start + 1]! << 8) | bytes[start + 2]!;
    if (name !== this.monthBytes) {
      const month = monthNameAt(bytes, start, start + 3);
      if (month === 0) return 0;
      this.monthBytes = name;
      this.month = month;
    }
    return this.month;
  }
}

/** The day of the month at `start`: two digits, a blank and a digit, or one digit before a blank; -1 for none. */
function dayAt(bytes: Uint8Array, start: number): number {
  const first = bytes[start]!;
  const second = bytes[start + 1]!;
  if (!isDigit(second)) return second === SPACE && isDigit(first) ? first - DIGIT_0 : -1;
  if (isDigit(first)) return (first - DIGIT_0) * 10 + second - DIGIT_0;
  return first === SPACE ? second - DIGIT_0 : -1;
}

/** Milliseconds of `HH:MM:SS` at `start`, or -1. */
function clockAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < CLOCK_BYTES || bytes[start + 2] !== COLON || bytes[start + 5] !== COLON) return -1;
  let seconds = 0;
  for (let i = start; i < start + CLOCK_BYTES; i += 3) {
    const tens = bytes[i]! - DIGIT_0;
    const ones = bytes[i + 1]! - DIGIT_0;
    if (tens < 0 || tens > 6 || ones < 0 || ones > 9) return -1;
    seconds = seconds * 60 + tens * 10 + ones;
  }
  // A leap second is written as 23:59:60.
  return seconds <= 86_400 ? seconds * 1000 : -1;
}

function yearAt(bytes: Uint8Array, start: number, end: number): number {
  if (start + 4 > end) return -1;
  let year = 0;
  for (let i = start; i < start + 4; i++) {
    if (!isDigit(bytes[i]!)) return -1;
    year = year * 10 + bytes[i]! - DIGIT_0;
  }
  return year;
}

/** Minutes of `+0200` or `+02:00` at `start`, NaN for no zone. */
export function zoneAt(bytes: Uint8Array, start: number, end: number): number {
  const sign = bytes[start];
  if (end - start < 5 || (sign !== PLUS && sign !== MINUS)) return Number.NaN;
  const minutesStart = bytes[start + 3] === COLON ? start + 4 : start + 3;
  if (minutesStart + 2 > end) return Number.NaN;
  const minutes = pairAt(bytes, start + 1) * 60 + pairAt(bytes, minutesStart);
  return sign === MINUS ? -minutes : minutes;
}

function pairAt(bytes: Uint8Array, start: number): number {
  if (!isDigit(bytes[start]!) || !isDigit(bytes[start + 1]!)) return Number.NaN;
  return (bytes[start]! - DIGIT_0) * 10 + bytes[start + 1]! - DIGIT_0;
}

/** `Z`, `+02:00`, … for minutes east of UTC. */
export function zoneText(minutes: number): string {
  if (minutes === 0) return 'Z';
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
}
