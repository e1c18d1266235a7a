/**
 * Lines as the administration interface of FileZilla Server 1.x copies them, as text, CSV or a table, with the columns that
 * people left of them: `<11/22/2026 5:14:30 AM> FTP Session 1 192.0.2.7 alice [Response] 226 Operation successful`.
 */
import { BRACKET_OPEN, LESS, QUOTE, TAB } from '../bytes/ascii.ts';
import { dayNumber } from '../bytes/date-order.ts';
import { LocaleStampReader, monthNameAt, NO_DAY, NO_TIME } from '../bytes/stamp.ts';
import { bytesOf, textOf } from '../bytes/text.ts';
import { type EventCursor, Kind, NO_KEY } from '../event.ts';
import { limits } from '../limits.ts';
import type { DateOrder } from '../report.ts';
import { wordAt } from './filezilla-client-words.ts';
import {
  emitServerRemark,
  emitSessionEnd,
  emitSessionRemark,
  endedSessionAt,
  type Gravity,
} from './filezilla-server-1-remarks.ts';
import type { ScannerClock } from './format.ts';
import { indexOfByte } from './spans.ts';

/** Emits commands and replies of a session, in whatever shape their lines came. */
export interface DialogueEmitter {
  emitCommand(bytes: Uint8Array, start: number, end: number, out: EventCursor): void;
  emitReply(bytes: Uint8Array, start: number, end: number, out: EventCursor): void;
}

/** The columns of a line; null for a column that is not there. */
interface Columns {
  readonly date: string | null;
  readonly info: string | null;
  readonly type: LineType;
  readonly message: string;
}

type LineType = 'command' | 'response' | 'trace' | Gravity;

/** The session of lines without a session column; the server counts from 1. */
const COLUMN_LOST_KEY = 0;
const LETTER_F = 70;

const SESSION_INFO = /^FTP Session (\d{1,10}) (\S+)(?: (.*))?$/s;
const TYPE = /\[([^[\]\d]{2,30}|Private \(\d+\))\](?: |$)/g;
const DATE = /^<([^<>]{0,60})> /;
const HEADER = /^<[^<>\d]+> \S+ \[[^[\]\d]+\] \S+$/;
const CSV_CELL = /"((?:[^"]|"")*)"(?:,|$)/gy;
const TABLE_CELL = /<t[dh][^<>]*>([^<]*)<\/t[dh]>/gi;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'", nbsp: ' ' };
/** Warning, in the interface's languages; the client's log, whose other words it shares, has none. */
const WARNING =
  /^(?:Warning|Warnung|Avertissement|Advertencia|Avviso|Aviso|Waarschuwing|Ostrzeżenie|Предупреждение|Попередження|Varning|Advarsel|Varoitus|Uyarı|Varování|Upozornenie|Figyelmeztetés|Avertizare|Προειδοποίηση|警告|경고)$/;

/** Reads the lines of one copy. */
export class InterfaceLines {
  private readonly emitter: DialogueEmitter;
  private readonly stamp: LocaleStampReader;
  private date: string | null = null;
  private day = NO_DAY;
  private ms = NO_TIME;
  private dated = false;
  private timed = false;
  /** Whether lines have the column that names their session. */
  private hasInfo = false;
  /** Whether commands or replies without that column were seen. */
  private isBare = false;

  constructor(order: DateOrder | null, emitter: DialogueEmitter) {
    this.stamp = new LocaleStampReader(order);
    this.emitter = emitter;
  }

  get clock(): ScannerClock {
    const { order, basis, contradictedBy } = this.stamp.evidence;
    return {
      date: this.dated ? 'full' : 'none',
      resolutionMs: this.timed ? this.stamp.resolutionMs : null,
      zone: null,
      order,
      basis,
      contradictedBy,
    };
  }

