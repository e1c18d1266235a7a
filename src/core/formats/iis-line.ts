import {
  BRACKET_CLOSE,
  BRACKET_OPEN,
  HASH,
  isDigit,
  MINUS,
  numberAt,
  replyCodeAt,
  startsWith,
} from '../bytes/ascii.ts';
import { textOf } from '../bytes/text.ts';
import { KNOWN_VERBS } from '../ftp/verbs.ts';
import { isSpan } from './spans.ts';
import { type W3cColumn, W3cFields } from './w3c-fields.ts';

/** What IIS 7 and later log unless told otherwise; people often paste lines without their header. */
export const IIS_COLUMNS: readonly string[] = [
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
  'sc-substatus',
  'x-session',
  'x-fullpath',
];
/** Every column that the FTP service can log. */
const LAST_COLUMNS: ReadonlySet<string> = new Set([
  ...IIS_COLUMNS,
  's-sitename',
  's-computername',
  'sc-bytes',
  'cs-bytes',
  'time-taken',
  'cs-host',
  'cs-version',
  'x-debug',
]);
const GUID_BYTES = 36;

/** A line of the FTP service of IIS: its columns, its method, and the text that names its session. */
export class IisLine {
  readonly w3c = new W3cFields();
  methodStart = 0;
  methodEnd = 0;

  /** Reads a line; false if it is none of IIS's FTP service. A directive leaves the method empty. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    const { w3c } = this;
    this.methodStart = this.methodEnd = 0;
    if (bytes[start] === HASH && start < end)
      return w3c.readDirective(bytes, start, end) && this.isOwn() && this.isWhole();
    if (!this.isOwn()) return false;
    if (!w3c.known && !this.assumeColumns(bytes, start, end)) return false;
    // IIS writes a blank within a field as a plus sign: more fields than columns are two lines that were joined.
    return w3c.cut(bytes, start, end) && w3c.isExact && this.readMethod(bytes);
  }

  private isOwn(): boolean {
    const { software, web } = this.w3c;
    return !web && (software === '' || software.startsWith('Microsoft'));
  }

  /** Whether the last column has a name: a header that was wrapped ends within one, and its columns would mislead. */
  private isWhole(): boolean {
    const { w3c } = this;
    if (!w3c.known || LAST_COLUMNS.has(w3c.lastColumn)) return true;
    w3c.setColumns([]);
    return false;
  }

  /** Takes the default columns for lines without a header whose twelfth field is a session's GUID. */
  private assumeColumns(bytes: Uint8Array, start: number, end: number): boolean {
    const { fields } = this.w3c;
    fields.split(bytes, start, end);
    if (fields.count !== IIS_COLUMNS.length || !isGuid(bytes, fields.starts[11]!, fields.ends[11]!)) return false;
    this.w3c.setColumns(IIS_COLUMNS);
    return true;
  }

  /** Finds the method; false where it is no FTP server's: IIS writes the same file for web sites. */
  private readMethod(bytes: Uint8Array): boolean {
    const { w3c } = this;
    this.methodStart = w3c.startOf('cs-method');
    this.methodEnd = w3c.endOf('cs-method', bytes);
    if (bytes[this.methodStart] === BRACKET_OPEN) {
      let i = this.methodStart + 1;
      while (i < this.methodEnd && isDigit(bytes[i]!)) i++;
      if (bytes[i] !== BRACKET_CLOSE || i === this.methodStart + 1) return false;
      this.methodStart = i + 1;
      return true;
    }
    if (w3c.has('x-session')) return this.methodEnd > this.methodStart;
    return KNOWN_VERBS.has(textOf(bytes, this.methodStart, this.methodEnd).toUpperCase()) || this.isChannel(bytes);
  }

  private isChannel(bytes: Uint8Array): boolean {
    return (
      startsWith(bytes, this.methodStart, this.methodEnd, 'ControlChannel') ||
      startsWith(bytes, this.methodStart, this.methodEnd, 'DataChannel')
    );
  }

  /** Whether the method is called `name`. */
  isMethod(bytes: Uint8Array, name: string): boolean {
    return isSpan(bytes, this.methodStart, this.methodEnd, name);
  }

  /** The number in a column, -1 for none. */
  numberOf(column: W3cColumn, bytes: Uint8Array): number {
    const { w3c } = this;
    return w3c.has(column) ? numberAt(bytes, w3c.startOf(column), w3c.endOf(column, bytes)) : -1;
  }

  /** The reply code, 0 for none. */
  codeOf(bytes: Uint8Array): number {
    return replyCodeAt(bytes, this.w3c.startOf('sc-status'), this.w3c.endOf('sc-status', bytes));
  }

  /** Moves every offset, for a copy of the line. */
  shift(by: number): void {
    this.w3c.shift(by);
    this.methodStart += by;
    this.methodEnd += by;
  }
}

function isGuid(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === GUID_BYTES && bytes[start + 8] === MINUS && bytes[start + 23] === MINUS;
}
