/** Wall-clock stamps as numbers. Each reader remembers the last stamp: most lines of a log repeat it, or at least its date. */
import type { DateOrder } from '../report.ts';
import { COLON, COMMA, DIGIT_0, DOT, GREATER, isDigit, MINUS, PAREN_OPEN, SLASH, SPACE } from './ascii.ts';
import { DateOrderEvidence, dayNumber, NO_DAY } from './date-order.ts';
import { Repetition } from './repetition.ts';

export { NO_DAY } from './date-order.ts';
/** No time of day is shown. */
export const NO_TIME = -1;

/** Bytes of a stamp that are remembered; a longer one is read anew each time. */
const KEPT_BYTES = 64;
/** Bytes that a weekday, an era or a day-half marker may take. */
const WORD_BYTES = 24;
/** A Buddhist year (th-TH) is that much ahead; no log of FTP was written in the 25th century. */
const BUDDHIST_OFFSET = 543;

/**
 * Reads `date time` as the locales of Windows and of C write them: `4/1/2009 16:25:32`, `2015. 01. 05. 9:05:01`,
 * `05-Jan-15 13.05.09`, `2015/1/5 下午 01:05:09`. The hour is taken as it stands; a day-half marker is left to the caller.
 */
export class LocaleStampReader {
  /** Days since 1970-01-01 of the last stamp, {@link NO_DAY} where its date cannot be read. */
  day = NO_DAY;
  /** Milliseconds since midnight of the last stamp. */
  ms = NO_TIME;
  /** What the dates tell about the order of day and month. */
  readonly evidence: DateOrderEvidence;

  private readonly kept = new Repetition(1, KEPT_BYTES);
  private dateLength = 0;
  private hasSeconds = true;
  /** Whether any stamp had seconds, and whether any had none. */
  private readSeconds = false;
  private readMinutes = false;
  /** Whether the remembered stamp has no seconds: the same text may then begin one that has. */
  private keptIsShort = false;
  private readonly numbers = new Int32Array(3);
  private readonly widths = new Int32Array(3);
  private readonly days = new Int32Array(3);
  private separator = 0;

  constructor(order: DateOrder | null) {
    this.evidence = new DateOrderEvidence(order);
  }

  /** Smallest step of the times, in milliseconds: a second, or a minute where none prints seconds. */
  get resolutionMs(): number {
    return this.readMinutes && !this.readSeconds ? 60_000 : 1000;
  }

  /** Reads the stamp at `start`; returns the offset behind the last digit of its time, or -1 for no stamp. */
  read(bytes: Uint8Array, start: number, end: number): number {
    const length = this.kept.lengthAt(0, bytes, start, end);
    if (length !== 0 && !this.keptIsShort && (start + length === end || !isDigit(bytes[start + length]!)))
      return start + length;
    const dateEnd = start + this.dateLength;
    if (this.kept.begins(0, this.dateLength, bytes, start, end) && !isDigit(bytes[dateEnd]!)) {
      const timeEnd = this.readTime(bytes, dateEnd, end);
      if (timeEnd >= 0) this.keep(bytes, start, timeEnd);
      return timeEnd;
    }
    return this.readNew(bytes, start, end);
  }

  private readNew(bytes: Uint8Array, start: number, end: number): number {
    const dateEnd = this.readDate(bytes, start, end);
    if (dateEnd < 0) return -1;
    const timeEnd = this.readTime(bytes, dateEnd, end);
    if (timeEnd < 0) return -1;
    this.fillReadings();
    this.day = this.evidence.add(this.days, this.likelyOrder(hasDayHalf(bytes, dateEnd, timeEnd, end)));
    this.dateLength = dateEnd - start;
    this.keep(bytes, start, timeEnd);
    return timeEnd;
  }

  private keep(bytes: Uint8Array, start: number, end: number): void {
    this.kept.keep(0, bytes, start, end);
    this.keptIsShort = !this.hasSeconds;
  }

