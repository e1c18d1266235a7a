import type { Sink, Totals } from '../../core/analysis.ts';
import { diagnoses, observers } from '../../core/diagnoses/index.ts';
import { pairDiagnoses } from '../../core/diagnoses/pairs/index.ts';
import { formats } from '../../core/formats/index.ts';
import { type Finding, SEVERITIES, type SummaryRow } from '../../core/report.ts';
import type { Session } from '../../core/sessions/session.ts';
import { VERSION } from '../../version.ts';
import { FigureCounter } from './figures.ts';
import { knownOf, ladderOf } from './ladder-data.ts';
import { LadderShelf } from './ladder-shelf.ts';
import { type DiagnosisData, type FindingData, type FormatData, PAGE_SCHEMA } from './page-data.ts';
import { type SessionRow, sessionRowOf, sessionRows } from './session-rows.ts';
import { Shelves } from './shelves.ts';
import { stringifyForPage } from './stringify.ts';

/** How much a page holds. */
export interface PageBounds {
  /** Sessions in the table. */
  readonly rows: number;
  /** Characters of all sessions that are drawn. */
  readonly ladders: number;
  /** Steps of one session. */
  readonly steps: number;
  readonly pairs: number;
  /** Findings of no single session, and those that stand for many. */
  readonly findings: number;
}

/** Of a report that is sent around: under 5 MB however long the log is. */
export const REPORT_BOUNDS: PageBounds = { rows: 10_000, ladders: 3_000_000, steps: 1_000, pairs: 200, findings: 500 };
/** Of a page that analyses for itself: what a browser shows without a pause. */
export const LIVE_BOUNDS: PageBounds = {
  rows: 200_000,
  ladders: 30_000_000,
  steps: 5_000,
  pairs: 2_000,
  findings: 5_000,
};

/** Occurrences of each finding that are drawn before anything else. */
const EXAMPLES = 3;
/** Lines of a format's sample that its example is chosen from. */
const EXAMPLE_LINES = 6;
/** Rows of each of the summary's tables. */
const SUMMARY_ROWS = 200;
/** Ranks of sessions: an example of a finding, then by severity and outcome. */
const Rank = { Example: 0, Error: 1, Warning: 2, Broken: 3, Notice: 4, Rest: 5 } as const;
const RANKS = 6;

/** Makes the page's data of an analysis, as JSON that may stand in a script element. */
export class PageSink implements Sink {
  private readonly write: (chunk: string) => void;
  private readonly bounds: PageBounds;
  private readonly figures = new FigureCounter();
  private readonly rows: Shelves<SessionRow>;
  private readonly ladders: LadderShelf;
  private readonly seen = new Map<string, number>();
  private readonly remedies = new Map<string, number>();

  constructor(write: (chunk: string) => void, bounds: PageBounds) {
    this.write = write;
    this.bounds = bounds;
    this.rows = new Shelves(RANKS, bounds.rows, () => 1);
    this.ladders = new LadderShelf(RANKS, bounds.ladders);
  }

  session(session: Session, findings: readonly Finding[]): void {
    this.figures.add(session, findings);
    const rank = this.rankOf(session, findings);
    this.rows.offer(rank, () => sessionRowOf(session, findings));
    this.ladders.offer(rank, () => {
      const told = findings.map((finding) => this.tell(finding));
      return ladderOf(session, findings, told, this.bounds.steps);
    });
  }

