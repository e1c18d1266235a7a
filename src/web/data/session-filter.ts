import { OUTCOMES, SEVERITIES } from '../../core/report.ts';
import { DATA_COMMANDS, FAMILIES, type SessionRows, TLS_MODES } from '../../exporters/html/page-data.ts';
import type { Model } from './model.ts';

/** Columns by which the table can be sorted. */
export const SORT_COLUMNS = ['id', 'start', 'durationMs', 'peer', 'user', 'transfers', 'bytes', 'severity'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

/** What the table shows, by the names that the address uses; empty = no condition. */
export interface SessionFilter {
  readonly text: string;
  readonly outcome: string;
  /** This severity or graver. */
  readonly severity: string;
  readonly command: string;
  readonly family: string;
  readonly tls: string;
  /** Id of a diagnosis. */
  readonly finding: string;
  readonly sort: SortColumn;
  readonly isDescending: boolean;
}

/** Conditions that are chosen from a list. */
export const CONDITIONS = ['outcome', 'severity', 'command', 'family', 'tls'] as const;

/** Reads the filter out of an address's details. */
export function readFilter(details: ReadonlyMap<string, string>): SessionFilter {
  const get = (name: string) => details.get(name) ?? '';
  const sort = get('sort');
  return {
    text: get('text'),
    outcome: get('outcome'),
    severity: get('severity'),
    command: get('command'),
    family: get('family'),
    tls: get('tls'),
    finding: get('finding'),
    sort: SORT_COLUMNS.find((column) => column === sort.replace(/^-/, '')) ?? 'id',
    isDescending: sort.startsWith('-'),
  };
}

/** The details that an address needs for the filter. */
export function filterDetails(filter: SessionFilter): [string, string][] {
  const { sort, isDescending, ...conditions } = filter;
  const order = sort === 'id' && !isDescending ? '' : `${isDescending ? '-' : ''}${sort}`;
  return [...Object.entries(conditions), ['sort', order]];
}

/** Places of the rows that meet the filter, sorted. */
export function selectRows(model: Model, filter: SessionFilter): Uint32Array {
  const { sessions } = model.data;
  const tests = testsOf(model, filter);
  const selected = new Uint32Array(sessions.id.length);
  let count = 0;
  for (let row = 0; row < selected.length; row++) if (tests.every((test) => test(row))) selected[count++] = row;
  const rows = selected.subarray(0, count);
  const { sort, isDescending } = filter;
  // Rows are in the order of the inputs already.
  if (sort !== 'id') rows.sort(comparisonOf(sessions, sort));
  return isDescending ? rows.reverse() : rows;
}

type Test = (row: number) => boolean;

function testsOf(model: Model, filter: SessionFilter): Test[] {
  const { sessions } = model.data;
  const tests: Test[] = [];
  const outcome = OUTCOMES.find((name) => name === filter.outcome);
  if (outcome !== undefined) tests.push((row) => sessions[outcome][row]! > 0);
  const severity = indexIn(SEVERITIES, filter.severity);
  if (severity >= 0) tests.push((row) => sessions.severity[row]! <= severity);
  const command = indexIn(DATA_COMMANDS, filter.command);
  if (command >= 0) tests.push((row) => (sessions.dataCommands[row]! & (1 << command)) !== 0);
  const family = indexIn(FAMILIES, filter.family);
  if (family >= 0) tests.push((row) => sessions.family[row] === family);
  const tls = indexIn(TLS_MODES, filter.tls);
  if (tls >= 0) tests.push((row) => sessions.tls[row] === tls);
  if (filter.finding !== '') {
    const ids = new Set(
      [...model.findings.values()].filter(({ id }) => id === filter.finding).map(({ session }) => session),
    );
    tests.push((row) => ids.has(sessions.id[row]));
  }
  if (filter.text !== '') tests.push(textTest(model, filter.text.toLowerCase()));
  return tests;
}

function indexIn(names: readonly string[], name: string): number {
  return names.indexOf(name);
}

/** Looks into ids, times, users, peers, and the paths of transfers that are drawn. */
function textTest({ data, ladders }: Model, text: string): Test {
  const { sessions } = data;
  const names = new Set(sessions.names.flatMap((name, i) => (name.toLowerCase().includes(text) ? [i] : [])));
  const isInPath = (id: string) =>
    ladders.get(id)?.transfers.some(({ path }) => path?.toLowerCase().includes(text)) === true;
  return (row) =>
    names.has(sessions.user[row]!) ||
    names.has(sessions.peer[row]!) ||
    sessions.id[row]!.includes(text) ||
    sessions.start[row]!.replace('T', ' ').includes(text) ||
    isInPath(sessions.id[row]!);
}

/** Unknown values go last in either direction's natural reading: they count as the smallest. */
function comparisonOf(sessions: SessionRows, sort: SortColumn): (a: number, b: number) => number {
  const byNumber = (values: readonly (number | null)[]) => (a: number, b: number) =>
    (values[a] ?? -1) - (values[b] ?? -1) || a - b;
  switch (sort) {
    case 'durationMs':
    case 'bytes':
      return byNumber(sessions[sort]);
    case 'severity':
      return byNumber(sessions.severity);
    case 'transfers': {
      const broken = sessions.aborted.map(
        (aborted, row) => (aborted + sessions.failed[row]!) * 1e6 + totalOf(sessions, row),
      );
      return byNumber(broken);
    }
    case 'peer':
    case 'user': {
      const order = ranksOf(sessions.names);
      return (a, b) => order[sessions[sort][a]!]! - order[sessions[sort][b]!]! || a - b;
    }
    default: {
      const { start } = sessions;
      return (a, b) => (start[a]! < start[b]! ? -1 : start[a]! > start[b]! ? 1 : a - b);
    }
  }
}

function totalOf({ completed, aborted, failed, unfinished }: SessionRows, row: number): number {
  return completed[row]! + aborted[row]! + failed[row]! + unfinished[row]!;
}

/** Each name's place in the alphabet, numbers by their value: `10.0.0.9` before `10.0.0.10`. */
function ranksOf(names: readonly string[]): Uint32Array {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const order = names.map((_name, i) => i).sort((a, b) => compare(names[a]!, names[b]!));
  const ranks = new Uint32Array(names.length);
  order.forEach((name, rank) => {
    ranks[name] = rank;
  });
  return ranks;
}
