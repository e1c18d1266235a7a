import { type Finding, type Group, type Input, type Outcome, SEVERITIES, type Summary } from '../report.ts';
import type { Session } from '../sessions/session.ts';
import { Trait } from '../sessions/traits.ts';
import { rankOf } from './causes.ts';
import { elapsedInWords, extentOf } from './transfers/extent.ts';
import { counted, grouped, listed } from './wording.ts';

/** What the report's verdict needs to remember of the sessions. */
export class Gravest {
  /** Of the gravest root finding; lower is graver. */
  rank = Number.POSITIVE_INFINITY;
  message: string | null = null;
  private complaint: string | null = null;
  private habit: string | null = null;
  /** Whether some session's log leaves out what could have gone wrong. */
  isBlind = false;

  take(session: Session, findings: readonly Finding[]): void {
    this.isBlind ||= isBlind(session);
    if (findings.length === 0) return;
    const main = mainFinding(findings);
    if (main !== null && main.weight < this.rank) {
      this.rank = main.weight;
      this.message = main.finding.message;
    }
    this.complaint ??= complaintOf(findings)?.message ?? null;
    this.habit ??= habitOf(findings)?.message ?? null;
  }

  /** What is to be told where all went well: what a client complains of, else a habit that is a warning. */
  get aside(): string | null {
    return this.complaint ?? this.habit;
  }
}

/** Findings about how things are done, not about what went wrong: they come last in a verdict. */
const HABITS: ReadonlySet<string> = new Set([
  'cleartext-login',
  'tls-fallback-to-cleartext',
  'data-connection-in-clear',
  'outdated-server-banner',
  'anonymous-accepted',
  'secret-in-transcript',
]);
const OF_HABITS = 3;

/** Findings about one file: what is wrong with every data connection goes before them. */
const OF_ONE_FILE: ReadonlySet<string> = new Set(['file-not-found', 'file-locked-or-denied', 'list-option-as-path']);

/** What the client says went wrong, where nothing else does. */
const COMPLAINT = 'client-reported-error';

function complaintOf(findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ id, causedBy }) => id === COMPLAINT && causedBy === null);
}

function habitOf(findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ id, severity, causedBy }) => HABITS.has(id) && severity === 'warning' && causedBy === null);
}

/** Whether the log would not show it if something went wrong. */
function isBlind(session: Session): boolean {
  if (session.commandCount === 0) return true;
  // Only sessions with this trait have gaps; to look for them costs.
  if ((session.traits & Trait.cut) === 0) return false;
  return session.gaps.includes('commands-hidden') || session.gaps.includes('replies-not-logged');
}

/** The finding that a verdict tells, and how grave it is with what follows from it; lower is graver. */
export interface MainFinding {
  readonly finding: Finding;
  readonly weight: number;
}

/** The gravest finding that no other explains, and among equals one that is about a transfer first; null if there is none. */
export function mainFinding(findings: readonly Finding[]): MainFinding | null {
  const effects = new Map<string, number>();
  for (const { causedBy, severity } of findings)
    if (causedBy !== null)
      effects.set(causedBy, Math.min(rankOf(severity), effects.get(causedBy) ?? SEVERITIES.length));
  let main: MainFinding | null = null;
  for (const finding of findings) {
    if (finding.causedBy !== null) continue;
    const weight = weightOf(finding, effects.get(finding.key) ?? SEVERITIES.length);
    if (main === null || weight < main.weight) main = { finding, weight };
  }
  return main;
}

function weightOf({ id, severity, transfer, dataConnection }: Finding, gravestEffect: number): number {
  const isOfTransfer = transfer !== null || dataConnection !== null;
  const lighter = HABITS.has(id) ? OF_HABITS : OF_ONE_FILE.has(id) ? 0.5 : 0;
  return Math.min(rankOf(severity), gravestEffect) * 2 + (isOfTransfer ? 0 : 1) + lighter;
}

/** Weights below this are errors and warnings. */
const LOUD = rankOf('notice') * 2;

/** A session in one or two sentences: how its transfers ended, and the most important finding. */
export function sessionVerdict(session: Session, findings: readonly Finding[]): string {
  const counts = countOutcomes(session);
  const total = session.transfers.length;
  const found = mainFinding(findings);
  const main = found?.finding ?? null;
  const isLoud = found !== null && (found.weight < LOUD || found.finding.severity === 'warning');
  const bad = counts.aborted + counts.failed;
  if (total === 0) {
    if (main !== null && (isLoud || main.severity === 'notice')) return main.message;
    if (session.login === 'refused') return main?.message ?? 'The login was refused.';
    return session.incomplete || session.end === 'unfinished' || session.end === 'timed-out' || isBlind(session)
      ? 'No transfer is on record.'
      : 'No transfer was made, nothing went wrong.';
  }
  if (bad === 0 && counts.unfinished === 0 && !isLoud)
    return doneInWords(
      `${counted(total, 'transfer')} completed`,
      (complaintOf(findings) ?? habitOf(findings))?.message ?? null,
      isBlind(session),
    );
  const said = outcomesInWords(counts, total);
  const detail = bad === 1 && total === 1 ? detailOf(session) : '';
  const cause = main !== null && (isLoud || bad > 0) ? ` ${main.message}` : '';
  return `${said}${detail}.${cause}`;
}

