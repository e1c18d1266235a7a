import { useMemo } from 'preact/hooks';
import { listed } from '../../core/diagnoses/wording.ts';
import { type FindingData, type LadderData, SPEAKERS, type TransferData } from '../../exporters/html/page-data.ts';
import { sizeInWords } from '../../exporters/quantities.ts';
import { findingsWithoutLine } from '../data/ladder-rows.ts';
import type { Cells } from '../data/messages.ts';
import type { Model } from '../data/model.ts';
import { findingHash, hashOf, type Place, sessionHash } from '../data/place.ts';
import { CopyAsCsv } from '../parts/copy-button.tsx';
import { FactList } from '../parts/fact-list.tsx';
import { Icon } from '../parts/icon.tsx';
import { LogText } from '../parts/log-text.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { SeverityMark } from '../parts/severity.tsx';
import {
  baseName,
  capitalised,
  END_WORDS,
  familyInWords,
  GAP_WORDS,
  spanInWords,
  splitVerdict,
  TLS_WORDS,
  timeInWords,
} from '../parts/words.ts';
import { Ladder } from './ladder.tsx';
import { neighbourHash } from './sessions.tsx';

const NONE: readonly FindingData[] = [];

/** One session. */
export function SessionView({ model, place }: { readonly model: Model; readonly place: Place }) {
  const ladder = model.ladders.get(place.id);
  if (ladder === undefined) return <Missing model={model} id={place.id} />;
  const line = Number(place.details.get('line')) || null;
  return <DrawnSession key={ladder.id} model={model} ladder={ladder} line={line} />;
}

function Missing({ model, id }: { readonly model: Model; readonly id: string }) {
  const isKnown = model.rows.has(id);
  return (
    <section class="block">
      <h1>{isKnown ? `Session ${id} is not drawn here` : `There is no session ${id} in this report`}</h1>
      {isKnown ? (
        <p>
          A report of a long log holds the sessions with findings and examples of the others. To see this one:{' '}
          <code>ftplens show FILE --session {id}</code>
        </p>
      ) : null}
      <p>
        <a href={hashOf('sessions')}>All sessions</a>
      </p>
    </section>
  );
}

interface DrawnProps {
  readonly model: Model;
  readonly ladder: LadderData;
  readonly line: number | null;
}

function DrawnSession({ model, ladder, line }: DrawnProps) {
  const findings = model.findingsOf.get(ladder.id) ?? NONE;
  const apart = useMemo(() => findingsWithoutLine(ladder, findings), [ladder, findings]);
  const before = neighbourHash(model, ladder.id, -1);
  const after = neighbourHash(model, ladder.id, 1);
  const [first, rest] = splitVerdict(ladder.verdict ?? `Session ${ladder.id}`);
  const pair = model.data.pairs.find(({ client, server }) => client === ladder.id || server === ladder.id);
  return (
    <article class="session">
      <nav class="crumbs" aria-label="Where you are">
        <a href={hashOf('sessions')}>Sessions</a>
        <span class="soft" aria-hidden="true">
          /
        </span>
        <span aria-current="page">{ladder.id}</span>
        <span class="crumb-tools">
          <Step hash={before} icon="left" label="Previous session" />
          <Step hash={after} icon="right" label="Next session" />
        </span>
      </nav>
      <header class="session-head">
        <h1>
          <Sentence>{first}</Sentence>
        </h1>
        {rest === '' ? null : (
          <p class="session-rest">
            <Sentence>{rest}</Sentence>
          </p>
        )}
        <SessionFacts model={model} ladder={ladder} />
        {pair === undefined ? null : (
          <p>
            <a class="button" href={hashOf('pair', pair.id)}>
              <Icon name="pair" />
              Beside the {ladder.vantage === 'client' ? 'server' : 'client'}’s record
            </a>
          </p>
        )}
      </header>
      {apart.length === 0 ? null : <Apart findings={apart} />}
      {ladder.steps.every(([speaker]) => SPEAKERS[speaker] === 'remark') ? (
        <p class="soft">This format keeps no dialogue, only what became of each transfer.</p>
      ) : (
        <Ladder ladder={ladder} findings={findings} line={line} />
      )}
      <Transfers ladder={ladder} />
    </article>
  );
}

function Step({
  hash,
  icon,
  label,
}: {
  readonly hash: string | null;
  readonly icon: 'left' | 'right';
  readonly label: string;
}) {
  if (hash === null) return null;
  return (
    <a class="icon-button" href={hash} aria-label={label} title={label}>
      <Icon name={icon} />
    </a>
  );
}

