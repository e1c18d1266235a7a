import type { LineParts } from '../core/ftp/line-parts.ts';
import type { ReplyMeaning } from '../core/ftp/reply-meanings.ts';
import type { ReplyText } from '../core/ftp/reply-texts.ts';
import type { VerbMeaning } from '../core/ftp/verb-meanings.ts';
import type { Endpoint } from '../core/report.ts';
import { type Layout, padEnd, wrapText } from '../exporters/layout.ts';
import { escapeControls } from '../exporters/printable.ts';

const LABEL = 10;
const FAMILIES: Readonly<Record<string, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

/** A finding to point to. */
export interface Pointer {
  readonly id: string;
  readonly title: string;
}

/** A reply code in words: meaning, who sends it with which text, what to do. */
export function describeReply(
  { code, meaning, references, advice }: ReplyMeaning,
  texts: readonly ReplyText[],
  findings: readonly Pointer[],
  layout: Layout,
): string[] {
  return [
    ...wrapText(layout, '', `${layout.bold(`reply ${code}`)}: ${meaning}`),
    ...(advice === null ? [] : row(layout, 'do', advice)),
    ...describeTexts(texts, layout),
    ...describePointers(findings, layout),
    ...row(layout, 'see', references.join('; ')),
  ];
}

/** A verb in words: what it does, its argument, what answers it. */
export function describeVerb(
  { verb, meaning, argument, references, replies }: VerbMeaning,
  findings: readonly Pointer[],
  layout: Layout,
): string[] {
  return [
    ...wrapText(layout, '', `${layout.bold(verb)}: ${meaning}`),
    ...row(layout, 'argument', argument ?? 'none'),
    ...row(layout, 'replies', `${replies.success.join(', ')}; refused with ${replies.failure.join(', ')}`),
    ...describePointers(findings, layout),
    ...row(layout, 'see', references.length === 0 ? 'no RFC; some products have it' : references.join('; ')),
  ];
}

/** A line in words: what it carries, whose text it is, and what its verb or code means. */
export function describeLine(parts: LineParts, findings: readonly Pointer[], layout: Layout): string[] {
  const { line, verb, reply, endpoint, notes, texts } = parts;
  const rows = [layout.bold(escapeControls(line))];
  if (endpoint !== null) rows.push(...row(layout, 'endpoint', endpointText(endpoint)));
  for (const [i, note] of notes.entries()) rows.push(...row(layout, i === 0 ? 'note' : '', note));
  rows.push(...describeTexts(texts, layout), '');
  if (reply !== null) rows.push(...describeReply(reply, [], findings, layout));
  if (verb !== null) rows.push(...describeVerb(verb, findings, layout));
  return rows;
}

function endpointText({ address, port, family, range }: Endpoint): string {
  const place = address === null ? `port ${port}` : `${address}, port ${port}`;
  const kind = [FAMILIES[family], range].filter((word) => word != null).join(', ');
  return escapeControls(kind === '' ? place : `${place} (${kind})`);
}

/** The texts, those of a product together. */
function describeTexts(texts: readonly ReplyText[], layout: Layout): string[] {
  const products = [...new Set(texts.map(({ product }) => product))];
  return products.flatMap((product, i) => [
    ...row(layout, i === 0 ? 'sent by' : '', layout.bold(product)),
    ...texts
      .filter((known) => known.product === product)
      .flatMap(({ context, text, sense }) => [
        ...wrapText(layout, ' '.repeat(LABEL + 4), `"${text}" ${layout.dim(`(${context})`)}`),
        ...wrapText(layout, ' '.repeat(LABEL + 6), sense),
      ]),
  ]);
}

function describePointers(findings: readonly Pointer[], layout: Layout): string[] {
  return findings.flatMap(({ id, title }, i) => row(layout, i === 0 ? 'findings' : '', `${id}: ${title}`));
}

function row(layout: Layout, label: string, text: string): string[] {
  return wrapText(layout, `  ${layout.dim(padEnd(label, LABEL))}`, text);
}
