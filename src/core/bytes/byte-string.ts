/** Texts whose characters are bytes, U+0000 to U+00FF: nothing is lost on the way there and back. */

const PIECE = 8192;

/** `bytes[start, end)`, one character a byte, value for value. */
export function byteStringOf(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  for (let i = start; i < end; i += PIECE)
    text += String.fromCharCode.apply(null, bytes.subarray(i, Math.min(end, i + PIECE)) as unknown as number[]);
  return text;
}

/** The bytes of such a text. */
export function bytesOfString(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
