/** The one place where bytes become strings. Invalid UTF-8 becomes U+FFFD. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** ASCII texts that were read before, by a hash of their bytes: what programs write they write over and over. */
const known: (string | undefined)[] = new Array(4096).fill(undefined);
/** Longer texts are rarely the same. */
const KNOWN_BYTES = 160;
const SPREAD = 0x9e3779b1;

/** Decodes `bytes[start, end)` as UTF-8. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length <= 0) return '';
  if (length > KNOWN_BYTES) return decoder.decode(bytes.subarray(start, end));
  let hash = length;
  let bits = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    bits |= byte;
    hash = Math.imul(hash ^ byte, SPREAD);
  }
  if (bits >= 0x80) return decoder.decode(bytes.subarray(start, end));
  const slot = (hash ^ (hash >>> 15)) & (known.length - 1);
  const before = known[slot];
  if (before !== undefined && before.length === length && isText(before, bytes, start)) return before;
  const text = decoder.decode(bytes.subarray(start, end));
  known[slot] = text;
  return text;
}

function isText(text: string, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}

const byteDecoder = new TextDecoder('windows-1252');

/**
 * `bytes[start, end)`, one character a byte: offsets in the text are offsets in the bytes. For matching, not for
 * showing.
 */
export function byteTextOf(bytes: Uint8Array, start: number, end: number): string {
  return end > start ? byteDecoder.decode(bytes.subarray(start, end)) : '';
}

const encoder = new TextEncoder();

/** UTF-8 bytes of `text`. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}
