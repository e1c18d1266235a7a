import type { Exporter } from './exporter.ts';

let workbook: typeof import('./xlsx/workbook.ts') | null = null;

/** A workbook for spreadsheets: a summary with charts, and a sheet for each table. */
export const xlsx: Exporter = {
  id: 'xlsx',
  title: 'XLSX: a workbook of all tables with a summary',
  extensions: ['xlsx'],
  holds: 'report',
  isBinary: true,
  async prepare() {
    workbook = await import('./xlsx/workbook.ts');
  },
  create(write, options) {
    if (workbook === null) throw new Error('xlsx is created before it is prepared');
    return new workbook.WorkbookSink(write, options);
  },
};
