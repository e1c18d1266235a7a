import { rewriteLines, type Undo } from './undo.ts';

/** Colours, cursor moves, window titles; of colours also what is left when the ESC itself was lost. */
const CODES =
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[()][0-9A-Za-z]|\x1b[=>78cM]|\[\d{1,3}(?:;\d{1,3})*m|[\x07\x08]/g;
const TRACES = /[\x1b\x07\x08]|\[\d{1,3}(?:;\d{1,3})*m/;

/** Control sequences of a terminal, as `script` and CI systems record them. */
export const terminalCodes: Undo = {
  id: 'terminal-codes',
  proof: 'reads-no-less',
  undo: (lines) =>
    rewriteLines(lines, 'terminal-codes', (text) => (TRACES.test(text) ? text.replace(CODES, '') : text)),
};
