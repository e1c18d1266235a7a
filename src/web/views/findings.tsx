import { useEffect, useRef, useState } from 'preact/hooks';
import { counted, grouped, listed } from '../../core/diagnoses/wording.ts';
import { SEVERITIES, type Side } from '../../core/report.ts';
import type { FindingData } from '../../exporters/html/page-data.ts';
import { placeIn, placeText } from '../../exporters/place.ts';
import type { Cause, Model } from '../data/model.ts';
import { findingHash, hashOf, sessionHash } from '../data/place.ts';
import { Icon } from '../parts/icon.tsx';
import { LogText } from '../parts/log-text.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { SeverityMark } from '../parts/severity.tsx';
import { baseName, capitalised, causeInWords, percentInWords, SIDE_WORDS, timeInWords } from '../parts/words.ts';

const SIDES: readonly Side[] = ['client', 'server', 'network', 'unknown'];
/** Occurrences of one cause that are listed. */
const OCCURRENCES = 20;
const NAMES = 8;

interface FindingsProps {
  readonly model: Model;
  /** Id of the diagnosis that the address opens. */
  readonly opened: string | null;
}

/** What was found, one entry a diagnosis; those that only follow from another are told there. */
export function Findings({ model, opened }: FindingsProps) {
  const [side, setSide] = useState<Side | null>(null);
  const roots = model.causes.filter(({ id }) => !model.onlyEffects.has(id) || id === opened);
  const sides = SIDES.filter((name) => roots.some((cause) => isOnSide(cause, name)));
  const shown = side === null ? roots : roots.filter((cause) => isOnSide(cause, side));
  const loud = shown.filter(({ severity }) => severity !== 'info');
  const quiet = shown.filter(({ severity }) => severity === 'info');
  const first = loud[0]?.id;
  if (roots.length === 0)
    return model.data.summary.sessions === 0 ? null : <p class="block soft">There is nothing to report.</p>;
  return (
    <section class="block" aria-labelledby="findings-title">
      <div class="block-head">
        <h2 id="findings-title">Findings</h2>
        {sides.length < 2 ? null : (
          <fieldset class="choices">
            <legend class="unseen">Whose side</legend>
            {[null, ...sides].map((name) => (
              <button key={name} type="button" aria-pressed={side === name} onClick={() => setSide(name)}>
                {name === null ? 'All' : SIDE_WORDS[name]}
              </button>
            ))}
          </fieldset>
        )}
      </div>
      <div class="card causes">
        {loud.map((cause) => (
          <CauseEntry
            key={cause.id}
            model={model}
            cause={cause}
            isOpen={cause.id === (opened ?? first)}
            isGoal={cause.id === opened}
          />
        ))}
        {quiet.length === 0 ? null : (
          <details class="quiet-causes" open={loud.length === 0 || quiet.some(({ id }) => id === opened)}>
            <summary>
              <Icon name="chevron" class="turner" />
              {counted(quiet.length, 'note')} for information
            </summary>
            {quiet.map((cause) => (
              <CauseEntry
                key={cause.id}
                model={model}
                cause={cause}
                isOpen={cause.id === opened}
                isGoal={cause.id === opened}
              />
            ))}
          </details>
        )}
      </div>
    </section>
  );
}

function isOnSide({ findings }: Cause, side: Side): boolean {
  return findings.some((finding) => finding.side === side);
}

interface CauseProps {
  readonly model: Model;
  readonly cause: Cause;
  readonly isOpen: boolean;
  /** Whether the address leads here. */
  readonly isGoal: boolean;
}

function CauseEntry({ model, cause, isOpen, isGoal }: CauseProps) {
  const place = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (!isGoal) return;
    place.current!.open = true;
    place.current!.scrollIntoView({ block: 'start' });
  }, [isGoal]);
  const [example] = cause.findings;
  const { sessions } = model.data.summary;
  const share = cause.sessions === null || sessions === 0 ? '' : ` in ${counted(cause.sessions, 'session')}`;
  return (
    <details class="cause" id={`finding-${cause.id}`} ref={place} open={isOpen}>
      <summary>
        <SeverityMark severity={cause.severity} />
        <span class="cause-head">
          <span class="cause-title">{capitalised(cause.title)}</span>
          {example === undefined ? null : <Sentence class="cause-message">{example.message}</Sentence>}
        </span>
        <span class="cause-tags">
          {cause.count > 1 ? (
            <span class="tag" title={`${counted(cause.count, 'time')}${share}`}>
              {grouped(cause.count)}×
            </span>
          ) : null}
          {example === undefined || (example.side === 'unknown' && !isAlarming(cause)) ? null : (
            <span class={`tag side-${example.side}`}>{causeInWords(example)}</span>
          )}
        </span>
        <Icon name="chevron" class="turner" />
      </summary>
      <CauseBody model={model} cause={cause} />
    </details>
  );
}

function isAlarming({ severity }: Cause): boolean {
  return severity === 'error' || severity === 'warning';
}

