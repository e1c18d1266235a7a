import { escapeControls } from '../printable.ts';

/** Characters with which Markdown or HTML begins something within a line. */
const SPECIAL = /[\\`*_[\]<>|~$&]/g;
/** What code hosts make a link of, also where it is escaped, because they look for it in what is already rendered. */
const LINKED = /@|#(?=\d)|:(?=\/\/)|www(?=\.)/gi;

/**
 * A text of a log as words in Markdown, not at the start of a line: nothing in it makes an element, a link, a mention, or the
 * reference of an issue.
 */
export function escapeMarkdown(text: string): string {
  return escapeControls(text).replace(SPECIAL, '\\$&').replace(LINKED, '$&<!-- -->');
}

/** A text of a log as code within a line, also of a table. */
export function inlineCode(text: string): string {
  const shown = escapeControls(text).replaceAll('|', '\\|');
  const longest = longestRun(shown);
  if (longest === 0 && shown.trim() !== '') return `\`${shown}\``;
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${shown} ${fence}`;
}

/** As {@link escapeMarkdown}, for sentences: what stands between backticks becomes code. */
export function escapeProse(text: string): string {
  return text
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 0 ? escapeMarkdown(part) : inlineCode(part)))
    .join('');
}

/** Lines of a log as a block of code. */
export function codeBlock(lines: readonly string[]): string[] {
  const shown = lines.map(escapeControls);
  const fence = '`'.repeat(Math.max(2, ...shown.map(longestRun)) + 1);
  return [fence, ...shown, fence];
}

/** What is folded behind a title until it is clicked. */
export function folded(title: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${title}</summary>`, '', ...lines, '', '</details>'];
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
