import { rewriteLines, type Undo } from './undo.ts';

/** NULs between the characters: text that was UTF-16 in part, or a log file with a hole. */
export const nulBytes: Undo = {
  id: 'nul-bytes',
  proof: 'reads-no-less',
  marks: { anywhere: '\0' },
  undo: (lines) => rewriteLines(lines, 'nul-bytes', (text) => (text.includes('\0') ? text.replaceAll('\0', '') : text)),
};
