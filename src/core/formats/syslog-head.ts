import {
  BRACKET_CLOSE,
  BRACKET_OPEN,
  COLON,
  GREATER,
  isDigit,
  LESS,
  numberAt,
  SLASH,
  SPACE,
  startsWith,
} from '../bytes/ascii.ts';
import { IsoStampReader } from '../bytes/stamp.ts';
import { NO_DAY, NO_TIME } from '../event.ts';
import type { ScannerClock } from './format.ts';
import { isoClock, NO_CLOCK, YEARLESS_CLOCK } from './server-clock.ts';
import { indexOfByte, indexOfSpan } from './spans.ts';
import { UnixStampReader, zoneAt, zoneText } from './unix-stamp.ts';

/** Words that may stand between the date and the daemon's name: host, facility. */
const WORDS_MAX = 3;
/** Bytes of a version behind the name. */
const VERSION_BYTES = 16;
const LETTER_Z = 90;

/**
 * Reads what a daemon's line begins with: `<94>Nov 22 05:12:58 host pure-ftpd[12]: ` as syslog and the journal write it,
 * `2026-11-22 05:10:52,418 host proftpd[22169] ` as ProFTPD does itself.
 */
export class SyslogHead {
  /** Days since 1970-01-01, {@link NO_DAY} without a year. */
  day = NO_DAY;
  /** Milliseconds since midnight. */
  ms = NO_TIME;
  /** The process, -1 where the line names none. */
  pid = -1;
  clock: ScannerClock = NO_CLOCK;

  private readonly unix = new UnixStampReader();
  private readonly iso = new IsoStampReader();
  private isoMinutes = Number.NaN;

  /** Reads the head of a line by the daemon `name`; returns the offset of the daemon's own words, or -1. */
  read(bytes: Uint8Array, start: number, end: number, name: string): number {
    let i = this.readStamp(bytes, start, end);
    if (i < 0) return -1;
    for (let word = 0; word <= WORDS_MAX; word++) {
      while (i < end && bytes[i] === SPACE) i++;
      if (startsWith(bytes, i, end, name)) {
        const after = this.readTag(bytes, i + name.length, end);
        if (after >= 0) return after;
      }
      i = indexOfByte(bytes, i, end, SPACE);
      if (i < 0) return -1;
    }
    return -1;
  }

  /** Reads the date alone, with the priority before it and the zone behind it; returns the offset behind them, or -1. */
  readStamp(bytes: Uint8Array, start: number, end: number): number {
    let i = start;
    if (bytes[i] === LESS) {
      i++;
      while (i < end && isDigit(bytes[i]!)) i++;
      if (bytes[i] !== GREATER) return -1;
      i++;
    }
    if (!isDigit(bytes[i] ?? 0)) {
      i = this.unix.readSyslog(bytes, i, end);
      if (i < 0) return -1;
      this.day = NO_DAY;
      this.ms = this.unix.ms;
      this.clock = YEARLESS_CLOCK;
      return i;
    }
    const stampStart = i;
    i = this.iso.read(bytes, i, end);
    if (i < 0) return -1;
    this.day = this.iso.day;
    this.ms = this.iso.ms;
    const resolutionMs = i - stampStart > 20 ? 1 : 1000;
    const minutes = bytes[i] === LETTER_Z ? 0 : zoneAt(bytes, i, end);
    if (this.clock.resolutionMs !== resolutionMs || !Object.is(minutes, this.isoMinutes) || this.clock.order === null) {
      this.isoMinutes = minutes;
      this.clock = isoClock(resolutionMs, Number.isNaN(minutes) ? null : zoneText(minutes));
    }
    if (!Number.isNaN(minutes)) while (i < end && bytes[i] !== SPACE) i++;
    return i;
  }

  /** Reads `[pid]: `, `[pid] `, `/1.2[pid]: ` or `: ` behind the daemon's name. */
  private readTag(bytes: Uint8Array, start: number, end: number): number {
    let i = start;
    this.pid = -1;
    if (bytes[i] === SLASH) while (i < end && i - start < VERSION_BYTES && bytes[i] !== BRACKET_OPEN) i++;
    if (bytes[i] === BRACKET_OPEN && i < end) {
      this.pid = numberAt(bytes, i + 1, end);
      i = indexOfByte(bytes, i, Math.min(end, i + 16), BRACKET_CLOSE) + 1;
      if (i === 0 || this.pid < 0) return -1;
    } else if (bytes[i] !== COLON || i >= end) return -1;
    if (i < end && bytes[i] === COLON) i++;
    if (i < end && bytes[i] !== SPACE) return -1;
    while (i < end && bytes[i] === SPACE) i++;
    return i;
  }
}

/** Whether the tag of another line, `name[12]` or `name: `, stands in `bytes[start, end)`: then its line break was lost. */
export function holdsTag(bytes: Uint8Array, start: number, end: number, name: string): boolean {
  const at = indexOfSpan(bytes, start, end, name);
  const after = at + name.length;
  if (at < 0 || after + 1 >= end || (at > start && bytes[at - 1] !== SPACE)) return false;
  return bytes[after] === BRACKET_OPEN
    ? isDigit(bytes[after + 1]!)
    : bytes[after] === COLON && bytes[after + 1] === SPACE;
}
