import { strFromU8, unzipSync, Zip, ZipDeflate } from 'fflate';
import { type Cell, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import type { Totals } from '../../core/analysis.ts';
import { grouped } from '../../core/diagnoses/wording.ts';
import type { Finding } from '../../core/report.ts';
import type { Session } from '../../core/sessions/session.ts';
import type { ExportOptions, ExportSink, Write } from '../exporter.ts';
import { TABLE_NAMES, type TableName } from '../tables/names.ts';
import { columnsOf, createRowSink } from '../tables/rows.ts';
import { SheetWriter } from './sheet.ts';
import { columnLetters, STYLES, type Style } from './styles.ts';
import { summarySheet } from './summary-sheet.ts';

/** Rows of a sheet, by the file format. */
const SHEET_ROWS = 1_048_576;
/** Compression that is fast; a higher one saves little on rows that are much alike. */
const LEVEL = 4;
/** ZIP knows no time before. The same results make the same file, whenever they are written. */
const MADE_AT = new Date(1980, 0, 1);

const FONT = { name: 'Calibri', size: 11 };
const LOOKS: Readonly<Record<Style, NonNullable<Cell['style']>>> = {
  title: { font: { ...FONT, size: 13, bold: true } },
  header: {
    font: { ...FONT, bold: true },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'DCE6F1' } },
  },
  plain: { numFmt: '0' },
  quantity: { numFmt: '#,##0' },
  fraction: { numFmt: '0.0' },
  time: { numFmt: 'yyyy-mm-dd hh:mm:ss' },
  fineTime: { numFmt: 'yyyy-mm-dd hh:mm:ss.000' },
};

/** The sheets of one table. */
interface TableSheets {
  readonly name: TableName;
  readonly sink: ExportSink;
  /** The names of its sheets. */
  readonly names: string[];
  rows: number;
}

/**
 * Writes a workbook with a sheet for each table, and a summary in front. No library streams several sheets at once, so rows
 * are compressed as they come and wait in that form for their place in the file; the rest of the package is the library's.
 */
export class WorkbookSink implements ExportSink {
  private readonly zip: Zip;
  private readonly options: ExportOptions;
  private readonly sheetRows: number;
  private readonly tables: TableSheets[];
  /** Names of sheets in the order of their parts, the summary's first. */
  private readonly names: string[] = ['summary'];
  private totals: Totals | null = null;

  constructor(write: Write, options: ExportOptions, sheetRows = SHEET_ROWS) {
    this.options = options;
    this.sheetRows = sheetRows;
    this.zip = new Zip((error, chunk) => {
      if (error !== null) throw error;
      write(chunk);
    });
    const names = TABLE_NAMES.filter((name) => name !== 'totals' || options.groupBy.length > 0);
    this.tables = names.map((name) => this.openTable(name));
  }

  session(session: Session, findings: readonly Finding[]): void {
    for (const { sink } of this.tables) sink.session(session, findings);
  }

  end(totals: Totals): void {
    for (const { sink } of this.tables) sink.end(totals);
    this.totals = totals;
  }

  async finish(): Promise<void> {
    const [, ...tableNames] = this.names;
    const summary = summarySheet(this.totals!, this.notes(), this.options.top, (style) => LOOKS[style]);
    const frame = await writeXlsx({
      sheets: [summary, ...tableNames.map(placeholder)],
      properties: { creator: 'ftplens', created: MADE_AT, modified: MADE_AT },
      stringMode: 'inline',
      defaultFont: FONT,
    });
    const written = new Set(tableNames.map((_, i) => partOf(i + 1)));
    for (const [part, bytes] of Object.entries(unzipSync(frame))) {
      if (written.has(part)) checkStyles(strFromU8(bytes));
      else this.openPart(part).push(bytes, true);
    }
    this.zip.end();
  }

  private openTable(name: TableName): TableSheets {
    const columns = columnsOf({ ...this.options, table: name });
    let writer = this.openSheet(name, columns);
    const table: TableSheets = {
      name,
      names: [name],
      rows: 0,
      sink: createRowSink(
        { ...this.options, table: name },
        {
          row: (cells) => {
            if (writer.rows >= this.sheetRows) {
              writer.end();
              table.names.push(`${name} ${table.names.length + 1}`);
              writer = this.openSheet(table.names.at(-1)!, columns);
            }
            writer.row(cells);
            table.rows++;
          },
          end: () => writer.end(),
        },
      ),
    };
    return table;
  }

  private openSheet(name: string, columns: ReturnType<typeof columnsOf>): SheetWriter {
    if (!this.names.includes(name)) this.names.push(name);
    const part = this.openPart(partOf(this.names.indexOf(name)));
    return new SheetWriter(columns, (bytes, final) => part.push(bytes, final));
  }

  private openPart(name: string): ZipDeflate {
    const part = new ZipDeflate(name, { level: LEVEL });
    part.mtime = MADE_AT;
    this.zip.add(part);
    return part;
  }

  private notes(): string[] {
    return this.tables
      .filter(({ names }) => names.length > 1)
      .map(({ name, names, rows }) => {
        const limit = grouped(this.sheetRows);
        return `${name}: ${grouped(rows)} rows in ${names.length} sheets, because a sheet holds ${limit} rows.`;
      });
  }
}

function partOf(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

/** A sheet that the library lists in the workbook; its part is not the library's but is used to check the styles' numbers. */
function placeholder(name: string): WriteSheet {
  const cells = STYLES.map((style, i) => [`0,${i}`, { value: 0, style: LOOKS[style] }] as const);
  return { name, rows: [STYLES.map(() => 0)], cells: new Map(cells) };
}

function checkStyles(xml: string): void {
  STYLES.forEach((style, i) => {
    if (!xml.includes(`<c r="${columnLetters(i)}1" s="${i + 1}">`))
      throw new Error(`the workbook does not number the style "${style}" as ${i + 1}`);
  });
}
