import { counted } from '../core/diagnoses/wording.ts';
import { escapeControls } from '../exporters/printable.ts';
import { eraseDrawing } from '../node/terminal.ts';

let isGuarded = false;

/** Says something on standard error, which carries everything but data. */
export function say(message: string): void {
  // Where nobody listens any more there is nobody to tell that either.
  if (!isGuarded) process.stderr.on('error', () => undefined);
  isGuarded = true;
  eraseDrawing();
  process.stderr.write(`ftplens: ${message.split('\n').map(escapeControls).join('\n')}\n`);
}

/** Says how many files of folders were no transcripts. */
export function saySkipped(files: number): void {
  say(`skipped ${counted(files, 'file')} without an FTP transcript`);
}
