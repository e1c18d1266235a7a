import { GROUP_KEYS, type GroupedRow, type GroupKey } from '../../core/report.ts';
import { totalColumns } from './summary.ts';
import { type Column, count, defineTable, text } from './table.ts';

/** A row with the keys that its values belong to. */
interface KeyedRow extends GroupedRow {
  readonly by: readonly GroupKey[];
}

const KEY_COLUMNS: Readonly<Record<GroupKey, Column<KeyedRow>>> = {
  day: text('day', 'Day on which the transfer began, else the session.', valueAt('day')),
  hour: text('hour', 'Hour of the day, `00` to `23`, likewise.', valueAt('hour')),
  user: text('user', 'Who logged in, else the name last tried.', valueAt('user')),
  peer: text('peer', "The client's address in server logs, the server's in client transcripts.", valueAt('peer')),
  server: text('server', "The server's address, as client transcripts name it.", valueAt('server')),
  verb: text('verb', 'Command of the transfer.', valueAt('verb')),
  outcome: text('outcome', '`completed`, `aborted`, `failed` or `unfinished`.', valueAt('outcome')),
  code: count('code', 'First final reply to the command.', (row) => numberOf(valueAt('code')(row))),
  'data-command': text('data_command', 'Command that set up the data connection.', valueAt('data-command'), 'data'),
  family: text('family', 'Address family of the control connection.', valueAt('family')),
  file: text('file', 'Path of the input.', valueAt('file')),
};

/** One row a combination of the keys that are asked for. */
export const totals = defineTable<KeyedRow>({
  name: 'totals',
  title: 'totals by the keys of `--group-by`, of which only those columns are written that are asked for',
  columns: [...GROUP_KEYS.map((key) => KEY_COLUMNS[key]), ...totalColumns<KeyedRow>()],
  isShown: (column, { groupBy }) =>
    !Object.values(KEY_COLUMNS).includes(column) || groupBy.some((key) => KEY_COLUMNS[key] === column),
  sizeOf: (row) => row.transfers,
  eachOfTotals({ summary }, take) {
    const { grouped } = summary;
    for (const row of grouped?.rows ?? []) take({ ...row, by: grouped!.by });
  },
});

function valueAt(key: GroupKey): (row: KeyedRow) => string | null {
  return ({ by, values }) => values[by.indexOf(key)] ?? null;
}

function numberOf(value: string | null): number | null {
  const number = Number(value);
  return value === null || Number.isNaN(number) ? null : number;
}
