/** The one place where bytes become strings. Invalid UTF-8 becomes U+FFFD. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Decodes `bytes[start, end)` as UTF-8. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length <= 0) return '';
  // Most texts are short ASCII: building them by hand costs a third of a call into the decoder.
  if (length <= 24) {
    let text = '';
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (byte >= 0x80) return decoder.decode(bytes.subarray(start, end));
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return decoder.decode(bytes.subarray(start, end));
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
