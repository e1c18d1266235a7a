import { escapeControls } from '../exporters/printable.ts';

/** Says something on standard error, which carries everything but data. */
export function say(message: string): void {
  process.stderr.write(`ftplens: ${message.split('\n').map(escapeControls).join('\n')}\n`);
}
