import { useMemo } from 'preact/hooks';
import { counted, durationInWords, grouped } from '../../core/diagnoses/wording.ts';
import type { Pair, PairTransfer } from '../../core/report.ts';
import type { LadderData } from '../../exporters/html/page-data.ts';
import { sizeInWords } from '../../exporters/quantities.ts';
import { ladderRows, type StepRow } from '../data/ladder-rows.ts';
import type { Model } from '../data/model.ts';
import { hashOf, type Place, sessionHash } from '../data/place.ts';
import { FactList } from '../parts/fact-list.tsx';
import { Icon } from '../parts/icon.tsx';
import { LogText } from '../parts/log-text.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { SeverityMark } from '../parts/severity.tsx';
import { differenceInWords, percentInWords, spanInWords } from '../parts/words.ts';

/** Sessions that both sides recorded. */
export function Pairs({ model }: { readonly model: Model }) {
  const { pairs, leftOut, undecidedPairs } = model.data;
  return (
    <section class="block" aria-labelledby="pairs-title">
      <h1 id="pairs-title">Pairs</h1>
      <p class="soft">Sessions that are in both a client’s and a server’s record.</p>
      <ul class="card pair-list">
        {pairs.map((pair) => (
          <li key={pair.id}>
            <a href={hashOf('pair', pair.id)}>
              {pair.client} and {pair.server}
            </a>
            <span class="tag">{percentInWords(pair.confidence)} sure</span>
            <span class="soft">{pair.reasons[0]}</span>
          </li>
        ))}
      </ul>
      {leftOut.pairs > 0 ? <p class="soft">{grouped(leftOut.pairs)} more pairs are left out.</p> : null}
      {undecidedPairs.length === 0 ? null : (
        <p class="soft">
          {counted(undecidedPairs.length, 'session')} may belong to one of the other side, but too little tells which.
        </p>
      )}
    </section>
  );
}

/** Both records of one session, side by side. */
export function PairView({ model, place }: { readonly model: Model; readonly place: Place }) {
  const pair = model.data.pairs.find(({ id }) => id === place.id);
  if (pair === undefined)
    return (
      <section class="block">
        <h1>There is no pair {place.id} in this report</h1>
      </section>
    );
  const client = model.ladders.get(pair.client);
  const server = model.ladders.get(pair.server);
  const findings = [...model.findings.values()].filter((finding) => finding.pair === pair.id);
  return (
    <article class="pair">
      <nav class="crumbs" aria-label="Where you are">
        <a href={hashOf('pairs')}>Pairs</a>
        <span class="soft" aria-hidden="true">
          /
        </span>
        <span aria-current="page">{pair.id}</span>
      </nav>
      <header class="session-head">
        <h1>One session, told by both sides</h1>
        <PairFacts pair={pair} />
      </header>
      {findings.length === 0 ? null : (
        <ul class="apart">
          {findings.map((finding) => (
            <li key={finding.key} class={`note note-${finding.severity}`}>
              <SeverityMark severity={finding.severity} /> <Sentence>{finding.message}</Sentence>
            </li>
          ))}
        </ul>
      )}
      {pair.transfers.map((transfer) => (
        <PairTransferFacts key={`${transfer.client}-${transfer.server}`} transfer={transfer} client={client} />
      ))}
      {client === undefined || server === undefined ? (
        <p class="soft">The two records are not both drawn in this report.</p>
      ) : (
        <SideBySide pair={pair} client={client} server={server} />
      )}
      <details class="block">
        <summary>
          <Icon name="chevron" class="turner" />
          Why these two are one session
        </summary>
        <ul class="reasons">
          {pair.reasons.map((reason) => (
            <li key={reason}>
              <bdi>{reason}</bdi>
            </li>
          ))}
        </ul>
      </details>
    </article>
  );
}

function PairFacts({ pair }: { readonly pair: Pair }) {
  const { clockSkewMs, nat } = pair;
  const facts: (readonly [string, string])[] = [
    ['Certainty', percentInWords(pair.confidence)],
    [
      'Server’s clock',
      clockSkewMs === null
        ? ''
        : `${durationInWords(Math.abs(clockSkewMs.value))} ${clockSkewMs.value < 0 ? 'behind' : 'ahead of'} the client’s, ± ${durationInWords(clockSkewMs.plusMinus)}`,
    ],
    ['The server saw the client as', nat.clientSeenAs ?? ''],
    ['The client saw the server as', nat.serverSeenAs ?? ''],
    ['Ports', nat.portsRewritten === null ? '' : nat.portsRewritten ? 'rewritten on the way' : 'the same in both'],
  ];
  return <FactList facts={facts} />;
}

