// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn by need are no table element's
// biome-ignore-all lint/a11y/useFocusableInteractive: the links and buttons in the rows are
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { grouped } from '../../core/diagnoses/wording.ts';
import { OUTCOMES, SEVERITIES } from '../../core/report.ts';
import { DATA_COMMANDS, FAMILIES, TLS_MODES } from '../../exporters/html/page-data.ts';
import type { Cells } from '../data/messages.ts';
import type { Model } from '../data/model.ts';
import { hashOf, type Place, replaceHash, sessionHash } from '../data/place.ts';
import {
  CONDITIONS,
  filterDetails,
  readFilter,
  type SessionFilter,
  type SortColumn,
  selectRows,
} from '../data/session-filter.ts';
import { CopyAsCsv } from '../parts/copy-button.tsx';
import { Icon } from '../parts/icon.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { capitalised, familyInWords, TLS_WORDS } from '../parts/words.ts';
import { COLUMNS, SessionRow } from './session-row.tsx';

const ROW_HEIGHT = 40;
/** Rows that are drawn all at once for paper. */
const PRINTED = 1_000;

/** Every session, one a row. */
export function Sessions({ model, place }: { readonly model: Model; readonly place: Place }) {
  const filter = readFilter(place.details);
  const key = JSON.stringify(filter);
  const rows = useMemo(() => selectRows(model, filter), [model, key]);
  const change = (changes: Partial<SessionFilter>) =>
    replaceHash(hashOf('sessions', '', filterDetails({ ...filter, ...changes })));
  return (
    <section class="sessions" aria-labelledby="sessions-title">
      <div class="block-head">
        <h1 id="sessions-title">Sessions</h1>
        <CopyAsCsv name="sessions" cells={() => cellsOf(model, rows)} />
      </div>
      <FilterBar model={model} filter={filter} change={change} shown={rows.length} />
      <SessionTable model={model} rows={rows} filter={filter} change={change} />
    </section>
  );
}

type Change = (changes: Partial<SessionFilter>) => void;

interface FilterProps {
  readonly model: Model;
  readonly filter: SessionFilter;
  readonly change: Change;
  readonly shown: number;
}

const CHOICES: Readonly<Record<(typeof CONDITIONS)[number], readonly (readonly [string, string])[]>> = {
  outcome: OUTCOMES.map((outcome) => [outcome, `with ${outcome}`]),
  severity: SEVERITIES.map((severity) => [severity, severity === 'error' ? 'errors' : `${severity}s or graver`]),
  command: DATA_COMMANDS.map((command) => [command, command]),
  family: FAMILIES.map((family) => [family, familyInWords(family)]),
  tls: TLS_MODES.map((mode) => [mode, TLS_WORDS[mode]]),
};
const LABELS: Readonly<Record<(typeof CONDITIONS)[number], string>> = {
  outcome: 'transfers',
  severity: 'findings',
  command: 'command',
  family: 'family',
  tls: 'TLS',
};

function FilterBar({ model, filter, change, shown }: FilterProps) {
  const { leftOut, sessions } = model.data;
  const notes = [
    leftOut.sessions > 0 ? `${grouped(leftOut.sessions)} left out` : '',
    leftOut.ladders > 0 ? `${grouped(model.ladders.size)} can be opened` : '',
  ].filter((note) => note !== '');
  const isFiltered = filter.text !== '' || filter.finding !== '' || CONDITIONS.some((name) => filter[name] !== '');
  return (
    <search class="filters">
      <input
        type="search"
        aria-label="Search sessions"
        placeholder="User, address, time, path or id"
        value={filter.text}
        onInput={({ currentTarget }) => change({ text: currentTarget.value })}
      />
      {CONDITIONS.map((name) => (
        <select
          key={name}
          aria-label={`Only sessions by ${LABELS[name]}`}
          class={filter[name] === '' ? '' : 'is-set'}
          value={filter[name]}
          onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
        >
          <option value="">{`Any ${LABELS[name]}`}</option>
          {CHOICES[name].map(([value, label]) => (
            <option key={value} value={value}>
              {capitalised(label)}
            </option>
          ))}
        </select>
      ))}
      {filter.finding === '' ? null : (
        <button type="button" class="chip" onClick={() => change({ finding: '' })}>
          <code>{filter.finding}</code>
          <Icon name="close" />
          <span class="unseen">remove this condition</span>
        </button>
      )}
      <p class="filter-count soft" aria-live="polite">
        {isFiltered ? `${grouped(shown)} of ${grouped(sessions.id.length)}` : grouped(shown)} shown
        {notes.map((note) => (
          <span key={note} title="A report of a long log holds what has findings first. JSON and CSV hold everything.">
            , {note}
          </span>
        ))}
        {isFiltered ? (
          <button type="button" class="link" onClick={() => change(NO_CONDITIONS)}>
            show all
          </button>
        ) : null}
      </p>
    </search>
  );
}