function CauseBody({ model, cause }: Pick<CauseProps, 'model' | 'cause'>) {
  const [example] = cause.findings;
  const { group } = cause;
  return (
    <div class="cause-body">
      {cause.explanation === '' ? null : <p>{cause.explanation}</p>}
      {example === undefined ? null : <Evidence model={model} finding={example} />}
      {example === undefined ? null : <Remedies model={model} finding={example} />}
      <dl class="details">
        {example?.wouldDecide === undefined ? null : <Detail term="Would settle it">{example.wouldDecide}</Detail>}
        {cause.effects.length === 0 ? null : (
          <Detail term="Leads to">
            {cause.effects.map((id) => (
              <a key={id} class="listed" href={findingHash(id)}>
                {capitalised(model.causes.find((other) => other.id === id)?.title ?? id)}
              </a>
            ))}
          </Detail>
        )}
        {group === null ? null : <GroupDetails group={group} />}
        <Detail term="Name">
          <code>{cause.id}</code>
        </Detail>
        {cause.references.length === 0 ? null : <Detail term="See">{cause.references.join('; ')}</Detail>}
      </dl>
      <Occurrences model={model} cause={cause} />
    </div>
  );
}

function Detail({ term, children }: { readonly term: string; readonly children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

function GroupDetails({ group }: { readonly group: NonNullable<Cause['group']> }) {
  const span =
    group.firstAt === null ? null : `${timeInWords(group.firstAt)} to ${timeInWords(group.lastAt ?? undefined)}`;
  return (
    <>
      <Detail term="Seen">
        {counted(group.count, 'time')}
        {group.sessions === 0 ? '' : ` in ${counted(group.sessions, 'session')} (${percentInWords(group.share)})`}
        {group.note === null ? '' : `; ${group.note}`}
      </Detail>
      {span === null || group.firstAt === group.lastAt ? null : <Detail term="When">{span}</Detail>}
      {group.users.length === 0 ? null : <Detail term="Users">{namesInWords(group.users)}</Detail>}
      {group.peers.length === 0 ? null : <Detail term="Peers">{namesInWords(group.peers)}</Detail>}
    </>
  );
}

function namesInWords(names: readonly string[]): string {
  return names.length <= NAMES ? listed(names) : `${names.slice(0, NAMES).join(', ')}, …`;
}

/** The lines that show a finding; each leads to its place in the session. */
export function Evidence({ model, finding }: { readonly model: Model; readonly finding: FindingData }) {
  if (finding.evidence.length === 0) return null;
  const isDrawn = finding.session !== undefined && model.ladders.has(finding.session);
  const lines = [...finding.evidence].sort((a, b) => a.input - b.input || a.line - b.line);
  return (
    <ol class="evidence" aria-label="Lines that show it">
      {lines.map(({ input, line, text }) => (
        <li key={`${input}-${line}-${text}`}>
          {isDrawn ? (
            <a href={sessionHash(finding.session!, line)} title="Open in context">
              {placeInWords(model, input, line)}
            </a>
          ) : (
            <span class="soft">{placeInWords(model, input, line)}</span>
          )}
          <LogText>{text}</LogText>
        </li>
      ))}
    </ol>
  );
}

function placeInWords(model: Model, input: number, line: number): string {
  const { inputs } = model.data;
  const part = placeIn(inputs[input]?.parts ?? null, line);
  if (part !== null) return placeText({ ...part, path: baseName(part.path) });
  return inputs.length < 2 ? `line ${line}` : placeText({ path: baseName(inputs[input]?.path ?? ''), line });
}

function Remedies({ model, finding }: { readonly model: Model; readonly finding: FindingData }) {
  const remedies = model.data.remedies[finding.remedies] ?? [];
  if (remedies.length === 0) return null;
  return (
    <div class="remedies">
      <h3>What to change</h3>
      <ul>
        {remedies.map(({ side, text }) => (
          <li key={`${side}-${text}`}>
            <span class={`tag side-${side}`}>{side}</span> <bdi>{text}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Occurrences({ model, cause }: Pick<CauseProps, 'model' | 'cause'>) {
  const inSessions = cause.findings.filter(({ session }) => session !== undefined);
  if (inSessions.length === 0 || (inSessions.length === 1 && cause.count === 1)) return null;
  const shown = inSessions.slice(0, OCCURRENCES);
  return (
    <div class="occurrences">
      <h3>Where</h3>
      <ul>
        {shown.map((finding) => (
          <li key={finding.key}>
            <SessionLink model={model} finding={finding} />
            {finding.message === cause.findings[0]!.message ? (
              <span class="soft">{lineInWords(model, finding)}</span>
            ) : (
              <Sentence class="soft">{finding.message}</Sentence>
            )}
          </li>
        ))}
      </ul>
      <p class="small soft">
        {cause.count > shown.length ? `${grouped(cause.count - shown.length)} more. ` : ''}
        <a href={hashOf('sessions', '', [['finding', cause.id]])}>Show these sessions in the table</a>
      </p>
    </div>
  );
}

function lineInWords(model: Model, { evidence: [first] }: FindingData): string {
  return first === undefined ? '' : placeInWords(model, first.input, first.line);
}

function SessionLink({ model, finding }: { readonly model: Model; readonly finding: FindingData }) {
  const { session, evidence } = finding;
  if (session === undefined || !model.ladders.has(session)) return <span>{session}</span>;
  return <a href={sessionHash(session, evidence[0]?.line)}>{session}</a>;
}

/** Gravest first. */
export function byGravity(a: FindingData, b: FindingData): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}
