// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn by need are no table element's
// biome-ignore-all lint/a11y/useFocusableInteractive: the links and buttons in the rows are
import { OUTCOMES, SEVERITIES } from '../../core/report.ts';
import { DATA_COMMANDS, ENDS, FAMILIES, type SessionRows, TLS_MODES } from '../../exporters/html/page-data.ts';
import { sizeInWords } from '../../exporters/quantities.ts';
import type { Model } from '../data/model.ts';
import { sessionHash } from '../data/place.ts';
import type { SortColumn } from '../data/session-filter.ts';
import { Icon } from '../parts/icon.tsx';
import { LogText } from '../parts/log-text.tsx';
import { SeverityMark } from '../parts/severity.tsx';
import { END_WORDS, familyInWords, spanInWords, TLS_WORDS, timeInWords } from '../parts/words.ts';

interface Column {
  readonly name: string;
  readonly title: string;
  readonly sort?: SortColumn;
  readonly draw: (model: Model, row: number) => preact.ComponentChildren;
}

/** Columns of the table of sessions. */
export const COLUMNS: readonly Column[] = [
  { name: 'severity', title: 'Finding', sort: 'severity', draw: drawSeverity },
  { name: 'id', title: 'Session', sort: 'id', draw: drawId },
  { name: 'start', title: 'Start', sort: 'start', draw: ({ data }, row) => timeInWords(data.sessions.start[row]) },
  {
    name: 'duration',
    title: 'Duration',
    sort: 'durationMs',
    draw: ({ data }, row) => spanInWords(data.sessions.durationMs[row]),
  },
  { name: 'user', title: 'User', sort: 'user', draw: ({ data }, row) => nameOf(data.sessions, 'user', row) },
  { name: 'peer', title: 'Peer', sort: 'peer', draw: ({ data }, row) => nameOf(data.sessions, 'peer', row) },
  { name: 'transfers', title: 'Transfers', sort: 'transfers', draw: drawTransfers },
  { name: 'bytes', title: 'Size', sort: 'bytes', draw: drawBytes },
  { name: 'data', title: 'Data', draw: drawData },
  { name: 'end', title: 'End', draw: ({ data }, row) => END_WORDS[ENDS[data.sessions.end[row]!]!] },
];

interface SessionRowProps {
  readonly model: Model;
  /** Its place in the data, and in the table as it is shown. */
  readonly row: number;
  readonly index: number;
  readonly top: number;
  readonly height: number;
}

/** One session in the table. */
export function SessionRow({ model, row, index, top, height }: SessionRowProps) {
  return (
    <div
      role="row"
      class="session-row"
      aria-rowindex={index + 2}
      data-index={index}
      style={{ transform: `translateY(${top}px)`, height: `${height}px` }}
    >
      {COLUMNS.map(({ name, draw }) => (
        <span key={name} role="cell" class={`cell-${name}`}>
          {draw(model, row)}
        </span>
      ))}
    </div>
  );
}

function drawSeverity({ data }: Model, row: number) {
  const severity = SEVERITIES[data.sessions.severity[row]!];
  return severity === undefined ? <span class="unseen">none</span> : <SeverityMark severity={severity} />;
}

function drawId({ data, ladders }: Model, row: number) {
  const id = data.sessions.id[row]!;
  if (ladders.has(id)) return <a href={sessionHash(id)}>{id}</a>;
  return (
    <span class="soft" title={`Not drawn in this report; see: ftplens show FILE --session ${id}`}>
      {id}
    </span>
  );
}

function nameOf(sessions: SessionRows, column: 'user' | 'peer', row: number) {
  const name = sessions.names[sessions[column][row]!]!;
  return name === '' ? '–' : <LogText>{name}</LogText>;
}

function drawTransfers({ data }: Model, row: number) {
  const counts = OUTCOMES.map((outcome) => ({ outcome, count: data.sessions[outcome][row]! }));
  const shown = counts.filter(({ count }) => count > 0);
  if (shown.length === 0) return '–';
  return shown.map(({ outcome, count }) => (
    <span key={outcome} class="count" title={`${count} ${outcome}`}>
      <i class={`dot tone-${outcome}`} aria-hidden="true" />
      {count}
      <span class="unseen"> {outcome} </span>
    </span>
  ));
}

function drawBytes({ data }: Model, row: number) {
  const bytes = data.sessions.bytes[row];
  return bytes === null || bytes === undefined ? '–' : sizeInWords(bytes);
}

function drawData({ data }: Model, row: number) {
  const { dataCommands, family, tls } = data.sessions;
  const commands = DATA_COMMANDS.filter((_command, bit) => (dataCommands[row]! & (1 << bit)) !== 0);
  const mode = TLS_MODES[tls[row]!]!;
  const name = FAMILIES[family[row]!]!;
  return (
    <>
      {mode === 'explicit' || mode === 'implicit' ? (
        <span title={TLS_WORDS[mode]}>
          <Icon name="lock" class="lock" />
          <span class="unseen">{TLS_WORDS[mode]}</span>
        </span>
      ) : null}
      {name === 'unknown' ? null : <span class="soft">{familyInWords(name)}</span>} {commands.join(' ')}
    </>
  );
}
