import type { Diagnosis } from '../core/diagnoses/diagnosis.ts';
import { diagnoses, observers, pairDiagnoses } from '../core/diagnoses/index.ts';
import { type LineParts, takeLineApart } from '../core/ftp/line-parts.ts';
import { meaningOfReply, type ReplyMeaning } from '../core/ftp/reply-meanings.ts';
import { textsWithCode } from '../core/ftp/reply-texts.ts';
import { meaningOfVerb, VERB_MEANINGS, type VerbMeaning } from '../core/ftp/verb-meanings.ts';
import { createLayout, type Layout, padEnd, wrapText } from '../exporters/layout.ts';
import { escapeControls, stringifyJson } from '../exporters/printable.ts';
import { describeRemedies } from '../exporters/text/finding.ts';
import { UsageError } from './failures.ts';
import { nearestWords } from './nearest.ts';
import { describeLine, describeReply, describeVerb, type Pointer } from './protocol-explanations.ts';
import { isColorful, terminalWidth } from './settings.ts';

const LABEL = 10;
/** Letters that a verb has at most. */
const VERB_MAX = 7;

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

/** What a word was found to be. In JSON, `kind` tells which, beside the members of that kind. */
type Found =
  | { readonly kind: 'finding'; readonly diagnosis: Explained }
  | { readonly kind: 'reply'; readonly reply: ReplyMeaning }
  | { readonly kind: 'verb'; readonly verb: VerbMeaning }
  | { readonly kind: 'line'; readonly parts: LineParts };

/**
 * What words mean: a finding by its id, a reply code, a verb, or a line of a control connection. As JSON it is an array with
 * an object for each: `kind` is `finding`, `reply`, `verb` or `line`.
 */
export function explainWords(words: readonly string[], format: 'text' | 'json'): string {
  if (words.length === 0)
    throw new UsageError('explain: name a finding, a reply code, a verb or a line, or use --list');
  const found = findMeanings(words);
  if (format === 'json') return jsonArray(found.map(plainMeaning));
  const layout = createLayout(terminalWidth(), isColorful('auto'));
  return found.map((meaning) => `${describeMeaning(meaning, layout).join('\n')}\n`).join('\n');
}

/** Each word by itself; words that a verb or a code leads and that are neither themselves are a line without quotes. */
function findMeanings(words: readonly string[]): Found[] {
  const found = words.map(findMeaning);
  const [first, ...rest] = found;
  const leads = first?.kind === 'reply' || first?.kind === 'verb';
  if (leads && rest.some((meaning) => meaning === null || meaning.kind === 'line')) {
    const parts = takeLineApart(words.join(' '));
    if (parts !== null) return [{ kind: 'line', parts }];
  }
  const unknown = found.indexOf(null);
  if (unknown >= 0) throw unknownWord(words[unknown]!);
  return found.filter((meaning) => meaning !== null);
}

function findMeaning(word: string): Found | null {
  const diagnosis = all.find(({ id }) => id === word.toLowerCase());
  if (diagnosis !== undefined) return { kind: 'finding', diagnosis };
  const reply = /^\d{3}$/.test(word) ? meaningOfReply(Number(word)) : null;
  if (reply !== null) return { kind: 'reply', reply };
  const verb = meaningOfVerb(word);
  if (verb !== null) return { kind: 'verb', verb };
  const parts = takeLineApart(word);
  return parts === null ? null : { kind: 'line', parts };
}

function unknownWord(word: string): UsageError {
  const ids = all.map(({ id }) => id);
  const verbs = VERB_MEANINGS.map(({ verb }) => verb);
  // A short word is a verb that was mistyped rather than a part of many ids.
  const nearest = nearestWords(word, word.length <= VERB_MAX ? [...verbs, ...ids] : [...ids, ...verbs]);
  const hint =
    nearest.length === 0 ? 'ftplens explain --list shows what there is' : `nearest are ${nearest.join(', ')}`;
  return new UsageError(`explain: nothing is known about "${word}"; ${hint}`);
}

/** The findings whose diagnosis looks at the code or the verb. */
function findingsAbout(code: number | null, verb: string | null): Pointer[] {
  return diagnoses
    .filter(
      ({ triggers }) =>
        (code !== null && triggers?.codes?.includes(code)) || (verb !== null && triggers?.verbs?.includes(verb)),
    )
    .map(({ id, title }) => ({ id, title }));
}

function findingsOfLine({ reply, verb }: LineParts): Pointer[] {
  return findingsAbout(reply?.code ?? null, verb?.verb ?? null);
}

function describeMeaning(found: Found, layout: Layout): string[] {
  switch (found.kind) {
    case 'finding':
      return describeDiagnosis(found.diagnosis, layout);
    case 'reply': {
      const { code } = found.reply;
      return describeReply(found.reply, textsWithCode(code), findingsAbout(code, null), layout);
    }
    case 'verb':
      return describeVerb(found.verb, findingsAbout(null, found.verb.verb), layout);
    case 'line':
      return describeLine(found.parts, findingsOfLine(found.parts), layout);
  }
}

function plainMeaning(found: Found): object {
  const idsOf = (pointers: readonly Pointer[]) => pointers.map(({ id }) => id);
  switch (found.kind) {
    case 'finding':
      return { kind: found.kind, ...plainDiagnosis(found.diagnosis) };
    case 'reply': {
      const { code } = found.reply;
      return {
        kind: found.kind,
        ...found.reply,
        texts: textsWithCode(code),
        findings: idsOf(findingsAbout(code, null)),
      };
    }
    case 'verb':
      return { kind: found.kind, ...found.verb, findings: idsOf(findingsAbout(null, found.verb.verb)) };
    case 'line':
      return { kind: found.kind, ...found.parts, findings: idsOf(findingsOfLine(found.parts)) };
  }
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
