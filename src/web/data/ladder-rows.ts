import type { Severity } from '../../core/report.ts';
import { SEVERITIES } from '../../core/report.ts';
import { type FindingData, type LadderData, SPEAKERS, type StepData } from '../../exporters/html/page-data.ts';

/** A pause between two steps that is worth room on the page. */
const PAUSE_MS_MIN = 3_000;
/** Remarks in a row that are shown; of more, only the first ones until they are asked for. */
const REMARKS_SHOWN = 3;

/** One row of the ladder. */
export type LadderRow = StepRow | PauseRow | FoldRow | LeftOutRow;

export interface StepRow {
  readonly kind: 'step';
  readonly from: (typeof SPEAKERS)[number];
  readonly line: number;
  /** Since the session's start. */
  readonly ms: number | null;
  /** The reply's code; null for commands and remarks. */
  readonly code: number | null;
  readonly text: string;
  readonly exchange: number | null;
  /** Findings that are told beside it. */
  readonly notes: readonly FindingData[];
  /** Gravest finding that the line is evidence of. */
  readonly mark: Severity | null;
}

/** Time that passed without a word. */
export interface PauseRow {
  readonly kind: 'pause';
  readonly ms: number;
}

/** Remarks that are folded away, by the index of the first one. */
export interface FoldRow {
  readonly kind: 'fold';
  readonly at: number;
  readonly count: number;
}

/** Steps that are not in the page. */
export interface LeftOutRow {
  readonly kind: 'left-out';
  readonly count: number;
}

/** What the person has unfolded, and the line that has to be seen. */
export interface Unfolded {
  readonly at: ReadonlySet<number>;
  readonly line: number | null;
}

/** The ladder's rows from top to bottom. */
export function ladderRows(ladder: LadderData, findings: readonly FindingData[], unfolded: Unfolded): LadderRow[] {
  const steps = ladder.steps.map(toStep);
  const notes = notesByStep(steps, findings);
  const marks = marksByLine(findings);
  const rows: LadderRow[] = [];
  let before: number | null = null;
  for (let i = 0; i < steps.length; i++) {
    const leftOut = ladder.leftOut[i];
    if (leftOut !== undefined) rows.push({ kind: 'left-out', count: leftOut });
    const folded = foldedAt(steps, i, notes, marks, unfolded);
    if (folded > 0) {
      rows.push({ kind: 'fold', at: i, count: folded });
      i += folded - 1;
      continue;
    }
    const step = steps[i]!;
    if (step.ms !== null && before !== null && step.ms - before >= PAUSE_MS_MIN)
      rows.push({ kind: 'pause', ms: step.ms - before });
    if (step.ms !== null) before = step.ms;
    rows.push({ ...step, notes: notes.get(i) ?? [], mark: marks.get(step.line) ?? null });
  }
  const atEnd = ladder.leftOut[steps.length];
  if (atEnd !== undefined) rows.push({ kind: 'left-out', count: atEnd });
  return rows;
}

/** Findings that no line of the ladder shows. */
export function findingsWithoutLine(ladder: LadderData, findings: readonly FindingData[]): FindingData[] {
  const lines = new Set(ladder.steps.map(([, line]) => line));
  return findings.filter(({ evidence }) => evidence[0] === undefined || !lines.has(evidence[0].line));
}

type Step = Omit<StepRow, 'notes' | 'mark'>;

function toStep([speaker, line, ms, text, exchange]: StepData): Step {
  const from = SPEAKERS[speaker]!;
  const code = from === 'server' ? Number(/^\d{3}/.exec(text)?.[0] ?? Number.NaN) : Number.NaN;
  return { kind: 'step', from, line, ms, code: Number.isNaN(code) ? null : code, text, exchange };
}

/** Each finding stands at the first step of its most telling line, where that says the line's text if several do. */
function notesByStep(steps: readonly Step[], findings: readonly FindingData[]): Map<number, FindingData[]> {
  const notes = new Map<number, FindingData[]>();
  const firstOfLine = new Map<number, number>();
  steps.forEach(({ line }, i) => {
    if (!firstOfLine.has(line)) firstOfLine.set(line, i);
  });
  for (const finding of findings) {
    const [evidence] = finding.evidence;
    if (evidence === undefined) continue;
    const first = firstOfLine.get(evidence.line);
    if (first === undefined) continue;
    let at = first;
    for (let i = first; steps[i]?.line === evidence.line; i++) if (evidence.text.includes(steps[i]!.text)) at = i;
    const list = notes.get(at);
    if (list === undefined) notes.set(at, [finding]);
    else list.push(finding);
  }
  return notes;
}

function marksByLine(findings: readonly FindingData[]): Map<number, Severity> {
  const marks = new Map<number, Severity>();
  for (const severity of [...SEVERITIES].reverse())
    for (const finding of findings)
      if (finding.severity === severity) for (const { line } of finding.evidence) marks.set(line, severity);
  return marks;
}

/** How many remarks from `start` on are folded away. */
function foldedAt(
  steps: readonly Step[],
  start: number,
  notes: ReadonlyMap<number, unknown>,
  marks: ReadonlyMap<number, unknown>,
  unfolded: Unfolded,
): number {
  const isPlain = (i: number) =>
    steps[i]?.from === 'remark' && !notes.has(i) && !marks.has(steps[i]!.line) && steps[i]!.line !== unfolded.line;
  if (!isPlain(start) || unfolded.at.has(start)) return 0;
  // Only from where the shown ones of a run end.
  for (let i = 1; i <= REMARKS_SHOWN; i++) if (!isPlain(start - i)) return 0;
  if (isPlain(start - REMARKS_SHOWN - 1)) return 0;
  let end = start;
  while (isPlain(end)) end++;
  return end - start > 1 ? end - start : 0;
}
