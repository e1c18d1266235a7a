import type { Cell as SheetCell, SheetChart, WriteSheet } from 'hucre/xlsx';
import type { Totals } from '../../core/analysis.ts';
import { counted } from '../../core/diagnoses/wording.ts';
import { OUTCOMES } from '../../core/report.ts';
import { VERSION } from '../../version.ts';
import { type Answer, answersOf } from '../answers.ts';
import { escapeControlsInLines } from '../printable.ts';
import { abortedPercent } from '../tables/summary.ts';
import type { Cell } from '../tables/table.ts';
import { columnLetters, type Style } from './styles.ts';

/** Rows of each answer, unless told otherwise. */
const ROWS_SHOWN = 50;
/** Charts stand right of the tables. */
const CHART_COLUMN = 11;
const CHART_COLUMNS = 9;
const CHART_ROWS = 18;
const COLORS: Readonly<Record<string, string>> = {
  completed: '4C9F70',
  aborted: 'D1495B',
  failed: 'EDAE49',
  unfinished: '9AA0A6',
};

type StyleOf = (style: Style) => NonNullable<SheetCell['style']>;
interface Styled {
  readonly value: Cell;
  readonly style: Style | null;
}

/** The first sheet: totals, answers with charts, and what was split. `styleOf`: the look of a style. */
export function summarySheet(
  totals: Totals,
  notes: readonly string[],
  top: number | null,
  styleOf: StyleOf,
): WriteSheet {
  const rows: Styled[][] = [...factRows(totals), ...notes.map((note) => [plain(note)])];
  const charts: SheetChart[] = [];
  for (const answer of answersOf(totals.summary, top ?? ROWS_SHOWN)) {
    rows.push([], [{ value: answer.title, style: 'title' }]);
    rows.push(answer.columns.map(({ title }) => ({ value: title, style: 'header' })));
    const first = rows.length + 1;
    for (const row of answer.rows) rows.push(row.map((cell, i) => ({ value: cell, style: styleOfCell(answer, i) })));
    if (answer.left > 0) rows.push([plain(`${counted(answer.left, 'more row')} left out.`)]);
    const chart = chartOf(answer, first, first + answer.rows.length - 1, charts.length);
    if (chart !== null) charts.push(chart);
  }
  return {
    name: 'summary',
    columns: [{ width: 34 }, ...Array.from({ length: CHART_COLUMN - 2 }, () => ({ width: 13 }))],
    rows: rows.map((row) => row.map(({ value }) => sheetValue(value))),
    cells: new Map(
      rows.flatMap((row, r) =>
        row.flatMap(({ value, style }, c) =>
          style === null ? [] : [[`${r},${c}`, { value: sheetValue(value), style: styleOf(style) }] as const],
        ),
      ),
    ),
    charts,
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  };
}

function plain(value: Cell): Styled {
  return { value, style: null };
}

/** Every style is used here first and in the order of {@link STYLES}, which is how the workbook numbers them. */
function factRows({ verdict, inputs, summary }: Totals): Styled[][] {
  const fact = (name: string, value: Cell, style: Style): Styled[] => [plain(name), { value, style }];
  const transfers = OUTCOMES.reduce((sum, outcome) => sum + summary.transfers[outcome], 0);
  const { aborted } = summary.transfers;
  const days = summary.byDay.filter(({ key }) => /^\d/.test(key)).map(({ key }) => key);
  return [
    [{ value: `FTP, by ftplens ${VERSION}`, style: 'title' }],
    [plain(verdict)],
    [],
    [
      { value: 'in all', style: 'header' },
      { value: '', style: 'header' },
    ],
    fact('inputs', inputs.length, 'plain'),
    fact(
      'lines',
      inputs.reduce((sum, { lines }) => sum + lines, 0),
      'quantity',
    ),
    fact('sessions', summary.sessions, 'quantity'),
    fact('transfers', transfers, 'quantity'),
    ...OUTCOMES.map((outcome) => fact(outcome, summary.transfers[outcome], 'quantity')),
    fact('aborted %', abortedPercent({ aborted, transfers }) ?? 0, 'fraction'),
    fact('bytes, where known', summary.bytes.known, 'quantity'),
    fact('logins refused', summary.logins.refused, 'quantity'),
    [plain('first day'), plain(days[0] ?? 'not shown')],
    [plain('last day'), plain(days.at(-1) ?? 'not shown')],
  ];
}

function styleOfCell({ columns, id }: Answer, index: number): Style | null {
  const { type } = columns[index]!;
  if (type === 'decimal') return 'fraction';
  return type === 'integer' && !(id === 'errors' && index === 0) ? 'quantity' : null;
}

function sheetValue(value: Cell): Cell {
  return typeof value === 'string' ? escapeControlsInLines(value) : value;
}

/** A chart of the answers that are easier seen than read; rows are counted from 1. */
function chartOf(answer: Answer, first: number, last: number, place: number): SheetChart | null {
  const range = (column: number) => `$${columnLetters(column)}$${first}:$${columnLetters(column)}$${last}`;
  const row = place * CHART_ROWS;
  const anchor = {
    from: { row, col: CHART_COLUMN },
    to: { row: row + CHART_ROWS - 1, col: CHART_COLUMN + CHART_COLUMNS },
  };
  const { id, title, columns } = answer;
  const series = (name: string) => {
    const column = columns.findIndex((one) => one.title === name);
    const color = COLORS[name];
    return { name, values: range(column), categories: range(0), ...(color === undefined ? {} : { color }) };
  };
  if (id === 'days' || id === 'hours' || id === 'data-commands')
    return { type: 'column', title, anchor, barGrouping: 'stacked', series: OUTCOMES.map(series), legend: 'bottom' };
  if (id === 'set-ups')
    return { type: 'column', title: `${title}: success %`, anchor, series: [series('success %')], legend: false };
  if (id === 'aborted-after') return { type: 'column', title, anchor, series: [series('transfers')], legend: false };
  return null;
}