  end(totals: Totals): void {
    const graver = (a: Finding, b: Finding) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
    const findings = [...totals.findings].sort(graver).slice(0, this.bounds.findings);
    const told = findings.map((finding) => this.tell(finding));
    const ids = [...this.seen.keys(), ...findings.map(({ id }) => id), ...totals.groups.map(({ id }) => id)];
    const { ladders, texts, leftOut } = this.ladders.pack();
    const pairs = totals.pairs.slice(0, this.bounds.pairs);
    this.write(`{"schema":"${PAGE_SCHEMA}"`);
    this.member('version', VERSION);
    this.member('verdict', totals.verdict);
    this.member('inputs', totals.inputs);
    this.member('summary', boundSummary(totals.summary));
    this.member('figures', this.figures.figures());
    this.member('groups', totals.groups);
    this.member('findings', told);
    this.member('diagnoses', diagnosisData(ids));
    this.member('sessions', sessionRows(this.rows.items()));
    this.member('pairs', pairs);
    this.member('undecidedPairs', totals.undecidedPairs.slice(0, this.bounds.pairs));
    this.member('formats', formats.map(formatData));
    this.member('leftOut', {
      sessions: this.rows.leftOut,
      ladders: Math.max(0, leftOut - this.rows.leftOut),
      pairs: totals.pairs.length - pairs.length,
    });
    this.list('ladders', ladders);
    this.list('texts', texts);
    this.list('remedies', [...this.remedies.keys()]);
    this.write('}');
  }

  private member(name: string, value: unknown): void {
    this.write(`,\n"${name}":${stringifyForPage(value)}`);
  }

  /** A list of what is JSON already. */
  private list(name: string, items: readonly string[]): void {
    this.write(`,\n"${name}":[`);
    items.forEach((item, i) => {
      this.write(i === 0 ? item : `,\n${item}`);
    });
    this.write(']');
  }

  private rankOf(session: Session, findings: readonly Finding[]): number {
    let isExample = false;
    let gravest: number = SEVERITIES.length;
    for (const { id, severity } of findings) {
      const seen = (this.seen.get(id) ?? 0) + 1;
      this.seen.set(id, seen);
      if (seen <= EXAMPLES) isExample = true;
      gravest = Math.min(gravest, SEVERITIES.indexOf(severity));
    }
    if (isExample) return Rank.Example;
    const severity = SEVERITIES[gravest];
    if (severity === 'error') return Rank.Error;
    if (severity === 'warning') return Rank.Warning;
    if (session.transfers.some(({ outcome }) => outcome === 'aborted' || outcome === 'failed')) return Rank.Broken;
    return severity === 'notice' ? Rank.Notice : Rank.Rest;
  }

  /** The finding for the page; its remedies are listed once for all findings. */
  private tell(finding: Finding): FindingData {
    const { key, id, severity, session, transfer, dataConnection, pair, message, cause, causedBy, wouldDecide } =
      finding;
    const remedies = stringifyForPage(finding.remedies.map(({ side, text }) => ({ side, text })));
    let index = this.remedies.get(remedies);
    if (index === undefined) {
      index = this.remedies.size;
      this.remedies.set(remedies, index);
    }
    return {
      ...knownOf({ key, id, severity, session, transfer, dataConnection, pair, message, causedBy, wouldDecide }),
      side: cause.side,
      certainty: cause.certainty,
      evidence: finding.evidence.map(({ input, line, text }) => ({ input, line, text })),
      remedies: index,
    };
  }
}

function formatData({ id, title, vantage, samples }: (typeof formats)[number]): FormatData {
  const lines = samples[0]?.split('\n') ?? [];
  // The longest of the first lines tells most.
  const example = lines.slice(0, EXAMPLE_LINES).reduce((a, b) => (b.length > a.length ? b : a), '');
  return { id, title, vantage, example };
}

function diagnosisData(ids: readonly string[]): Record<string, DiagnosisData> {
  const wanted = new Set(ids);
  const found = [...diagnoses, ...observers, ...pairDiagnoses].filter(({ id }) => wanted.has(id));
  return Object.fromEntries(
    found.map(({ id, title, explanation, references }) => [id, { title, explanation, references }]),
  );
}

/** The summary with its long tables cut; what was cut is still in its totals. */
function boundSummary(summary: Totals['summary']): object {
  const byTransfers = (a: SummaryRow, b: SummaryRow) => b.aborted - a.aborted || b.transfers - a.transfers;
  return Object.fromEntries(
    Object.entries(summary).map(([name, value]) => {
      if (!Array.isArray(value) || value.length <= SUMMARY_ROWS) return [name, value];
      const isTimed = name === 'byDay' || name === 'byHour';
      return [name, (isTimed ? value : [...value].sort(byTransfers)).slice(0, SUMMARY_ROWS)];
    }),
  );
}