function SessionFacts({ model, ladder }: { readonly model: Model; readonly ladder: LadderData }) {
  const { tls, client, server } = ladder;
  const input = model.data.inputs[Number(/^s(\d+)-/.exec(ladder.id)?.[1])];
  const facts: (readonly [string, string])[] = [
    ['File', `${baseName(input?.path ?? '')}, lines ${ladder.firstLine}–${ladder.lastLine}`],
    ['Began', timeInWords(ladder.startedAt ?? ladder.timeOfDay)],
    ['Lasted', spanInWords(ladder.durationMs)],
    ['User', ladder.user === undefined ? '–' : `${ladder.user}${ladder.login === 'refused' ? ' (refused)' : ''}`],
    ['Client', placeOf(client)],
    ['Server', placeOf(server)],
    ['Address family', familyInWords(ladder.controlFamily)],
    ['TLS', [TLS_WORDS[tls.control], tls.version, tls.cipher].filter((fact) => fact !== undefined).join(', ')],
    ['Certificate', tls.certificate?.subject ?? ''],
    ['Data', tls.data === 'private' ? 'encrypted' : tls.data === 'clear' ? 'in clear' : ''],
    ['Fell back to', ladder.fellBackTo ?? ''],
    ['End', END_WORDS[ladder.end]],
    ['Missing', listed(ladder.gaps.map((gap) => GAP_WORDS[gap]))],
  ];
  return <FactList facts={facts} />;
}

function placeOf({ address, port }: LadderData['client']): string {
  if (address === undefined) return '';
  return port === undefined ? address : `${address} port ${port}`;
}

/** Findings that no line shows. */
function Apart({ findings }: { readonly findings: readonly FindingData[] }) {
  return (
    <ul class="apart">
      {findings.map((finding) => (
        <li key={finding.key} class={`note note-${finding.severity}`}>
          <SeverityMark severity={finding.severity} /> <Sentence>{finding.message}</Sentence>{' '}
          <a class="small" href={findingHash(finding.id)}>
            {finding.id}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Transfers({ ladder }: { readonly ladder: LadderData }) {
  const { transfers } = ladder;
  if (transfers.length === 0) return null;
  return (
    <section class="block" aria-labelledby="transfers-title">
      <div class="block-head">
        <h2 id="transfers-title">Transfers</h2>
        <CopyAsCsv name={`transfers-of-${ladder.id}`} cells={() => transferCells(transfers)} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="card scroll-box" tabIndex={0} aria-label="Transfers, table">
        <table class="plain-table">
          <thead>
            <tr>
              {HEADINGS.map(([heading, kind]) => (
                <th key={heading} scope="col" class={kind}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {transfers.map((transfer) => (
              <TransferRow key={transfer.index} id={ladder.id} transfer={transfer} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

const HEADINGS = [
  ['Outcome', ''],
  ['Command', ''],
  ['Path', ''],
  ['Size', 'number'],
  ['Announced', 'number'],
  ['Duration', 'number'],
  ['Reply', ''],
  ['Lines', ''],
] as const;

function TransferRow({ id, transfer }: { readonly id: string; readonly transfer: TransferData }) {
  const { outcome, verb, direction, path, transferredBytes, announcedBytes, durationMs, finalCode, clientError } =
    transfer;
  return (
    <tr>
      <td>
        <i class={`dot tone-${outcome}`} aria-hidden="true" /> {capitalised(outcome)}
      </td>
      <td>{verb ?? direction}</td>
      <td>{path === undefined ? '–' : <LogText class="path">{path}</LogText>}</td>
      <td class="number">{sizeOf(transferredBytes)}</td>
      <td class="number">{sizeOf(announcedBytes)}</td>
      <td class="number">{spanInWords(durationMs)}</td>
      <td>
        {finalCode ?? '–'}
        {clientError === undefined ? null : <LogText class="client-error">{clientError.text}</LogText>}
      </td>
      <td>
        <a href={sessionHash(id, transfer.firstLine)}>
          {transfer.firstLine === transfer.lastLine ? transfer.firstLine : `${transfer.firstLine}–${transfer.lastLine}`}
        </a>
      </td>
    </tr>
  );
}

function sizeOf(bytes: number | undefined): string {
  return bytes === undefined ? '–' : sizeInWords(bytes);
}

function transferCells(transfers: readonly TransferData[]): Cells {
  return [
    [
      'outcome',
      'verb',
      'path',
      'transferred bytes',
      'announced bytes',
      'duration ms',
      'final code',
      'first line',
      'last line',
    ],
    ...transfers.map((transfer) => [
      transfer.outcome,
      transfer.verb ?? null,
      transfer.path ?? null,
      transfer.transferredBytes ?? null,
      transfer.announcedBytes ?? null,
      transfer.durationMs ?? null,
      transfer.finalCode ?? null,
      transfer.firstLine,
      transfer.lastLine,
    ]),
  ];
}
