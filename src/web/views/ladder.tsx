import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { counted, durationInWords } from '../../core/diagnoses/wording.ts';
import type { FindingData, LadderData } from '../../exporters/html/page-data.ts';
import { type LadderRow, ladderRows, type StepRow } from '../data/ladder-rows.ts';
import { endInWords, type LanePart, lanesOf, openingInWords, partsByRow } from '../data/lanes.ts';
import { findingHash, sessionHash } from '../data/place.ts';
import { Icon } from '../parts/icon.tsx';
import { LogText } from '../parts/log-text.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { SeverityMark } from '../parts/severity.tsx';
import { causeInWords } from '../parts/words.ts';

/** Rows that are drawn at once; of a longer session the rest comes when asked for. */
const ROWS_SHOWN = 600;
const LANE_WIDTH = 18;
/** Lines of a reply that are shown; of a longer one the rest is folded. */
const REPLY_LINES = 4;

interface LadderProps {
  readonly ladder: LadderData;
  readonly findings: readonly FindingData[];
  /** The line that the address leads to. */
  readonly line: number | null;
}

/** A session from top to bottom: the client left, the server right, data connections beside it, findings at their lines. */
export function Ladder({ ladder, findings, line }: LadderProps) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [shown, setShown] = useState(ROWS_SHOWN);
  const list = useRef<HTMLOListElement>(null);
  const rows = useMemo(() => ladderRows(ladder, findings, { at: opened, line }), [ladder, findings, opened, line]);
  const parts = useMemo(() => partsByRow(lanesOf(ladder, rows), rows), [ladder, rows]);
  const goal = line === null ? -1 : rows.findIndex((row) => row.kind === 'step' && row.line === line);
  const end = Math.min(rows.length, Math.max(shown, goal + ROWS_SHOWN / 2));
  const columns = parts.flat().reduce((most, { lane }) => Math.max(most, lane.column + 1), 0);
  const hasTimes = rows.some((row) => row.kind === 'step' && row.ms !== null);
  const hasNotes = rows.some((row) => row.kind === 'step' && row.notes.length > 0);
  useEffect(() => {
    if (line === null) return;
    const target = list.current!.querySelector<HTMLElement>(`[data-line="${line}"]`);
    target?.scrollIntoView({ block: 'center' });
    target?.focus({ preventScroll: true });
  }, [ladder, line]);
  const spans = noteSpans(rows, end);
  const flags = `${hasTimes ? '' : 'is-timeless'} ${columns > 0 ? '' : 'is-laneless'} ${hasNotes ? '' : 'is-noteless'}`;
  return (
    <>
      <ol
        class={`ladder ${flags}`}
        ref={list}
        aria-label="The dialogue, line by line"
        style={{ '--lanes': `${columns * LANE_WIDTH}px` }}
      >
        <LadderHeads ladder={ladder} />
        {rows.slice(0, end).map((row, i) => {
          const place = { '--row': i + 2, '--span': spans.get(i) ?? 1 };
          return row.kind === 'step' ? (
            <StepItem key={i} ladder={ladder} row={row} parts={parts[i]!} place={place} isGoal={i === goal} />
          ) : (
            <BetweenItem
              key={i}
              row={row}
              parts={parts[i]!}
              place={place}
              open={(at) => setOpened(new Set([...opened, at]))}
            />
          );
        })}
      </ol>
      {end < rows.length ? (
        <button type="button" class="button more" onClick={() => setShown(end + ROWS_SHOWN)}>
          Show {counted(Math.min(ROWS_SHOWN, rows.length - end), 'more row', 'more rows')} of {rows.length - end}
        </button>
      ) : null}
    </>
  );
}

/** How many rows a note may reach over: down to the next row with one. */
function noteSpans(rows: readonly LadderRow[], end: number): Map<number, number> {
  const spans = new Map<number, number>();
  let next = end;
  for (let i = end - 1; i >= 0; i--) {
    const row = rows[i]!;
    if (row.kind !== 'step' || row.notes.length === 0) continue;
    spans.set(i, next - i);
    next = i;
  }
  return spans;
}

