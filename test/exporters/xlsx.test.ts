import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { TABLE_NAMES } from '../../src/exporters/tables/names.ts';
import { serialOf } from '../../src/exporters/xlsx/sheet.ts';
import { WorkbookSink } from '../../src/exporters/xlsx/workbook.ts';
import { xlsx } from '../../src/exporters/xlsx.ts';
import { exportedBytes, makeFinding, makeSession, makeTransfer, type Sessions } from './made.ts';

const sessionsWith = (path: string): Sessions => [[makeSession({ transfers: [makeTransfer({ path })] }), []]];

async function sheetsOf(bytes: Uint8Array): Promise<Map<string, readonly (readonly unknown[])[]>> {
  const { sheets } = await readXlsx(bytes);
  return new Map(sheets.map(({ name, rows }) => [name, rows]));
}

/** The cell of that column in the first row of a table. */
function cellOf(sheets: Awaited<ReturnType<typeof sheetsOf>>, table: string, column: string): unknown {
  const [header, row] = sheets.get(table)!;
  return row![header!.indexOf(column)];
}

describe('the workbook', () => {
  it('has a summary and a sheet for each table', async () => {
    const sheets = await sheetsOf(await exportedBytes(xlsx));
    expect([...sheets.keys()]).toEqual(['summary', ...TABLE_NAMES.filter((name) => name !== 'totals')]);
    expect(
      sheets
        .get('summary')!
        .slice(0, 2)
        .map(([cell]) => cell),
    ).toEqual([expect.stringContaining('ftplens'), '1 of 1 transfers was aborted.']);
    expect(sheets.get('sessions')![0]!.slice(0, 3)).toEqual(['file', 'session', 'started_at']);
  });

  it('has a sheet of totals when keys are asked for', async () => {
    const sheets = await sheetsOf(await exportedBytes(xlsx, { groupBy: ['user', 'verb'] }));
    expect(sheets.get('totals')![0]!.slice(0, 3)).toEqual(['user', 'verb', 'sessions']);
  });

  it('holds real times, numbers and truth values', async () => {
    const sheets = await sheetsOf(await exportedBytes(xlsx));
    expect(cellOf(sheets, 'transfers', 'started_at')).toEqual(new Date('2026-01-31T22:33:35Z'));
    expect(cellOf(sheets, 'transfers', 'announced_bytes')).toBe(77_200_652);
    expect(cellOf(sheets, 'connections', 'tls')).toBe(true);
    expect(cellOf(sheets, 'days', 'aborted_percent')).toBe(100);
  });

  it.each(['=1+1', 'dünn&<b>"\'', '_x0041_', ' edges ', 'two\nlines', '東京 😀'])('keeps the text %j', async (path) => {
    expect(cellOf(await sheetsOf(await exportedBytes(xlsx, {}, sessionsWith(path))), 'transfers', 'path')).toBe(path);
  });

  it('shows what XML forbids as escapes, and cuts what no cell can hold', async () => {
    const sheets = await sheetsOf(await exportedBytes(xlsx, {}, sessionsWith('\x00\x1b\ufffe\u202e')));
    expect(cellOf(sheets, 'transfers', 'path')).toBe('\\x00\\x1b\ufffd\\u202e');
    const long = await sheetsOf(await exportedBytes(xlsx, {}, sessionsWith('x'.repeat(40_000))));
    expect(cellOf(long, 'transfers', 'path')).toHaveLength(32_767);
  });

  it('freezes the header, and puts filters over all rows', async () => {
    const parts = unzipSync(await exportedBytes(xlsx));
    const sheet = strFromU8(parts['xl/worksheets/sheet2.xml']!);
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toContain('</sheetData><autoFilter ref="A1:T2"/></worksheet>');
    expect(sheet).toMatch(/<col min="1" max="1" width="\d+" customWidth="1"\/>/);
  });

  it('splits a table that is longer than a sheet, and says so', async () => {
    const sessions = Array.from({ length: 5 }, (_, i) => [makeSession({ id: `s0-${i}` }), [makeFinding()]] as const);
    const small = { create: (...given: Parameters<typeof xlsx.create>) => new WorkbookSink(...given, 3) };
    const sheets = await sheetsOf(await exportedBytes(small, {}, sessions));
    expect([...sheets.keys()].filter((name) => name.startsWith('sessions'))).toEqual([
      'sessions',
      'sessions 2',
      'sessions 3',
    ]);
    const ids = ['sessions', 'sessions 2', 'sessions 3'].flatMap((name) =>
      sheets
        .get(name)!
        .slice(1)
        .map((row) => row[1]),
    );
    expect(ids).toEqual(['s0-0', 's0-1', 's0-2', 's0-3', 's0-4']);
    const said = sheets.get('summary')!.map(([cell]) => cell);
    expect(said).toContain('sessions: 5 rows in 3 sheets, because a sheet holds 3 rows.');
  });

  it('draws the answers that are easier seen than read', async () => {
    const parts = unzipSync(await exportedBytes(xlsx));
    const charts = Object.keys(parts).filter((name) => /charts\/chart\d+\.xml$/.test(name));
    expect(charts.length).toBeGreaterThan(2);
    expect(strFromU8(parts[charts[0]!]!)).toContain('Transfers by day');
  });

  it('is the same for the same results', async () => {
    expect(await exportedBytes(xlsx)).toEqual(await exportedBytes(xlsx));
  });
});

describe('the serial number of a time', () => {
  it('counts days since 1899-12-30, without the zone', () => {
    expect(serialOf('1970-01-01T00:00:00')).toBe(25_569);
    expect(serialOf('2026-01-31T12:00:00.500')).toBeCloseTo(46_053.5 + 0.5 / 86_400, 9);
    expect(serialOf('2026-01-31T12:00:00.500+02:00')).toBe(serialOf('2026-01-31T12:00:00.500'));
  });

  it('is not for times that spreadsheets do not know', () => {
    expect(serialOf('1899-01-01T00:00:00')).toBeNull();
  });
});
