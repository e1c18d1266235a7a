import type { DateOrder } from '../report.ts';

/** No date is shown, or it cannot be read. */
export const NO_DAY = -0x80000000;

/** The readings of a numeric date, in the order in which arrays of three hold them. */
export const DATE_ORDERS: readonly DateOrder[] = ['dmy', 'mdy', 'ymd'];

/** How an order of day and month is known. */
export type DateOrderBasis = 'unambiguous' | 'monotonic' | 'assumed' | 'given';

const ALL_ORDERS = 0b111;
/** Two threads of a server, or a clock put right, may set the date back this far; a wrong reading jumps by weeks. */
const JITTER_DAYS = 2;
/** A reading under which the dates lie this many times closer together is the likelier one. */
const DENSITY = 4;

/**
 * What a file's dates tell about the order of day and month. A log is only ever appended to, so the right reading has no
 * field out of range and never jumps back; where both readings pass, one is assumed.
 */
export class DateOrderEvidence {
  /** The order in which dates are read now; null before the first date. */
  order: DateOrder | null;
  /** How {@link order} is known; null before the first date. */
  basis: DateOrderBasis | null;
  /** The order that later dates speak for, against the one in which earlier dates were read. */
  contradictedBy: DateOrder | null = null;

  private readonly given: boolean;
  private readonly first = new Int32Array(3).fill(NO_DAY);
  private readonly last = new Int32Array(3).fill(NO_DAY);
  private readonly jumpsBack = new Int32Array(3);
  private possible = ALL_ORDERS;
  private dates = 0;

  constructor(given: DateOrder | null) {
    this.given = given !== null;
    this.order = given;
    this.basis = given === null ? null : 'given';
  }

  /**
   * Takes the next date that differs from the one before: its day under each of {@link DATE_ORDERS}, {@link NO_DAY} where
   * that reading is impossible. `likely` decides where nothing else does. Returns the day.
   */
  add(days: Int32Array, likely: DateOrder): number {
    let readable = 0;
    for (let i = 0; i < 3; i++) if (days[i] !== NO_DAY) readable |= 1 << i;
    if (readable === 0) return NO_DAY;
    this.dates++;
    this.possible &= readable;
    for (let i = 0; i < 3; i++) {
      const day = days[i]!;
      if (day === NO_DAY) continue;
      if (this.first[i] === NO_DAY) this.first[i] = day;
      else if (day < this.last[i]! - JITTER_DAYS) this.jumpsBack[i]!++;
      this.last[i] = day;
    }
    this.settle(likely);
    const day = days[DATE_ORDERS.indexOf(this.order!)]!;
    // Logs of two locales in one file: a date that has no such reading is read in the way it can be.
    return day !== NO_DAY ? day : days[onlyOne(readable) ?? (readable & 1 ? 0 : 1)]!;
  }

  private settle(likely: DateOrder): void {
    if (this.possible === 0) {
      this.order ??= likely;
      this.basis ??= 'assumed';
      return;
    }
    let steady = 0;
    for (let i = 0; i < 3; i++) if (this.possible & (1 << i) && this.jumpsBack[i] === 0) steady |= 1 << i;
    const unambiguous = onlyOne(this.possible);
    const proven = unambiguous ?? onlyOne(steady);
    if (this.given) {
      this.contradictedBy = proven !== null && DATE_ORDERS[proven] !== this.order ? DATE_ORDERS[proven]! : null;
      return;
    }
    const order = DATE_ORDERS[proven ?? this.likeliest(steady || this.possible, likely)]!;
    if (this.order !== null && this.order !== order) this.contradictedBy = order;
    this.order = order;
    this.basis = unambiguous !== null ? 'unambiguous' : proven !== null ? 'monotonic' : 'assumed';
  }

  private likeliest(candidates: number, likely: DateOrder): number {
    let best = -1;
    let best2 = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 3; i++) {
      if (!(candidates & (1 << i))) continue;
      if (best < 0 || this.span(i) < this.span(best)) {
        if (best >= 0) best2 = this.span(best);
        best = i;
      } else best2 = Math.min(best2, this.span(i));
    }
    if (this.dates >= 3 && this.span(best) * DENSITY < best2) return best;
    const preferred = DATE_ORDERS.indexOf(likely);
    return candidates & (1 << preferred) ? preferred : candidates & 1 ? 0 : best;
  }

  private span(order: number): number {
    return Math.abs(this.last[order]! - this.first[order]!) + 1;
  }
}

/** The index of the single bit set, or null. */
function onlyOne(bits: number): number | null {
  return bits === 1 ? 0 : bits === 2 ? 1 : bits === 4 ? 2 : null;
}

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days from 1970-01-01 to the date of the Gregorian calendar, or {@link NO_DAY} where there is no such date. */
export function dayNumber(year: number, month: number, day: number): number {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > DAYS_IN_MONTH[month - 1]!) return NO_DAY;
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return NO_DAY;
  // Years begin in March here, so that the leap day is the last one.
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