function PairTransferFacts({
  transfer,
  client,
}: {
  readonly transfer: PairTransfer;
  readonly client: LadderData | undefined;
}) {
  const { closedFirst, sentBytes, receivedBytes, finalReplyReceived } = transfer;
  const path = client?.transfers.find(({ index }) => index === transfer.client)?.path;
  const facts = [
    sentBytes === null ? null : `${sizeInWords(sentBytes)} sent`,
    receivedBytes === null ? null : `${sizeInWords(receivedBytes)} received`,
    transfer.clientMs === null ? null : `${spanInWords(transfer.clientMs)} for the client`,
    transfer.serverMs === null ? null : `${spanInWords(transfer.serverMs)} for the server`,
    closedFirst.side === 'unknown'
      ? 'who closed first is not told'
      : `${closedFirst.certainty === 'certain' ? '' : `${closedFirst.certainty === 'likely' ? 'likely' : 'possibly'} `}closed first by the ${closedFirst.side}`,
    finalReplyReceived === false ? 'the server’s final reply is not in the client’s record' : null,
  ].filter((fact) => fact !== null);
  return (
    <p class="pair-transfer">
      <b>Transfer</b> {path === undefined ? null : <LogText>{path}</LogText>}{' '}
      <span class="soft">{facts.join(' · ')}</span>
    </p>
  );
}

interface SideBySideProps {
  readonly pair: Pair;
  readonly client: LadderData;
  readonly server: LadderData;
}

function SideBySide({ pair, client, server }: SideBySideProps) {
  const ofClient = useMemo(() => stepsByExchange(client), [client]);
  const ofServer = useMemo(() => stepsByExchange(server), [server]);
  return (
    <div class="card both">
      <div class="both-heads">
        <a href={sessionHash(client.id)}>The client’s record</a>
        <span />
        <a href={sessionHash(server.id)}>The server’s record</a>
      </div>
      <ol aria-label="Exchanges as each side recorded them">
        {pair.exchanges.map((exchange, i) => (
          <li key={i} class={`both-row ${exchange.note === null ? '' : 'differs'}`}>
            <RecordCell
              id={client.id}
              side="Client’s record"
              steps={exchange.client === null ? undefined : ofClient.get(exchange.client)}
            />
            <span class="both-note">
              {exchange.note === null ? (
                <>
                  <Icon name="done" class="same" />
                  <span class="unseen">the same</span>
                </>
              ) : (
                differenceInWords(exchange.note)
              )}
            </span>
            <RecordCell
              id={server.id}
              side="Server’s record"
              steps={exchange.server === null ? undefined : ofServer.get(exchange.server)}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

function stepsByExchange(ladder: LadderData): Map<number, StepRow[]> {
  const byExchange = new Map<number, StepRow[]>();
  for (const row of ladderRows(ladder, [], { at: new Set(), line: null })) {
    if (row.kind !== 'step' || row.exchange === null) continue;
    const list = byExchange.get(row.exchange);
    if (list === undefined) byExchange.set(row.exchange, [row]);
    else list.push(row);
  }
  return byExchange;
}

interface RecordCellProps {
  readonly id: string;
  readonly side: string;
  readonly steps: readonly StepRow[] | undefined;
}

function RecordCell({ id, side, steps }: RecordCellProps) {
  if (steps === undefined)
    return (
      <div class="record record-empty soft">
        <span class="unseen">{side}: </span>not on record
      </div>
    );
  return (
    <div class="record">
      <span class="unseen">{side}: </span>
      {steps.map((step) => (
        <p
          key={`${step.line}-${step.from}-${step.text}`}
          class={`record-step of-${step.from} ${(step.code ?? 0) >= 400 ? 'is-refusal' : ''}`}
        >
          <a class="record-line" href={sessionHash(id, step.line)} aria-label={`Line ${step.line}`}>
            {step.line}
          </a>
          <LogText>{step.text}</LogText>
        </p>
      ))}
    </div>
  );
}