  private readDate(bytes: Uint8Array, start: number, end: number): number {
    let i = skipToDigit(bytes, start, end);
    this.separator = 0;
    for (let n = 0; n < 3; n++) {
      const from = i;
      let value = 0;
      while (i < end && i - from < 5 && isDigit(bytes[i]!)) value = value * 10 + bytes[i++]! - DIGIT_0;
      const month = n === 1 && i === from ? monthNameAt(bytes, i, end) : 0;
      if (month > 0) {
        value = month;
        i += 3;
      }
      const width = i - from;
      if (width === 0 || width > 4 || (n === 1 && width === 4)) return -1;
      this.numbers[n] = value;
      this.widths[n] = month > 0 ? 0 : width;
      if (n === 2) break;
      if (n === 0) this.separator = bytes[i] ?? 0;
      const separated = i;
      while (i < end && i - separated < 6 && isDateSeparator(bytes[i]!)) i++;
      if (i === separated) return -1;
    }
    return i;
  }

  private readTime(bytes: Uint8Array, start: number, end: number): number {
    let i = skipToDigit(bytes, start, end);
    if (i === start) return -1;
    let total = 0;
    this.hasSeconds = true;
    for (let n = 0; n < 3; n++) {
      const tens = (bytes[i] ?? 0) - DIGIT_0;
      if (i >= end || tens < 0 || tens > 9) return -1;
      let value = tens;
      i++;
      if (i < end && isDigit(bytes[i]!)) value = value * 10 + bytes[i++]! - DIGIT_0;
      if (value > (n === 0 ? 23 : n === 1 ? 59 : 60)) return -1;
      total = total * 60 + value;
      if (n === 2) break;
      const separated = i;
      while (i < end && (bytes[i] === COLON || bytes[i] === DOT || bytes[i]! >= 0x80)) i++;
      if (i > separated && isDigit(bytes[i] ?? 0)) continue;
      if (n === 0) return -1;
      total *= 60;
      this.hasSeconds = false;
      i = separated;
      break;
    }
    if (this.hasSeconds) this.readSeconds = true;
    else this.readMinutes = true;
    this.ms = total * 1000;
    return i;
  }

  private fillReadings(): void {
    const [a, b, c] = this.numbers as unknown as [number, number, number];
    const [aWidth, bWidth, cWidth] = this.widths as unknown as [number, number, number];
    const named = bWidth === 0;
    this.days[0] = aWidth === 4 ? NO_DAY : dayNumber(yearOf(c, cWidth), b, a);
    this.days[1] = aWidth === 4 || named ? NO_DAY : dayNumber(yearOf(c, cWidth), a, b);
    this.days[2] = cWidth === 4 || (named && aWidth !== 4) ? NO_DAY : dayNumber(yearOf(a, aWidth), b, c);
  }

  /** Which order the locales that write such a date have. */
  private likelyOrder(dayHalf: boolean): DateOrder {
    // `5/01/2015`: en-AU, en-NZ and others write the month with two digits and the day with one; nobody does the reverse.
    if (this.widths[0] === 1 && this.widths[1] === 2 && this.numbers[1]! < 10) return 'dmy';
    return dayHalf && this.separator === SLASH ? 'mdy' : 'dmy';
  }
}

/** The offset of the next digit, or `end`; gives up at what a stamp never holds. */
function skipToDigit(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + WORD_BYTES);
  let i = start;
  for (; i < limit; i++) {
    const byte = bytes[i]!;
    if (isDigit(byte)) return i;
    if (byte === PAREN_OPEN || byte === GREATER || byte === MINUS) return end;
  }
  return end;
}

function isDateSeparator(byte: number): boolean {
  return byte === SLASH || byte === DOT || byte === MINUS || byte === SPACE || byte === COMMA || byte >= 0x80;
}

/** Full year of a printed one; two digits mean 20yy. 0, a year without dates, for one that is not of our calendar. */
function yearOf(value: number, width: number): number {
  if (width <= 2) return value < 70 ? 2000 + value : 0;
  if (value > 2400) return value - BUDDHIST_OFFSET;
  return value >= 1900 ? value : 0;
}

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';

/** Month 1–12 whose English abbreviation stands at `start`, or 0. */
export function monthNameAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 3) return 0;
  for (let m = 0; m < 12; m++) {
    let i = 0;
    while (i < 3 && (bytes[start + i]! | 0x20) === MONTHS.charCodeAt(m * 3 + i)) i++;
    if (i === 3) return m + 1;
  }
  return 0;
}

const LETTER_A = 65;
const LETTER_P = 80;
const LETTER_M = 77;
const LETTER_T = 84;

