import { durationInWords, familyInWords } from '../core/diagnoses/wording.ts';
import type { AbortedAfter, CountRow, SetUpRow, Summary, SummaryRow } from '../core/report.ts';
import { abortedPercent } from './tables/summary.ts';
import type { Cell, Column } from './tables/table.ts';

/** A small table that answers a question about many sessions. */
export interface Answer {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly type: Column<never>['type'] }[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows are left out. */
  readonly left: number;
}

/** The questions that the summary answers, without those for which there is nothing to tell. `top`: rows of each at most. */
export function answersOf(summary: Summary, top: number): Answer[] {
  // The last days are of more interest than the first.
  const days = totals('days', 'Transfers by day', 'day', summary.byDay.slice(-top));
  const answers: Answer[] = [
    { ...days, left: summary.byDay.length - days.rows.length },
    { ...totals('hours', 'Transfers by hour of the day', 'hour', summary.byHour), left: 0 },
    ...listsOf(summary).map((list) => ({
      ...list,
      rows: list.rows.slice(0, top),
      left: Math.max(0, list.rows.length - top),
    })),
  ];
  return answers.filter(({ rows }) => rows.length > 0);
}

/** Those of which the first rows matter most. */
function listsOf(summary: Summary): Shape[] {
  return [
    totals('data-commands', 'Transfers by command of the data connection', 'command', summary.byDataCommand),
    totals('families', 'Transfers by address family', 'family', summary.byFamily),
    totals('verbs', 'Transfers by command', 'verb', summary.byVerb),
    totals('users', 'Transfers by user', 'user', summary.byUser),
    totals('peers', 'Transfers by address of the other side', 'peer', summary.byPeer),
    totals('servers', 'Transfers by server', 'server', summary.byServer),
    setUps(summary),
    abortTimes(summary),
    throughput(summary),
    topErrors(summary),
    refused('refused-users', 'Refused logins by user', 'user', summary.logins.refusedByUser),
    refused('refused-peers', 'Refused logins by address', 'peer', summary.logins.refusedByPeer),
  ];
}

type Shape = Omit<Answer, 'left'>;
type Columns = Answer['columns'];

/** Columns of whole numbers. */
function counts(...titles: readonly string[]): Columns {
  return titles.map((title) => ({ title, type: 'integer' }));
}

function totals(id: string, title: string, key: string, rows: readonly SummaryRow[]): Shape {
  return {
    id,
    title,
    columns: [
      { title: key, type: 'text' },
      ...counts('sessions', 'transfers', 'completed', 'aborted', 'failed', 'unfinished'),
      { title: 'aborted %', type: 'decimal' },
      ...counts('bytes'),
    ],
    rows: rows.map((row) => [
      row.key,
      ...[row.sessions, row.transfers, row.completed, row.aborted, row.failed, row.unfinished],
      abortedPercent(row),
      row.bytes,
    ]),
  };
}

function setUps({ setUps: rows }: Summary): Shape {
  return {
    id: 'set-ups',
    title: 'Set-up of data connections',
    columns: [
      { title: 'set-up', type: 'text' },
      ...counts('attempts', 'used', 'refused', 'unreachable', 'unused', 'unknown'),
      { title: 'success %', type: 'decimal' },
    ],
    rows: rows.map((row) => [
      ...[setUpInWords(row), row.attempts, row.used, row.refused, row.unreachable, row.unused, row.unknown],
      successPercent(row),
    ]),
  };
}

/** `EPSV over IPv4`, or just the command where the family is not known. */
export function setUpInWords({ command, family }: SetUpRow): string {
  return family === 'unknown' ? command : `${command} over ${familyInWords(family)}`;
}

/** Share of the attempts that led to a data connection, of those whose end is known and that were meant to be used. */
export function successPercent({ used, refused, unreachable }: SetUpRow): number | null {
  const decided = used + refused + unreachable;
  return decided === 0 ? null : Math.round((used / decided) * 1_000) / 10;
}

function abortTimes({ abortedAfter: rows }: Summary): Shape {
  return {
    id: 'aborted-after',
    title: 'Duration of aborted transfers',
    columns: [
      { title: 'lasted', type: 'text' },
      ...counts('transfers'),
      { title: 'known timers of that length', type: 'text' },
    ],
    rows: rows.map((row) => [spanInWords(row), row.transfers, row.timers.join(', ')]),
  };
}

/** `30 s to 59 s`, `over 8 h`, or where a timer is near, `about 2 min`. */
export function spanInWords({ fromMs, toMs, timers }: AbortedAfter): string {
  if (toMs === null) return `over ${durationInWords(fromMs)}`;
  if (timers.length > 0) return `about ${durationInWords((fromMs + toMs) / 2)}`;
  return fromMs === 0 ? `under ${durationInWords(toMs)}` : `${durationInWords(fromMs)} to ${durationInWords(toMs)}`;
}

function throughput({ throughput: rows }: Summary): Shape {
  return {
    id: 'throughput',
    title: 'Bytes a second of completed transfers, where they are known',
    columns: [
      { title: 'direction', type: 'text' },
      ...counts('transfers', '5 % below', '25 % below', 'median', '75 % below', '95 % below'),
    ],
    rows: rows.map(({ direction, transfers, percentiles: { p5, p25, p50, p75, p95 } }) => [
      ...[direction, transfers, p5, p25, p50, p75, p95],
    ]),
  };
}

function topErrors({ topErrors: rows }: Summary): Shape {
  return {
    id: 'errors',
    title: 'Error replies',
    columns: [
      ...counts('code'),
      { title: 'verb', type: 'text' },
      ...counts('replies', 'sessions'),
      { title: 'text of the first', type: 'text' },
    ],
    rows: rows.map(({ code, verb, text, replies, sessions }) => [code, verb, replies, sessions, text]),
  };
}

function refused(id: string, title: string, key: string, rows: readonly CountRow[]): Shape {
  return {
    id,
    title,
    columns: [{ title: key, type: 'text' }, ...counts('sessions')],
    rows: rows.map((row) => [row.key, row.sessions]),
  };
}
