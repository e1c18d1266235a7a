import type { Totals } from '../../core/analysis.ts';
import { counted, grouped, listed } from '../../core/diagnoses/wording.ts';
import { type Finding, type Group, OUTCOMES, SEVERITIES } from '../../core/report.ts';
import { type Layout, padEnd, wrapText } from '../layout.ts';
import { type PlaceOf, placeText } from '../place.ts';
import { escapeControls } from '../printable.ts';
import { sizeInWords } from '../quantities.ts';
import { spacedTime } from '../times.ts';
import { answerLines } from './answers.ts';
import { describeRemedies } from './finding.ts';

const LABEL = 12;
const NAMES_SHOWN = 5;

/** What many sessions come to, in a few lines. `top`: how many users, peers and the like are named. */
export function describeTotals({ inputs, pairs, summary }: Totals, top: number, layout: Layout): string[] {
  const row = (label: string, text: string) =>
    text === '' ? [] : wrapText(layout, layout.dim(padEnd(label, LABEL)), escapeControls(text));
  const lines = inputs.reduce((sum, input) => sum + input.lines, 0);
  const transfers = OUTCOMES.reduce((sum, outcome) => sum + summary.transfers[outcome], 0);
  const outcomes = OUTCOMES.filter((outcome) => summary.transfers[outcome] > 0).map(
    (outcome) => `${grouped(summary.transfers[outcome])} ${outcome}`,
  );
  const days = summary.byDay.map((day) => day.key).sort();
  const span = days.length === 0 ? '' : days.length === 1 ? ` on ${days[0]}` : ` from ${days[0]} to ${days.at(-1)}`;
  const bytes = summary.bytes.known > 0 ? `, ${sizeInWords(summary.bytes.known)} that are known` : '';
  return [
    ...row('inputs', `${counted(inputs.length, 'file')}, ${counted(lines, 'line')}`),
    ...row('sessions', `${grouped(summary.sessions)}${span}`),
    ...row('pairs', pairs.length === 0 ? '' : `${counted(pairs.length, 'session')} recorded by both sides`),
    ...row('transfers', `${grouped(transfers)}${outcomes.length === 0 ? '' : `: ${listed(outcomes)}`}${bytes}`),
    ...answerLines(summary, top).flatMap(([label, text]) => row(label, text)),
  ];
}

/** The findings of many sessions, one entry a diagnosis, with one of them as the example. */
export function describeGroups(
  groups: readonly Group[],
  examples: ReadonlyMap<string, Finding>,
  placeOf: PlaceOf,
  layout: Layout,
): string[] {
  const rank = (group: Group) => SEVERITIES.indexOf(group.severity);
  const sorted = [...groups].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
  return sorted.flatMap((group) => ['', ...describeGroup(group, examples.get(group.id), placeOf, layout)]);
}

function describeGroup(group: Group, example: Finding | undefined, placeOf: PlaceOf, layout: Layout): string[] {
  const row = (label: string, text: string) =>
    text === '' ? [] : wrapText(layout, `  ${layout.dim(padEnd(label, LABEL - 2))}`, escapeControls(text));
  const paint = layout.severity[group.severity];
  const share = group.share > 0 ? ` (${percentText(group.share)})` : '';
  const where = group.sessions > 0 ? ` in ${counted(group.sessions, 'session')}${share}` : '';
  const lines = [
    `${paint(padEnd(group.severity, 8))} ${layout.bold(group.id)}  ${counted(group.count, 'time')}${where}`,
  ];
  if (example !== undefined) {
    const [first] = example.evidence;
    lines.push(...wrapText(layout, '  ', escapeControls(example.message)));
    if (first !== undefined) lines.push(...row('example', placeText(placeOf(first))));
  }
  lines.push(...row('note', group.note ?? ''), ...row('when', spanText(group)));
  lines.push(...row('users', namesText(group.users)), ...row('peers', namesText(group.peers)));
  if (group.severity !== 'info' && example !== undefined)
    lines.push(...describeRemedies(example.remedies, LABEL - 2, layout));
  return lines;
}

function percentText(share: number): string {
  const percent = share * 100;
  return percent >= 10 ? `${Math.round(percent)} %` : `${percent < 0.1 ? 'under 0.1' : percent.toFixed(1)} %`;
}

function spanText({ firstAt, lastAt }: Group): string {
  if (firstAt === null) return '';
  return lastAt === null || lastAt === firstAt
    ? spacedTime(firstAt)
    : `${spacedTime(firstAt)} to ${spacedTime(lastAt)}`;
}

function namesText(names: readonly string[]): string {
  return names.slice(0, NAMES_SHOWN).join(', ') + (names.length > NAMES_SHOWN ? ', …' : '');
}
