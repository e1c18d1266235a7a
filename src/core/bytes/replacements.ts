/** Bytes that hold no ASCII only have one of these bits. */
const HIGH_BITS = 0x80808080;
const WORD = 4;
const NO_BYTES = new Uint8Array(0);
const NO_WORDS = new Int32Array(0);

/**
 * Counts the characters of a UTF-8 text that show as U+FFFD: bytes that are no character, one for each maximal part of one
 * as the WHATWG Encoding Standard decodes them, and such characters that stand in the text already.
 */
export class ReplacementCounter {
  count = 0;
  /** The beginning of a character that goes on in the next piece. */
  private rest: Uint8Array = NO_BYTES;

  push(chunk: Uint8Array): void {
    if (this.rest.length > 0) chunk = joined(this.rest, chunk);
    this.rest = NO_BYTES;
    const piece = pieceOf(chunk);
    const end = chunk.length;
    for (let i = endOfAscii(piece, 0); i < end; i = endOfAscii(piece, i)) {
      const lead = chunk[i]!;
      const length = lengthOf(lead);
      let taken = 1;
      while (taken < length && i + taken < end && isContinuation(lead, taken, chunk[i + taken]!)) taken++;
      if (taken < length && i + taken === end) {
        this.rest = new Uint8Array(chunk.subarray(i));
        return;
      }
      if (length === 1 || taken < length || isReplacement(chunk, i)) this.count++;
      i += taken;
    }
  }

  end(): void {
    if (this.rest.length > 0) this.count++;
    this.rest = NO_BYTES;
  }
}

/** U+FFFD. */
function isReplacement(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd;
}

/** Bytes of the character that begins with this byte; 1 for what begins none. */
export function lengthOf(lead: number): number {
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 1;
}

/** RFC 3629 section 4: the second byte excludes overlong forms, surrogates and what lies above U+10FFFF. */
export function isContinuation(lead: number, index: number, byte: number): boolean {
  if (byte < 0x80 || byte > 0xbf) return false;
  if (index > 1) return true;
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xed) return byte < 0xa0;
  if (lead === 0xf0) return byte >= 0x90;
  return lead !== 0xf4 || byte < 0x90;
}

/** A piece of text, and the same by words from its first aligned byte on. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  /** Where the words begin. */
  readonly start: number;
}

function pieceOf(bytes: Uint8Array): Piece {
  const start = (WORD - (bytes.byteOffset % WORD)) % WORD;
  const count = (bytes.length - start) >> 2;
  return { bytes, start, words: count > 0 ? new Int32Array(bytes.buffer, bytes.byteOffset + start, count) : NO_WORDS };
}

/** Where the next byte that is no ASCII stands. Nearly all of a log is ASCII, so it is looked through by words. */
function endOfAscii({ bytes, words, start }: Piece, from: number): number {
  let i = from;
  for (; i < bytes.length && (i - start) % WORD !== 0; i++) if (bytes[i]! >= 0x80) return i;
  // A quotient would be a floating-point number, and so would all that is counted from it.
  let at = (i - start) >> 2;
  while (at < words.length && (words[at]! & HIGH_BITS) === 0) at++;
  i = Math.max(i, start + at * WORD);
  while (i < bytes.length && bytes[i]! < 0x80) i++;
  return i;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
