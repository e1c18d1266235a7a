import { escapeControlsInLines } from '../printable.ts';
import type { Cell, Column } from '../tables/table.ts';
import { columnLetters, STYLES, type Style } from './styles.ts';
import { columnWidth } from './widths.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
/** Bytes of XML that are compressed at once. */
const CHUNK_BYTES = 128 * 1024;
/** UTF-8 needs at most three bytes for each unit of UTF-16. */
const UTF8_BYTES = 3;
/** Characters that a cell of Excel holds. */
const CELL_CHARACTERS = 32_767;
const DAY_MS = 86_400_000;
/** Where `YYYY-MM-DDTHH:MM:SS` may go on with milliseconds. */
const POINT_AT = 19;
/** 1970-01-01, counted in days as spreadsheets do. */
const EPOCH_DAY = 25_569;
const encoder = new TextEncoder();

/** Takes the bytes of one part of the package, which are over once the call returns; `final` with the last ones. */
export type PushPart = (bytes: Uint8Array, final: boolean) => void;

/**
 * Writes the rows of one table as a worksheet (ECMA-376 part 1 section 18.3) while they come: header frozen and with filters,
 * times and numbers as such, texts as texts, so that none is ever taken for a formula.
 */
export class SheetWriter {
  /** Rows written, the header included. */
  rows = 0;
  private readonly push: PushPart;
  private readonly columns: readonly Column<never>[];
  private readonly letters: readonly string[];
  private readonly styles: readonly string[];
  private bytes = new Uint8Array(CHUNK_BYTES);
  private used = 0;

  constructor(columns: readonly Column<never>[], push: PushPart) {
    this.push = push;
    this.columns = columns;
    this.letters = columns.map((_, i) => columnLetters(i));
    this.styles = columns.map((column) => styleAttribute(styleOf(column)));
    this.write(headOf(columns));
    this.header();
  }

  row(cells: readonly Cell[]): void {
    const row = ++this.rows;
    let xml = `<row r="${row}">`;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]!;
      if (cell === null || cell === '') continue;
      xml += this.cell(`r="${this.letters[i]}${row}"`, i, cell);
    }
    this.write(`${xml}</row>`);
  }

  end(): void {
    const range = `A1:${this.letters.at(-1)}${this.rows}`;
    this.write(`</sheetData><autoFilter ref="${range}"/></worksheet>`);
    this.flush(true);
  }

  private header(): void {
    this.rows = 1;
    const style = styleAttribute('header');
    const cells = this.columns.map(({ name }, i) => textCell(`r="${this.letters[i]}1"${style}`, name));
    this.write(`<row r="1">${cells.join('')}</row>`);
  }

  private cell(place: string, index: number, cell: string | number | boolean): string {
    if (typeof cell === 'number') return `<c ${place}${this.styles[index]}><v>${cell}</v></c>`;
    if (typeof cell === 'boolean') return `<c ${place} t="b"><v>${cell ? 1 : 0}</v></c>`;
    const serial = this.columns[index]!.type === 'time' ? serialOf(cell) : null;
    if (serial === null) return textCell(place, cell);
    return `<c ${place}${cell[POINT_AT] === '.' ? FINE_TIME : this.styles[index]}><v>${serial}</v></c>`;
  }

  /** Row by row: one name in Cyrillic makes a string of 16-bit units of all that is joined with it, which costs five times as much. */
  private write(xml: string): void {
    const needed = this.used + xml.length * UTF8_BYTES;
    if (needed > this.bytes.length) {
      this.flush(false);
      if (xml.length * UTF8_BYTES > this.bytes.length) this.bytes = new Uint8Array(xml.length * UTF8_BYTES);
    }
    this.used += encoder.encodeInto(xml, this.bytes.subarray(this.used)).written;
  }

  private flush(final: boolean): void {
    this.push(this.bytes.subarray(0, this.used), final);
    this.used = 0;
  }
}

const FINE_TIME = styleAttribute('fineTime');

function headOf(columns: readonly Column<never>[]): string {
  const widths = columns.map(
    (column, i) => `<col min="${i + 1}" max="${i + 1}" width="${columnWidth(column)}" customWidth="1"/>`,
  );
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${MAIN}">` +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`
  );
}

function styleAttribute(style: Style): string {
  const id = STYLES.indexOf(style) + 1;
  return ` s="${id}"`;
}

/** How cells of a column look; the number of a line, a port or a code is not a quantity. */
function styleOf({ type, unit }: Column<never>): Style {
  if (type === 'time') return 'time';
  if (type === 'decimal') return 'fraction';
  return unit === null ? 'plain' : 'quantity';
}

function textCell(place: string, text: string): string {
  return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escapeCell(text)}</t></is></c>`;
}

/** `_x0041_` would be read as the character of that number. */
const ESCAPE_LIKE = /_(?=x[0-9A-Fa-f]{4}_)/g;
const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escapeCell(text: string): string {
  return escapeControlsInLines(text.length > CELL_CHARACTERS ? `${text.substring(0, CELL_CHARACTERS - 1)}…` : text)
    .replace(ESCAPE_LIKE, '_x005F_')
    .replace(/[&<>\ufffe\uffff]/g, (character) => MARKUP[character] ?? '\ufffd');
}

/** A wall-clock time in days since 1899-12-30; null for one that spreadsheets cannot show, before 1900-03-01. */
export function serialOf(iso: string): number | null {
  const ms = Date.UTC(
    Number(iso.substring(0, 4)),
    Number(iso.substring(5, 7)) - 1,
    Number(iso.substring(8, 10)),
    Number(iso.substring(11, 13)),
    Number(iso.substring(14, 16)),
    Number(iso.substring(17, 19)),
  );
  // Milliseconds stand behind the seconds, and then perhaps a zone, which is not the clock's.
  const fraction = iso[POINT_AT] === '.' ? Number(iso.substring(POINT_AT, POINT_AT + 4)) * 1_000 : 0;
  const days = (ms + fraction) / DAY_MS + EPOCH_DAY;
  return days > 60 ? days : null;
}