  /** Reads a line, as `Scanner.scan` does. */
  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    const first = bytes[start]!;
    const isCandidate = first === LESS || first === LETTER_F || first === BRACKET_OPEN || first === QUOTE;
    if (start >= end || (!isCandidate && indexOfByte(bytes, start, end, TAB) < 0)) return false;
    const line = textOf(bytes, start, Math.min(end, start + limits.textBytes));
    if (isHeader(line)) return true;
    const columns = columnsOf(line);
    if (columns === null) return false;
    const own = out.bytes;
    const isRead = this.read(columns, out);
    out.bytes = own;
    return isRead;
  }

  private read({ date, info, type, message }: Columns, out: EventCursor): boolean {
    const session = info === null ? null : SESSION_INFO.exec(info);
    if (session === null && info !== null && info !== '' && !/^(?:FTP|Administration) Server/.test(info))
      return info.startsWith('SSH SFTP ');
    const isBare = session === null && !info;
    if (isBare && !this.acceptsBare(date, type, message)) return false;
    if (session !== null) this.hasInfo = true;
    this.setTime(date, out);
    if (type === 'trace') return true;

    const peer = session?.[2] ?? '';
    const user = session?.[3] ?? '';
    const userStart = bytesOf(peer).length;
    const userEnd = userStart + bytesOf(user).length;
    const bytes = bytesOf(peer + user + message);
    out.clear(Kind.Nothing);
    out.bytes = bytes;
    out.peerEnd = userStart;
    out.userStart = userStart;
    out.userEnd = userEnd;
    out.key = session !== null ? Number(session[1]) : isBare ? COLUMN_LOST_KEY : NO_KEY;
    const ended = session === null ? endedSessionAt(bytes, userEnd, bytes.length) : NO_KEY;
    if (ended !== NO_KEY) {
      if (!isBare) out.key = ended;
      emitSessionEnd(bytes, userEnd, bytes.length, out);
    } else if (session === null && (!isBare || this.hasInfo || (type !== 'command' && type !== 'response')))
      this.emitOther(type, bytes, out);
    else if (type === 'command') this.emitter.emitCommand(bytes, userEnd, bytes.length, out);
    else if (type === 'response') this.emitter.emitReply(bytes, userEnd, bytes.length, out);
    else emitSessionRemark(type, bytes, userEnd, bytes.length, out);
    return true;
  }

  /** A remark without a session: of the one at hand where that column is cut off, else of the server or the interface itself. */
  private emitOther(type: LineType, bytes: Uint8Array, out: EventCursor): void {
    const gravity = type === 'error' || type === 'warning' ? type : 'status';
    if (this.isBare && !this.hasInfo) emitSessionRemark(gravity, bytes, 0, bytes.length, out);
    else emitServerRemark(gravity, bytes, 0, bytes.length, out);
  }

  /** Whether a line without a session column is one of this format: many programs put a word into brackets. */
  private acceptsBare(date: string | null, type: LineType, message: string): boolean {
    const isDialogue =
      (type === 'response' && /^\d{3}(?:[ -]|$)/.test(message)) || (type === 'command' && /^[A-Za-z]/.test(message));
    if (isDialogue) this.isBare = true;
    return isDialogue || this.isBare || date !== null;
  }

  private setTime(date: string | null, out: EventCursor): void {
    if (date !== this.date) {
      this.date = date;
      this.readDate(date ?? '');
    }
    if (this.day !== NO_DAY) this.dated = true;
    if (this.ms !== NO_TIME) this.timed = true;
    out.day = this.day;
    out.ms = this.ms;
  }

  private readDate(date: string): void {
    this.day = NO_DAY;
    this.ms = NO_TIME;
    const asctime = /^\p{L}+\.? (\p{L}{3,9})\.? +(\d{1,2}) (\d{1,2}):(\d\d):(\d\d) (\d{4})$/u.exec(date);
    if (asctime !== null) {
      const month = monthNameAt(bytesOf(asctime[1]!), 0, 3);
      this.day = dayNumber(Number(asctime[6]), month, Number(asctime[2]));
      this.ms = msOf(asctime[3]!, asctime[4]!, asctime[5]!);
      return;
    }
    const bytes = bytesOf(date);
    if (this.stamp.read(bytes, 0, bytes.length) >= 0) {
      this.day = this.stamp.day;
      this.ms = onFullClock(this.stamp.ms, date);
      return;
    }
    const time = /(\d{1,2}):(\d\d):(\d\d)/.exec(date);
    if (time !== null) this.ms = onFullClock(msOf(time[1]!, time[2]!, time[3]!), date);
  }
}

