import { COLON, HASH, MINUS, SPACE, startsWith } from '../bytes/ascii.ts';
import { IsoStampReader } from '../bytes/stamp.ts';
import { textOf } from '../bytes/text.ts';
import { NO_DAY, NO_TIME } from '../event.ts';
import { Fields, indexOfByte } from './spans.ts';

const ISO_TIME_BYTES = 19;

/** Columns of the W3C Extended Log File Format that tell something of an FTP session. */
export const W3C_COLUMNS = [
  'date',
  'time',
  'c-ip',
  'cs-username',
  's-ip',
  's-port',
  'cs-method',
  'cs-uri-stem',
  'sc-status',
  'sc-win32-status',
  'x-session',
  'sc-bytes',
  'cs-bytes',
  'time-taken',
] as const;
export type W3cColumn = (typeof W3C_COLUMNS)[number];

/** Reads the W3C Extended Log File Format: `#Fields:` names the columns of the lines that follow, `#Date:` the day. */
export class W3cFields {
  /** Text of the last `#Software:`, empty before one. */
  software = '';
  /** Whether the columns are those of a web server. */
  web = false;
  /** Days since 1970-01-01 and milliseconds since midnight of the line cut last, in UTC. */
  day = NO_DAY;
  ms = NO_TIME;

  readonly fields = new Fields();
  private readonly stamp = new IsoStampReader();
  private readonly scratch = new Uint8Array(ISO_TIME_BYTES);
  private readonly places = new Map<W3cColumn, number>();
  private columns = 0;
  private headerDay = NO_DAY;

  /** Whether the columns are known. */
  get known(): boolean {
    return this.columns > 0;
  }

  /** Whether the line cut last has as many fields as there are columns. */
  get isExact(): boolean {
    return this.fields.count === this.columns;
  }

  /** Name of the last column, empty without columns. */
  lastColumn = '';

  /** Takes the columns, in their order. */
  setColumns(names: readonly string[]): void {
    this.places.clear();
    this.columns = names.length;
    this.lastColumn = names[names.length - 1] ?? '';
    this.web = names.includes('cs-uri-query') || names.includes('cs(User-Agent)');
    for (const column of W3C_COLUMNS) {
      const at = names.indexOf(column);
      if (at >= 0) this.places.set(column, at);
    }
  }

  /** Whether there is such a column. */
  has(column: W3cColumn): boolean {
    return this.places.has(column);
  }

  /** Reads `#Software:`, `#Version:`, `#Date:` or `#Fields:`; false for another line. */
  readDirective(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes[start] !== HASH) return false;
    const colon = indexOfByte(bytes, start, Math.min(end, start + 24), COLON);
    if (colon < 0) return false;
    const text = () => textOf(bytes, colon + 1, end).trim();
    if (startsWith(bytes, start, end, '#Fields')) this.setColumns(text().split(/\s+/));
    else if (startsWith(bytes, start, end, '#Software')) this.software = text();
    else if (startsWith(bytes, start, end, '#Date')) this.readHeaderDate(bytes, colon + 1, end);
    else return startsWith(bytes, start, end, '#Version') || startsWith(bytes, start, end, '#Remark');
    return true;
  }

  private readHeaderDate(bytes: Uint8Array, start: number, end: number): void {
    let i = start;
    while (i < end && bytes[i] === SPACE) i++;
    if (this.stamp.read(bytes, i, end) >= 0) this.headerDay = this.stamp.day;
  }

  /** Cuts a line into its columns and reads its time; false if it has too few of them, or no time. */
  cut(bytes: Uint8Array, start: number, end: number): boolean {
    this.fields.split(bytes, start, end);
    return this.fields.count >= this.columns && this.readTime(bytes);
  }

  private readTime(bytes: Uint8Array): boolean {
    const time = this.places.get('time');
    if (time === undefined || this.fields.ends[time]! - this.fields.starts[time]! < 8) return false;
    const date = this.places.get('date');
    const { scratch } = this;
    for (let i = 0; i < 8; i++) scratch[11 + i] = bytes[this.fields.starts[time]! + i]!;
    if (date === undefined) {
      this.put('1970-01-01 ');
      if (this.stamp.read(scratch, 0, ISO_TIME_BYTES) < 0) return false;
      this.day = this.headerDay;
    } else {
      if (this.fields.ends[date]! - this.fields.starts[date]! !== 10) return false;
      for (let i = 0; i < 10; i++) scratch[i] = bytes[this.fields.starts[date]! + i]!;
      scratch[10] = SPACE;
      if (this.stamp.read(scratch, 0, ISO_TIME_BYTES) < 0) return false;
      this.day = this.stamp.day;
    }
    this.ms = this.stamp.ms;
    return true;
  }

  private put(text: string): void {
    for (let i = 0; i < text.length; i++) this.scratch[i] = text.charCodeAt(i);
  }

  /** Where the value of a column begins; equal to {@link endOf} where the line has none (`-`). */
  startOf(column: W3cColumn): number {
    const at = this.places.get(column);
    return at === undefined ? 0 : this.fields.starts[at]!;
  }

  /** Where the value of a column ends. */
  endOf(column: W3cColumn, bytes: Uint8Array): number {
    const at = this.places.get(column);
    if (at === undefined) return 0;
    const start = this.fields.starts[at]!;
    const end = this.fields.ends[at]!;
    return end - start === 1 && bytes[start] === MINUS ? start : end;
  }

  /** Whether the value of a column holds the byte. */
  hasByte(column: W3cColumn, bytes: Uint8Array, byte: number): boolean {
    return indexOfByte(bytes, this.startOf(column), this.endOf(column, bytes), byte) >= 0;
  }

  /** Moves the columns of the line cut last, for a copy of it. */
  shift(by: number): void {
    const { starts, ends, count } = this.fields;
    for (let i = 0; i < count; i++) {
      starts[i]! += by;
      ends[i]! += by;
    }
  }
}