const NO_CONDITIONS = { text: '', outcome: '', severity: '', command: '', family: '', tls: '', finding: '' };

interface TableProps {
  readonly model: Model;
  readonly rows: Uint32Array;
  readonly filter: SessionFilter;
  readonly change: Change;
}

/** Where the table was left, so that it is found there again. */
let leftAt = 0;

function SessionTable({ model, rows, filter, change }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isPrinted = useIsPrinted();
  useEffect(() => {
    const element = scroller.current!;
    element.scrollTop = leftAt;
    const remember = () => {
      leftAt = element.scrollTop;
    };
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, []);
  const sortBy = (column: SortColumn) =>
    change({ sort: column, isDescending: filter.sort === column ? !filter.isDescending : DESCENDING.has(column) });
  const move = (event: KeyboardEvent) => moveFocus(event, rows.length, scroller.current!);
  const draw = (index: number, top: number) => (
    <SessionRow key={rows[index]} model={model} row={rows[index]!} index={index} top={top} height={ROW_HEIGHT} />
  );
  return (
    <div class="card session-table" role="table" aria-label="Sessions" aria-rowcount={rows.length + 1}>
      <div role="row" class="session-row session-heads" aria-rowindex={1}>
        {COLUMNS.map(({ name, title, sort }) => (
          <span
            key={name}
            role="columnheader"
            class={`cell-${name}`}
            aria-sort={sort !== filter.sort ? 'none' : filter.isDescending ? 'descending' : 'ascending'}
          >
            {sort === undefined ? (
              title
            ) : (
              <button type="button" onClick={() => sortBy(sort)}>
                {title}
                {sort === filter.sort ? <Icon name={filter.isDescending ? 'down' : 'up'} /> : null}
              </button>
            )}
          </span>
        ))}
      </div>
      <div class="session-scroller" ref={scroller} role="rowgroup" onKeyDown={move}>
        {rows.length === 0 ? <p class="soft nothing">No session meets these conditions.</p> : null}
        {isPrinted ? (
          [...rows.subarray(0, PRINTED)].map((_row, index) => draw(index, 0))
        ) : (
          <VirtualList count={rows.length} rowHeight={ROW_HEIGHT} scroller={scroller} renderRow={draw} />
        )}
      </div>
    </div>
  );
}

/** Columns whose largest values matter most. */
const DESCENDING: ReadonlySet<SortColumn> = new Set(['durationMs', 'transfers', 'bytes']);

function useIsPrinted(): boolean {
  const [isPrinted, setPrinted] = useState(false);
  useEffect(() => {
    const print = matchMedia('print');
    const follow = () => setPrinted(print.matches);
    print.addEventListener('change', follow);
    return () => print.removeEventListener('change', follow);
  }, []);
  return isPrinted;
}

/** Up, down, page and end keys go from row to row. */
function moveFocus(event: KeyboardEvent, count: number, scroller: HTMLElement): void {
  const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
  if (row === null) return;
  const page = Math.max(1, Math.floor(scroller.clientHeight / ROW_HEIGHT) - 1);
  const index = Number(row.dataset['index']);
  const goals: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  };
  const goal = goals[event.key];
  if (goal === undefined) return;
  event.preventDefault();
  const wanted = Math.max(0, Math.min(count - 1, goal));
  const top = wanted * ROW_HEIGHT;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else scroller.scrollTop = Math.max(scroller.scrollTop, top + ROW_HEIGHT - scroller.clientHeight);
  // The row may have to be drawn first.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => scroller.querySelector<HTMLElement>(`[data-index="${wanted}"] a`)?.focus()),
  );
}

function cellsOf({ data }: Model, rows: Uint32Array): Cells {
  const { sessions } = data;
  return [
    ['session', 'started', 'duration ms', 'peer', 'user', ...OUTCOMES, 'bytes', 'severity'],
    ...[...rows].map((row) => [
      sessions.id[row]!,
      sessions.start[row]!.replace('T', ' '),
      sessions.durationMs[row]!,
      sessions.names[sessions.peer[row]!]!,
      sessions.names[sessions.user[row]!]!,
      ...OUTCOMES.map((outcome) => sessions[outcome][row]!),
      sessions.bytes[row]!,
      SEVERITIES[sessions.severity[row]!] ?? '',
    ]),
  ];
}

/** The hash of the session before or after this one in the table's order of inputs. */
export function neighbourHash({ data, rows, ladders }: Model, id: string, step: 1 | -1): string | null {
  const { sessions } = data;
  for (let row = (rows.get(id) ?? -1) + step; row >= 0 && row < sessions.id.length; row += step)
    if (ladders.has(sessions.id[row]!)) return sessionHash(sessions.id[row]!);
  return null;
}