/** Whether an upper-case `AM` or `PM` stands before or right behind the time: en-US keeps it even on the 24-hour clock. */
function hasDayHalf(bytes: Uint8Array, dateEnd: number, timeEnd: number, end: number): boolean {
  const limit = Math.min(end, timeEnd + 3);
  for (let i = dateEnd; i + 1 < limit; i++)
    if ((bytes[i] === LETTER_A || bytes[i] === LETTER_P) && bytes[i + 1] === LETTER_M) return true;
  return false;
}

/** Bytes of `2026-11-22T05:14`. */
const ISO_MINUTES = 16;

/**
 * Reads `2026-11-22T05:14:30.108`, with a blank for the `T` and with or without a fraction. What follows (a zone) is the
 * caller's.
 */
export class IsoStampReader {
  /** Days since 1970-01-01 of the last stamp. */
  day = NO_DAY;
  /** Milliseconds since midnight of the last stamp. */
  ms = NO_TIME;

  /** The last date, as year and as month and day, and its day. The time behind it may have been none. */
  private high = -1;
  private low = -1;
  private dateDay = NO_DAY;
  /** The last stamp up to its minutes, and how many milliseconds they are since midnight. */
  private readonly kept = new Uint8Array(ISO_MINUTES);
  private keptMs = 0;

  /** Reads the stamp at `start`; returns the offset behind its last digit, or -1 for no stamp. */
  read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < 19) return -1;
    if (this.isKept(bytes, start) && bytes[start + ISO_MINUTES] === COLON) {
      const second = twoDigits(bytes, start + ISO_MINUTES + 1);
      if (second < 0 || second > 60) return -1;
      return this.readFraction(bytes, start + 19, end, this.keptMs + second * 1000);
    }
    return this.readNew(bytes, start, end);
  }

  private isKept(bytes: Uint8Array, start: number): boolean {
    const { kept } = this;
    for (let i = 0; i < ISO_MINUTES; i++) if (kept[i] !== bytes[start + i]) return false;
    return true;
  }

  private readNew(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return -1;
    if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return -1;
    const between = bytes[start + 10]!;
    if (between !== SPACE && between !== LETTER_T) return -1;
    const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
    const monthDay = twoDigits(bytes, start + 5) * 100 + twoDigits(bytes, start + 8);
    if (year !== this.high || monthDay !== this.low) {
      const day = monthDay < 0 ? NO_DAY : dayNumber(year, Math.floor(monthDay / 100), monthDay % 100);
      if (day === NO_DAY) return -1;
      this.dateDay = day;
      this.high = year;
      this.low = monthDay;
    }
    const hour = twoDigits(bytes, start + 11);
    const minute = twoDigits(bytes, start + 14);
    const second = twoDigits(bytes, start + 17);
    if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 60) return -1;
    for (let i = 0; i < ISO_MINUTES; i++) this.kept[i] = bytes[start + i]!;
    this.day = this.dateDay;
    this.keptMs = (hour * 60 + minute) * 60_000;
    return this.readFraction(bytes, start + 19, end, this.keptMs + second * 1000);
  }

  private readFraction(bytes: Uint8Array, start: number, end: number, ms: number): number {
    this.ms = ms;
    let i = start;
    if (i + 1 >= end || (bytes[i] !== DOT && bytes[i] !== COMMA) || !isDigit(bytes[i + 1]!)) return i;
    i++;
    if (i + 3 < end && !isDigit(bytes[i + 3]!)) {
      const last = twoDigits(bytes, i + 1);
      if (last >= 0) {
        this.ms += (bytes[i]! - DIGIT_0) * 100 + last;
        return i + 3;
      }
    }
    for (let weight = 100; i < end && isDigit(bytes[i]!); i++, weight /= 10)
      if (weight >= 1) this.ms += (bytes[i]! - DIGIT_0) * weight;
    return i;
  }
}

/** So far below zero that no sum with it comes out positive. */
const NO_DIGITS = -1_000_000;

/** The number of the two digits at `start`, or {@link NO_DIGITS}. */
function twoDigits(bytes: Uint8Array, start: number): number {
  const tens = bytes[start]! - DIGIT_0;
  const ones = bytes[start + 1]! - DIGIT_0;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NO_DIGITS;
}
