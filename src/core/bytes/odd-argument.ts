import { COLON, DOT, PERCENT } from './ascii.ts';

/** Longer than any path in daily use. */
const LONG_ARGUMENT = 200;
/** The x86 no-operation, of which attacks on memory are full. */
const NOP = 0x90;

/** Whether an argument has what attacks have: great length, `..`, `:)`, `%n`, or bytes of no text. */
export function isOddArgument(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start >= LONG_ARGUMENT) return true;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte > COLON && byte < 0x80) continue;
    if (byte === DOT && bytes[i + 1] === DOT && i + 1 < end) return true;
    if (byte === PERCENT || byte === COLON || byte === NOP) return true;
  }
  return false;
}
