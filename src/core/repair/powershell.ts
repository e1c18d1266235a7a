import type { PasteLine } from './paste-line.ts';
import type { Undo } from './undo.ts';

const CATEGORY = /^\s*\+ CategoryInfo\s+:/;
const IDENTIFIER = /^\s*\+ FullyQualifiedErrorId\s+:/;
/** `At line:1 char:1` in any language, or with a script's path before it. */
const POSITION = /:\s?\d+\s.*:\s?\d+\s*$/;
const QUOTED_SOURCE = /^\s*\+ /;
/** `curl.exe : * Host …`: the program, then what it printed. */
const HEAD = /^[^\s:][^:]{0,200}? : ?(.*)$/;
/** A longer line is no position. */
const POSITION_LENGTH = 1000;
/** Lines that a record may take before its category: message, position, source, underline, each wrapped. */
const RECORD_LINES = 12;

/**
 * Windows PowerShell makes an error record of the first line that a program writes to standard error (`2>` or `2>&1`):
 * `curl.exe : text`, then position, source line, CategoryInfo and FullyQualifiedErrorId.
 */
export const powershell: Undo = {
  id: 'powershell',
  proof: 'reads-no-less',
  marks: { first: '+' },
  undo(lines) {
    let out: PasteLine[] | null = null;
    let copied = 0;
    for (let i = 0; i < lines.length; i++) {
      if (!CATEGORY.test(lines[i]!.text)) continue;
      const head = headOf(lines, i, copied);
      if (head < 0) continue;
      out ??= [];
      for (; copied < head; copied++) out.push(lines[copied]!);
      const text = messageFrom(lines, head);
      out.push(lines[head]!.rewrite(text, 'powershell'));
      copied = endOfRecord(lines, i);
      i = copied - 1;
    }
    if (out === null) return null;
    for (; copied < lines.length; copied++) out.push(lines[copied]!);
    return out;
  },
};

/** Index of the record's first line, or -1. */
function headOf(lines: readonly PasteLine[], category: number, first: number): number {
  const limit = Math.max(first, category - RECORD_LINES);
  for (let i = category - 1; i >= limit; i--)
    if (HEAD.test(lines[i]!.text) && !QUOTED_SOURCE.test(lines[i]!.text) && !CATEGORY.test(lines[i]!.text)) return i;
  return -1;
}

/** What the program printed, wrapped at the width of the window. */
function messageFrom(lines: readonly PasteLine[], head: number): string {
  let text = HEAD.exec(lines[head]!.text)![1]!;
  for (let i = head + 1; i < lines.length; i++) {
    const next = lines[i]!.text;
    if (QUOTED_SOURCE.test(next) || isPosition(next) || CATEGORY.test(next)) break;
    text += next;
  }
  return text;
}

function isPosition(text: string): boolean {
  return text.length < POSITION_LENGTH && POSITION.test(text);
}

/** Index of the line behind the record: FullyQualifiedErrorId, perhaps wrapped, and the blank line after it. */
function endOfRecord(lines: readonly PasteLine[], category: number): number {
  let i = category + 1;
  while (i < lines.length && i < category + RECORD_LINES && !IDENTIFIER.test(lines[i]!.text)) i++;
  if (i === lines.length || !IDENTIFIER.test(lines[i]!.text)) return category + 1;
  i++;
  if (i < lines.length && lines[i]!.blank) i++;
  return i;
}
