import type { Finding } from '../../core/report.ts';
import type { Session } from '../../core/sessions/session.ts';
import type { StepData } from './page-data.ts';

/** Characters of one step; a longer one is cut. */
const TEXT_MAX = 2_000;
/** Steps around a line that a finding shows. */
const AROUND = 8;
/** Share of the steps kept that come from the session's begin; its end has the other half. */
const HEAD_SHARE = 0.5;

const CLIENT = 0;
const SERVER = 1;
const REMARK = 2;

interface Ordered {
  readonly order: number;
  readonly step: StepData;
}

/** The dialogue of a session in order, at most about `max` steps of it: its begin, its end, and what findings speak of. */
export function stepsOf(
  session: Session,
  findings: readonly Finding[],
  max: number,
): { steps: StepData[]; leftOut: Record<number, number> } {
  const all = orderedSteps(session);
  if (all.length <= max) return { steps: all, leftOut: {} };
  const isKept = choose(all, findings, max);
  const steps: StepData[] = [];
  const leftOut: Record<number, number> = {};
  all.forEach((step, i) => {
    if (isKept[i] === 1) steps.push(step);
    else leftOut[steps.length] = (leftOut[steps.length] ?? 0) + 1;
  });
  return { steps, leftOut };
}

function orderedSteps(session: Session): StepData[] {
  const found: Ordered[] = [];
  const since = (atMs: number | null) => (atMs === null || session.startMs === null ? null : atMs - session.startMs);
  session.exchanges.forEach(({ verb, argument, line, order, atMs, replies }, index) => {
    if (verb !== null) {
      const text = argument === null || argument === '' ? verb : `${verb} ${argument}`;
      found.push({ order, step: [CLIENT, line, since(atMs), cut(text), index] });
    }
    for (const reply of replies) {
      const text = cut(`${reply.code} ${reply.text}`);
      found.push({ order: reply.order, step: [SERVER, reply.line, since(reply.atMs), text, index] });
    }
  });
  for (const { text, order, line, atMs } of session.remarks)
    if (text.trim() !== '') found.push({ order, step: [REMARK, line, since(atMs), cut(text), null] });
  const steps = found.sort((a, b) => a.order - b.order).map(({ step }) => step);
  return steps.filter((step, i) => {
    const next = steps[i + 1];
    // Of two that say the same, the first stays.
    return !isToldBy(step, steps[i - 1]) && !(isToldBy(step, next) && next![3] !== step[3]);
  });
}

/** Whether a remark is but a part of the one beside it: one line may tell several things. */
function isToldBy([speaker, line, , text]: StepData, other: StepData | undefined): boolean {
  return (
    other !== undefined && speaker === REMARK && other[0] === REMARK && other[1] === line && other[3].includes(text)
  );
}

function choose(all: readonly StepData[], findings: readonly Finding[], max: number): Uint8Array {
  const isKept = new Uint8Array(all.length);
  const head = Math.floor(max * HEAD_SHARE);
  isKept.fill(1, 0, head);
  isKept.fill(1, all.length - (max - head));
  const lines = new Set(findings.flatMap(({ evidence }) => evidence.map(({ line }) => line)));
  // Ten thousand findings in one session must not undo the bound.
  let room = max;
  for (let i = 0; i < all.length && room > 0; i++) {
    if (!lines.has(all[i]![1])) continue;
    const start = Math.max(0, i - AROUND);
    const end = Math.min(all.length, i + AROUND);
    isKept.fill(1, start, end);
    room -= end - start;
  }
  return isKept;
}

function cut(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.substring(0, TEXT_MAX)}…`;
}