function LadderHeads({ ladder: { client, server } }: { readonly ladder: LadderData }) {
  return (
    <li class="ladder-heads" style={{ '--row': 1, '--span': 1 }}>
      <div class="party party-client">
        <b>Client</b>
        <PartyFacts party={client} />
      </div>
      <div class="party party-server">
        <b>Server</b>
        <PartyFacts party={server} />
      </div>
      <div class="lanes-head soft">Data connections</div>
    </li>
  );
}

function PartyFacts({ party }: { readonly party: LadderData['client'] }) {
  const product = [party.product, party.version].filter((part) => part !== undefined).join(' ');
  return (
    <>
      {product === '' ? null : <LogText>{product}</LogText>}
      {party.address === undefined ? null : <LogText class="soft">{party.address}</LogText>}
    </>
  );
}

type Place = Readonly<Record<'--row' | '--span', number>>;

interface StepProps {
  readonly ladder: LadderData;
  readonly row: StepRow;
  readonly parts: readonly LanePart[];
  readonly place: Place;
  readonly isGoal: boolean;
}

function StepItem({ ladder, row, parts, place, isGoal }: StepProps) {
  const { from, line, ms, code, text, mark, notes } = row;
  const tone = code === null ? '' : code >= 400 ? 'is-refusal' : code < 200 ? 'is-preliminary' : '';
  const flags = `step step-${from} ${tone} ${mark === null ? '' : `marked-${mark}`} ${isGoal ? 'is-goal' : ''}`;
  return (
    <li class={flags} style={place}>
      <span class="step-line">
        <a href={sessionHash(ladder.id, line)} data-line={line} aria-label={`Line ${line}`}>
          {line}
        </a>
      </span>
      <span class="step-time">{ms === null ? '' : clockAt(ladder, ms)}</span>
      <div class={`message ${from === 'remark' ? `of-${ladder.vantage}` : ''}`}>
        <span class="unseen">{from === 'remark' ? 'Remark: ' : `${from}: `}</span>
        <StepText text={text} />
        {from === 'remark' ? null : <i class="arrow" aria-hidden="true" />}
      </div>
      <LaneCell parts={parts} />
      {notes.length === 0 ? null : (
        <div class="notes">
          {notes.map((finding) => (
            <Note key={finding.key} finding={finding} />
          ))}
        </div>
      )}
    </li>
  );
}

/** The text of a step; the rest of a long reply is folded. */
function StepText({ text }: { readonly text: string }) {
  const lines = text.split('\n');
  if (lines.length <= REPLY_LINES) return <LogText class="step-text">{text}</LogText>;
  return (
    <details class="step-text">
      <summary>
        <LogText>{lines.slice(0, REPLY_LINES - 1).join('\n')}</LogText>
        <span class="soft small unfold">{counted(lines.length - REPLY_LINES + 1, 'more line')}</span>
      </summary>
      <LogText>{lines.slice(REPLY_LINES - 1).join('\n')}</LogText>
    </details>
  );
}

/** A finding at its line. */
function Note({ finding }: { readonly finding: FindingData }) {
  return (
    <aside class={`note note-${finding.severity}`} aria-label={`Finding ${finding.id}`}>
      <p>
        <SeverityMark severity={finding.severity} /> <Sentence>{finding.message}</Sentence>
      </p>
      <p class="small soft">
        {causeInWords(finding)} · <a href={findingHash(finding.id)}>{finding.id}</a>
      </p>
    </aside>
  );
}

interface BetweenProps {
  readonly row: Exclude<LadderRow, StepRow>;
  readonly parts: readonly LanePart[];
  readonly place: Place;
  readonly open: (at: number) => void;
}

