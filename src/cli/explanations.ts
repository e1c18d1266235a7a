import type { Diagnosis } from '../core/diagnoses/diagnosis.ts';
import { diagnoses, observers, pairDiagnoses } from '../core/diagnoses/index.ts';
import { createLayout, type Layout, padEnd, wrapText } from '../exporters/layout.ts';
import { escapeControls, stringifyJson } from '../exporters/printable.ts';
import { describeRemedies } from '../exporters/text/finding.ts';
import { UsageError } from './failures.ts';
import { nearestWords } from './nearest.ts';
import { isColorful, terminalWidth } from './settings.ts';

const LABEL = 10;

/** What is told of a diagnosis, be it of one session or of many. */
type Explained = Pick<Diagnosis, 'id' | 'group' | 'title' | 'severity' | 'explanation' | 'references' | 'remedies'>;

const all: readonly Explained[] = [...diagnoses, ...observers, ...pairDiagnoses];

/** Every diagnosis: a line each for people, or a JSON array. */
export function listDiagnoses(format: 'text' | 'json'): string {
  if (format === 'json') return jsonArray(all.map(plainDiagnosis));
  const layout = createLayout(terminalWidth(), isColorful('auto'));
  const groups = [...new Set(all.map(({ group }) => group))];
  return groups.map((group) => listGroup(group, layout)).join('\n');
}

function listGroup(group: string, layout: Layout): string {
  const members = all.filter((diagnosis) => diagnosis.group === group);
  const width = Math.max(...all.map(({ id }) => id.length)) + 2;
  const lines = members.map(
    ({ id, severity, title }) => `  ${layout.severity[severity](padEnd(severity, 9))}${padEnd(id, width)}${title}`,
  );
  return `${layout.bold(group)}\n${lines.join('\n')}\n`;
}

/** What words mean: a diagnosis by its id, a reply code or a verb by the diagnoses that look at it. */
export function explainWords(words: readonly string[], format: 'text' | 'json'): string {
  if (words.length === 0) throw new UsageError('explain: name a finding, a reply code or a verb, or use --list');
  const found = [...new Set(words.flatMap(diagnosesAbout))];
  if (format === 'json') return jsonArray(found.map(plainDiagnosis));
  const layout = createLayout(terminalWidth(), isColorful('auto'));
  return found.map((diagnosis) => `${describeDiagnosis(diagnosis, layout).join('\n')}\n`).join('\n');
}

function diagnosesAbout(word: string): readonly Explained[] {
  const exact = all.find(({ id }) => id === word.toLowerCase());
  if (exact !== undefined) return [exact];
  const verb = word.toUpperCase();
  const about = diagnoses.filter(
    ({ triggers }) => triggers?.codes?.includes(Number(word)) || triggers?.verbs?.includes(verb),
  );
  if (about.length > 0) return about;
  const nearest = nearestWords(
    word,
    all.map(({ id }) => id),
  );
  const hint =
    nearest.length === 0 ? 'ftplens explain --list shows what there is' : `nearest are ${nearest.join(', ')}`;
  throw new UsageError(`explain: nothing is known about "${word}"; ${hint}`);
}

function describeDiagnosis(diagnosis: Explained, layout: Layout): string[] {
  const { id, severity, title, explanation, remedies, references } = diagnosis;
  const row = (label: string, text: string) =>
    wrapText(layout, `  ${layout.dim(padEnd(label, LABEL))}`, escapeControls(text));
  return [
    `${layout.severity[severity](severity)} ${layout.bold(id)}: ${title}`,
    ...wrapText(layout, '  ', escapeControls(explanation)),
    ...describeRemedies(remedies, LABEL, layout),
    ...(references.length === 0 ? [] : row('see', references.join('; '))),
  ];
}

function plainDiagnosis({ id, group, title, severity, explanation, references, remedies }: Explained) {
  return { id, group, title, severity, explanation, references, remedies };
}

function jsonArray(values: readonly object[]): string {
  return values.length === 0 ? '[]\n' : `[\n${values.map(stringifyJson).join(',\n')}\n]\n`;
}
