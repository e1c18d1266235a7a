import { rewriteLines, type Undo } from './undo.ts';

/** Colours, cursor moves, window titles; of colours also what is left when the ESC itself was lost. */
const CODES = new RegExp(
  [
    String.raw`\x1b\[[0-?]*[ -/]*[@-~]`,
    String.raw`\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?`,
    String.raw`\x1b[()][0-9A-Za-z]`,
    String.raw`\x1b[=>78cM]`,
    String.raw`\[\d{1,3}(?:;\d{1,3})*m`,
    String.raw`[\x07\x08]`,
  ].join('|'),
  'g',
);
const TRACES = /[\x1b\x07\x08]|\[\d{1,3}(?:;\d{1,3})*m/;

/** Control sequences of a terminal, as `script` and CI systems record them. */
export const terminalCodes: Undo = {
  id: 'terminal-codes',
  proof: 'reads-no-less',
  marks: { anywhere: '\x1b\x07\x08[' },
  undo: (lines) =>
    rewriteLines(lines, 'terminal-codes', (text) => (TRACES.test(text) ? text.replace(CODES, '') : text)),
};