/** What stands between steps: a pause, remarks that are folded, steps that are left out. */
function BetweenItem({ row, parts, place, open }: BetweenProps) {
  return (
    <li class={`step between between-${row.kind}`} style={place}>
      <div class="message" style={row.kind === 'pause' ? { minHeight: `${pauseHeight(row.ms)}px` } : {}}>
        {row.kind === 'pause' ? <span class="pause">{durationInWords(row.ms)} later</span> : null}
        {row.kind === 'fold' ? (
          <button type="button" class="link" onClick={() => open(row.at)}>
            {counted(row.count, 'more remark')}
          </button>
        ) : null}
        {row.kind === 'left-out' ? <span class="soft">{counted(row.count, 'step')} left out of this page</span> : null}
      </div>
      <LaneCell parts={parts} />
    </li>
  );
}

/** Longer pauses are taller, but an hour does not need a mile. */
function pauseHeight(ms: number): number {
  return Math.round(30 + 8 * Math.log2(Math.max(1, ms / 3_000)));
}

function LaneCell({ parts }: { readonly parts: readonly LanePart[] }) {
  return (
    <div class="lane-cell">
      {parts.map((part) => (
        <LaneDrawing key={part.lane.column} part={part} />
      ))}
      <div class="lane-labels">
        {parts.map(({ lane, isOpen, isEnd }) => (
          <span key={lane.column} class="lane-label-group">
            {isOpen ? <span class="lane-label">{openingInWords(lane)}</span> : null}
            {isEnd && lane.transfer !== null ? <LaneEndLabel lane={lane} /> : null}
          </span>
        ))}
      </div>
    </div>
  );
}

function LaneEndLabel({ lane }: { readonly lane: LanePart['lane'] }) {
  const [outcome, size] = endInWords(lane);
  return (
    <>
      <span class={`lane-label lane-end end-${lane.end}`}>{outcome}</span>
      {size === '' ? null : <span class="lane-label soft">{size}</span>}
    </>
  );
}

function LaneDrawing({ part: { lane, isOpen, isEnd, above, below } }: { readonly part: LanePart }) {
  // Nothing ever came through it.
  const isBroken = isOpen && lane.transfer === null && (lane.end === 'failed' || lane.end === 'refused');
  return (
    <span class={`lane lane-${lane.end}`} aria-hidden="true" style={{ '--column': lane.column }}>
      {above === 'none' ? null : <i class={`rail rail-above rail-${above}`} />}
      {below === 'none' ? null : <i class={`rail rail-below rail-${below} ${isEnd ? 'rail-fading' : ''}`} />}
      {isOpen && !isBroken ? <i class="lane-start" /> : null}
      {isBroken ? <Icon name="close" class="lane-broken" /> : null}
      {isEnd && lane.transfer !== null ? <LaneEndSign end={lane.end} /> : null}
    </span>
  );
}

function LaneEndSign({ end }: { readonly end: string }) {
  if (end === 'aborted')
    return (
      <svg class="lane-cut" viewBox="0 0 20 34" width="20" height="34" aria-hidden="true">
        <path class="lane-cut-rest" d="M5 13.5 8.3 17 11.7 13 15 17v17H5z" />
        <path
          class="lane-cut-gap"
          d="M1 5.2 4.7 9.4 8.3 5 11.7 9 15.3 5 19 9.2V15l-3.7-3.8-3.6 4-3.4-4-3.6 4L1 11.4z"
        />
        <path class="lane-cut-line" d="M1 5.2 4.7 9.4 8.3 5l3.4 4 3.6-4L19 9.2" />
      </svg>
    );
  if (end === 'failed') return <Icon name="close" class="lane-broken" />;
  if (end === 'completed') return <i class="lane-done" />;
  return null;
}

/** The time of day of a step. */
function clockAt({ startMs, startedAt, timeOfDay }: LadderData, ms: number): string {
  if (startMs === undefined || (startedAt ?? timeOfDay) === undefined) return '';
  const clock = new Date(startMs + ms).toISOString().substring(11, 23);
  return clock.endsWith('.000') ? clock.substring(0, 8) : clock;
}
