/** Searching and cutting a line without leaving it: `Uint8Array.indexOf` would read on to the end of the chunk. */
import { SPACE, startsWith } from '../bytes/ascii.ts';

const FIELDS_MAX = 64;

/** The offset of `byte` in `bytes[start, end)`, or -1. */
export function indexOfByte(bytes: Uint8Array, start: number, end: number, byte: number): number {
  for (let i = start; i < end; i++) if (bytes[i] === byte) return i;
  return -1;
}

/** The last offset of `byte` in `bytes[start, end)`, or -1. */
export function lastIndexOfByte(bytes: Uint8Array, start: number, end: number, byte: number): number {
  for (let i = end - 1; i >= start; i--) if (bytes[i] === byte) return i;
  return -1;
}

/** The offset of the ASCII text `text` in `bytes[start, end)`, or -1. */
export function indexOfSpan(bytes: Uint8Array, start: number, end: number, text: string): number {
  const first = text.charCodeAt(0);
  const last = end - text.length;
  for (let i = start; i <= last; i++) if (bytes[i] === first && startsWith(bytes, i, end, text)) return i;
  return -1;
}

/** Whether `bytes[start, end)` is the ASCII text `text`. */
export function isSpan(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  return end - start === text.length && startsWith(bytes, start, end, text);
}

/** Whether `bytes[start, end)` ends in the ASCII text `text`. */
export function endsWith(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  return end - start >= text.length && startsWith(bytes, end - text.length, end, text);
}

/** FNV-1a of a span: tells names apart without a string. */
export function spanHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 1;
}

/** The blank-separated fields of a line, as offsets. Those beyond `FIELDS_MAX` are left uncut in the last one. */
export class Fields {
  count = 0;
  readonly starts = new Int32Array(FIELDS_MAX);
  readonly ends = new Int32Array(FIELDS_MAX);

  /** Cuts `bytes[start, end)`; several blanks count as one. */
  split(bytes: Uint8Array, start: number, end: number): void {
    this.count = 0;
    let i = start;
    while (this.count < FIELDS_MAX) {
      while (i < end && bytes[i] === SPACE) i++;
      if (i === end) return;
      this.starts[this.count] = i;
      if (this.count === FIELDS_MAX - 1) i = end;
      else while (i < end && bytes[i] !== SPACE) i++;
      this.ends[this.count++] = i;
    }
  }
}
