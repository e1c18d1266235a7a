import { counted } from '../../core/diagnoses/wording.ts';
import type { Finding, Group } from '../../core/report.ts';
import { type PlaceOf, placeText } from '../place.ts';
import { causeText, placesText, type Told } from '../text/finding.ts';
import { codeBlock, escapeMarkdown, escapeProse, folded, inlineCode } from './escape.ts';

/** A finding: what, where, whose side, what to do, and the lines that show it, folded. */
export function markdownFinding(
  { finding, others, advisedBefore }: Told,
  followers: readonly Finding[],
  placeOf: PlaceOf,
): string[] {
  const isAdvice = finding.severity !== 'info';
  const items = [
    ...(isAdvice ? [`Cause: ${causeText(finding)}`] : []),
    ...(advisedBefore !== null
      ? [`To do: as above, for ${escapeMarkdown(placesText([advisedBefore], placeOf))}`]
      : isAdvice
        ? finding.remedies.map(({ side, text }) => `**${escapeMarkdown(side)}**: ${escapeProse(text)}`)
        : []),
    ...(finding.wouldDecide === null ? [] : [`To settle it: ${escapeProse(finding.wouldDecide)}`]),
    ...followers.map(
      (follower) => `Leads to ${inlineCode(follower.id)} at ${escapeMarkdown(placesText([follower], placeOf))}`,
    ),
    ...(advisedBefore !== null || finding.references.length === 0
      ? []
      : [`See ${escapeMarkdown(finding.references.join('; '))}`]),
  ];
  return [
    `### ${finding.severity}: ${finding.id}`,
    '',
    `At ${escapeMarkdown(placesText([finding, ...others], placeOf))}: ${escapeProse(finding.message)}`,
    ...asList(items),
    ...evidenceOf(finding, placeOf),
  ];
}

/** A finding over many sessions, with one of them as the example. */
export function markdownGroup(group: Group, example: Finding | undefined, placeOf: PlaceOf): string[] {
  const where = group.sessions > 0 ? ` in ${counted(group.sessions, 'session')}` : '';
  const items = [
    ...(group.note === null ? [] : [escapeProse(group.note)]),
    ...(group.users.length === 0 ? [] : [`Users: ${escapeMarkdown(group.users.join(', '))}`]),
    ...(group.peers.length === 0 ? [] : [`Peers: ${escapeMarkdown(group.peers.join(', '))}`]),
    ...(group.severity === 'info' || example === undefined
      ? []
      : example.remedies.map(({ side, text }) => `**${escapeMarkdown(side)}**: ${escapeProse(text)}`)),
  ];
  return [
    `### ${group.severity}: ${group.id}`,
    '',
    `${counted(group.count, 'time')}${where}.${example === undefined ? '' : ` ${escapeProse(example.message)}`}`,
    ...asList(items),
    ...(example === undefined ? [] : evidenceOf(example, placeOf)),
  ];
}

function asList(items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', ...items.map((item) => `- ${item}`)];
}

function evidenceOf({ evidence }: Finding, placeOf: PlaceOf): string[] {
  if (evidence.length === 0) return [];
  const lines = [...evidence].sort((a, b) => a.input - b.input || a.line - b.line);
  const shown = lines.map(({ input, line, text }) => `${placeText(placeOf({ input, line }))}: ${text}`);
  return ['', ...folded(`Evidence, ${counted(lines.length, 'line')}`, codeBlock(shown))];
}