/** All inputs in one or two sentences. `observed`: what only many sessions together show. */
export function reportVerdict(
  summary: Summary,
  groups: readonly Group[],
  inputs: readonly Input[],
  gravest: Gravest = new Gravest(),
  observed: readonly Finding[] = [],
): string {
  const { transfers, sessions } = summary;
  if (sessions === 0)
    return inputs.length > 0 && inputs.every(({ error }) => error !== null)
      ? 'Nothing could be read.'
      : 'No FTP dialogue was found.';
  const total = transfers.completed + transfers.aborted + transfers.failed + transfers.unfinished;
  const many = sessions === 1 ? '' : ` in ${counted(sessions, 'session')}`;
  const isLoud = gravest.rank < LOUD;
  const worst = groups.find(({ severity }) => severity === 'error' || severity === 'warning');
  const often =
    worst !== undefined && worst.sessions > 1
      ? ` Most often: ${worst.id}, in ${counted(worst.sessions, 'session')}.`
      : '';
  const cause = isLoud ? ` ${gravest.message}` : '';
  if (total === 0) {
    // What many sessions together show tells more than one of them.
    const pattern = patternOf(observed);
    if (isLoud || pattern !== null) return `${counted(sessions, 'session')}, no transfer.${often}${pattern ?? cause}`;
    const none = gravest.isBlind ? 'no transfer on record' : 'no transfer';
    const rest = gravest.aside ?? (gravest.isBlind ? null : 'Nothing went wrong.');
    return `${counted(sessions, 'session')}, ${none}.${rest === null ? '' : ` ${rest}`}`;
  }
  const bad = transfers.aborted + transfers.failed;
  if (bad === 0 && transfers.unfinished === 0 && !isLoud)
    return doneInWords(
      `${counted(total, 'transfer')} completed${many}`,
      gravest.aside === null ? null : `${often.trimStart()} ${gravest.aside}`.trimStart(),
      gravest.isBlind,
    );
  const said = `${outcomesInWords(transfers, total)}${many}.`;
  const reason = cause === '' && bad > 0 && gravest.message !== null ? ` ${gravest.message}` : cause;
  return `${said}${sessions > 1 ? often : ''}${reason}`;
}

/** The gravest alarm that only many sessions together raise, and how often; null if there is none. */
function patternOf(observed: readonly Finding[]): string | null {
  const alarms = observed.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const worst = alarms.find(({ severity }) => severity === 'error') ?? alarms[0];
  if (worst === undefined) return null;
  const more = alarms.filter(({ id }) => id === worst.id).length - 1;
  return ` ${worst.message}${more === 0 ? '' : ` The same is found ${counted(more, 'time')} more.`}`;
}

function doneInWords(done: string, aside: string | null, blind: boolean): string {
  if (aside !== null) return `${done}. ${aside}`;
  return blind ? `${done}, as far as the log tells.` : `${done}, nothing went wrong.`;
}

function countOutcomes(session: Session): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { completed: 0, aborted: 0, failed: 0, unfinished: 0 };
  for (const { outcome } of session.transfers) counts[outcome]++;
  return counts;
}

/** `1 of 1 transfers was aborted`, `2 of 9 transfers were aborted and 1 failed`, `3 transfers completed`. */
function outcomesInWords(counts: Readonly<Record<Outcome, number>>, total: number): string {
  const { aborted, failed, unfinished } = counts;
  if (aborted + failed + unfinished === 0) return `${counted(total, 'transfer')} completed`;
  const parts: string[] = [];
  if (aborted > 0) parts.push(`${grouped(aborted)} ${verbFor(aborted, parts, 'aborted')}`);
  if (failed > 0) parts.push(`${grouped(failed)} failed`);
  if (unfinished > 0) parts.push(`${grouped(unfinished)} ${verbFor(unfinished, parts, 'not seen to end')}`);
  const [first = '', ...rest] = parts;
  const [number, ...words] = first.split(' ');
  return listed([`${number} of ${counted(total, 'transfer', 'transfers')} ${words.join(' ')}`, ...rest]).replace(
    / of 1 transfer /,
    ' of 1 transfers ',
  );
}

function verbFor(count: number, before: readonly string[], participle: string): string {
  if (before.length > 0) return participle;
  return `${count === 1 ? 'was' : 'were'} ${participle}`;
}

/** `: 426 after 58 s` of the session's only transfer. */
function detailOf(session: Session): string {
  const transfer = session.transfers[0]!;
  const { elapsedMs, resolutionMs } = extentOf(session, 0);
  const code = transfer.finalCode === null ? 'no final reply' : String(transfer.finalCode);
  return `: ${code}${elapsedMs === null ? '' : ` after ${elapsedInWords(elapsedMs, resolutionMs)}`}`;
}
