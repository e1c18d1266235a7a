import { grouped } from '../../core/diagnoses/wording.ts';
import { type Finding, type Remedy, SEVERITIES } from '../../core/report.ts';
import { type Layout, padEnd, shorten, wrapText } from '../layout.ts';
import { type PlaceOf, placeText } from '../place.ts';
import { escapeControls } from '../printable.ts';

const LABEL = 10;
const INDENT = '  ';
const EVIDENCE_SHOWN = 4;
const PLACES_SHOWN = 5;

/** A finding, and others that say the very same of other lines. */
export interface Told {
  readonly finding: Finding;
  readonly others: readonly Finding[];
  /** An earlier one of the same kind with the same advice, which is not repeated. */
  readonly advisedBefore: Finding | null;
}

/** Puts the worst first, and findings of the same words together; those that follow from another are left to it. */
export function arrangeFindings(findings: readonly Finding[]): Told[] {
  const keys = new Set(findings.map((finding) => finding.key));
  const alike = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.causedBy !== null && keys.has(finding.causedBy)) continue;
    const words = `${finding.id}\0${finding.severity}\0${finding.message}`;
    const same = alike.get(words);
    if (same === undefined) alike.set(words, [finding]);
    else same.push(finding);
  }
  const rank = ({ finding }: Told) => SEVERITIES.indexOf(finding.severity);
  const told = [...alike.values()].map((same) => ({ finding: same[0]!, others: same.slice(1), advisedBefore: null }));
  return withoutRepetition(told.sort((a, b) => rank(a) - rank(b)));
}

function withoutRepetition(told: readonly Told[]): Told[] {
  const first = new Map<string, Finding>();
  return told.map((each) => {
    const { id, severity, remedies } = each.finding;
    if (severity === 'info' || remedies.length === 0) return each;
    const advice = JSON.stringify([id, remedies]);
    const advisedBefore = first.get(advice) ?? null;
    if (advisedBefore === null) first.set(advice, each.finding);
    return { ...each, advisedBefore };
  });
}

/** A finding in words: where, what, whose side, the lines that show it, and what to do. */
export function describeFinding(
  { finding, others, advisedBefore }: Told,
  followers: readonly Finding[],
  placeOf: PlaceOf,
  layout: Layout,
): string[] {
  const row = (label: string, text: string) => wrapText(layout, INDENT + layout.dim(padEnd(label, LABEL)), text);
  const paint = layout.severity[finding.severity];
  const lines = [`${paint(padEnd(finding.severity, 8))} ${layout.bold(finding.id)}  ${placesText([finding], placeOf)}`];
  lines.push(...wrapText(layout, INDENT, escapeControls(finding.message)));
  const isAdvice = finding.severity !== 'info';
  if (others.length > 0) lines.push(...row('also at', placesText(others, placeOf)));
  if (isAdvice) lines.push(...row('cause', causeText(finding)));
  const evidences = isAdvice ? finding.evidence.slice(0, EVIDENCE_SHOWN).sort((a, b) => a.line - b.line) : [];
  for (const evidence of evidences)
    lines.push(
      `${INDENT}${layout.dim(padEnd(`line ${evidence.line}`, LABEL))}${shorten(evidence.text, layout.width - LABEL - 2)}`,
    );
  if (advisedBefore !== null) lines.push(...row('do', `as above, for ${placesText([advisedBefore], placeOf)}`));
  else if (isAdvice) lines.push(...describeRemedies(finding.remedies, LABEL, layout));
  if (finding.wouldDecide !== null) lines.push(...row('to settle', escapeControls(finding.wouldDecide)));
  for (const follower of followers)
    lines.push(...row('leads to', `${follower.id} ${layout.dim(`(${placesText([follower], placeOf)})`)}`));
  if (advisedBefore === null && finding.references.length > 0)
    lines.push(...row('see', layout.dim(finding.references.join('; '))));
  return lines;
}

/** What to change, each remedy with who can; `columns` is the room for the label. */
export function describeRemedies(remedies: readonly Remedy[], columns: number, layout: Layout): string[] {
  return remedies.flatMap(({ side, text }, i) =>
    wrapText(layout, INDENT + layout.dim(padEnd(i === 0 ? 'do' : '', columns)), escapeControls(`${side}: ${text}`)),
  );
}

/** Whose side the cause is on, and how sure that is. */
export function causeText({ cause }: Finding): string {
  if (cause.side === 'unknown') return 'not clear from this text';
  return cause.certainty === 'certain'
    ? `the ${cause.side}'s side`
    : `${cause.certainty === 'likely' ? 'likely' : 'possibly'} the ${cause.side}'s side`;
}

/** `server.log:30`, or where several show it: `server.log:30, server.log:70 and 3 more`. */
export function placesText(findings: readonly Finding[], placeOf: PlaceOf): string {
  const places = findings.flatMap(({ evidence: [first] }) =>
    first === undefined ? [] : [escapeControls(placeText(placeOf(first)))],
  );
  const more = places.length - PLACES_SHOWN;
  return places.slice(0, PLACES_SHOWN).join(', ') + (more > 0 ? ` and ${grouped(more)} more` : '');
}