function msOf(hour: string, minute: string, second: string): number {
  return ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
}

const HALF_DAY_MS = 12 * 3_600_000;
const AFTERNOON = /p\.? ?m\b|下午|午後|오후|μ\.?μ|\bdu\./iu;
const FORENOON = /a\.? ?m\b|上午|午前|오전|π\.?μ|\bde\./iu;

/** The time on the 24-hour clock: unlike 0.9, the interface prints the hours that belong to a marker. */
function onFullClock(ms: number, date: string): number {
  if (ms < HALF_DAY_MS) return AFTERNOON.test(date) ? ms + HALF_DAY_MS : ms;
  return ms < HALF_DAY_MS + 3_600_000 && FORENOON.test(date) ? ms - HALF_DAY_MS : ms;
}

/** Whether the line is the row of column titles, in whatever language. */
function isHeader(line: string): boolean {
  if (/\d/.test(line)) return false;
  return HEADER.test(line) || (cellsOf(line)?.length === 4 && typeOf(cellsOf(line)![2]!, '') === null);
}

function columnsOf(line: string): Columns | null {
  const cells = cellsOf(line);
  const columns = cells === null ? null : columnsOfCells(cells);
  if (columns !== null) return columns;
  const date = DATE.exec(line);
  const start = date?.[0].length ?? 0;
  let fallback: Columns | null = null;
  TYPE.lastIndex = start;
  for (let match = TYPE.exec(line); match !== null; match = TYPE.exec(line)) {
    const info = line.substring(start, match.index).trim();
    const message = line.substring(TYPE.lastIndex);
    const type = typeOf(match[1]!, message);
    const found = { date: date?.[1] ?? null, info: info === '' && date === null ? null : info };
    if (type !== null) return { ...found, type, message };
    // The interface may speak a language whose words are not known: then the message tells.
    if (fallback === null && SESSION_INFO.test(info)) fallback = { ...found, type: typeOfMessage(message), message };
  }
  return fallback;
}

function columnsOfCells(cells: readonly string[]): Columns | null {
  const message = cells[cells.length - 1]!;
  const type = typeOf(cells[cells.length - 2]!, message);
  const [before, info] = cells.length === 4 ? [cells[0]!, cells[1]!] : [null, cells.length === 3 ? cells[0]! : null];
  if (type === null) {
    if (info === null || !SESSION_INFO.test(info)) return null;
    return { date: before, info, type: typeOfMessage(message), message };
  }
  if (info !== null && before === null && /\d:\d\d/.test(info) && !SESSION_INFO.test(info))
    return { date: info, info: null, type, message };
  return { date: before, info, type, message };
}

/** The cells of a line of CSV, of a table row, or of columns between tabs; null if it is none of them. */
function cellsOf(line: string): string[] | null {
  let cells: string[] = [];
  if (line.startsWith('"')) {
    let length = 0;
    for (const match of line.matchAll(CSV_CELL)) {
      cells.push(match[1]!.replaceAll('""', '"'));
      length += match[0].length;
    }
    if (length !== line.length) return null;
  } else if (/^<t[rdh]/i.test(line))
    cells = Array.from(line.matchAll(TABLE_CELL), (match) =>
      match[1]!.replace(/&([a-z]+|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole),
    );
  else if (line.includes('\t')) cells = line.split('\t');
  else return null;
  return cells.length >= 2 && cells.length <= 4 ? cells : null;
}

/** What the word of the type column means, or null. */
function typeOf(word: string, message: string): LineType | null {
  if (WARNING.test(word)) return 'warning';
  if (/^Private \(\d+\)$/.test(word)) return 'trace';
  // The client's log, whose words these are, writes them with a colon.
  if (word.endsWith(':')) return null;
  const bytes = bytesOf(`${word}:`);
  const found = wordAt(bytes, 0, bytes.length);
  if (found === null || found.bytes.length < bytes.length - 1) return null;
  // The interface has no listings.
  return found.kind === 'listing' ? typeOfMessage(message) : found.kind;
}

function typeOfMessage(message: string): LineType {
  if (/^\d{3}(?:[ -]|$)/.test(message)) return 'response';
  return /^[A-Za-z]{3,4}(?: |$)/.test(message) ? 'command' : 'status';
}
