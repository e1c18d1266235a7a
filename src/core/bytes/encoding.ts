import { LF, NUL } from './ascii.ts';
import { isContinuation, lengthOf } from './replacements.ts';
import { bytesOf } from './text.ts';

/** What an input is encoded in, as far as its head tells. */
export interface EncodingGuess {
  /** A label of the WHATWG Encoding Standard. */
  readonly label: string;
  /** Why: a byte order mark, the pattern of the bytes, or nothing said otherwise. */
  readonly basis: 'bom' | 'pattern' | 'assumed';
}

/** Turns pushed chunks into UTF-8. */
export interface Transcoder {
  /** UTF-8 of the next chunk; may be the chunk itself. */
  push(chunk: Uint8Array): Uint8Array;
  /** What was held back: an incomplete last character becomes U+FFFD. */
  end(): Uint8Array;
}

/** Share of the high bytes that must be Cyrillic letters before a text is taken for Windows-1251. */
const CYRILLIC_SHARE = 0.9;
/**
 * Share of the runs of high bytes that must be accented letters within words; the rest are words like the French `à`.
 */
const LATIN_SHARE = 0.7;
const NO_BYTES = new Uint8Array(0);

/**
 * Finds the encoding of an input from its first bytes: byte order mark, NULs at every other byte (UTF-16 without mark),
 * valid UTF-8, and a code page only where the letters make it plain. Everything else stays UTF-8 with invalid bytes.
 */
export function detectEncoding(head: Uint8Array): EncodingGuess {
  const marked = markedEncoding(head);
  if (marked !== null) return { label: marked, basis: 'bom' };
  const wide = wideEncoding(head);
  if (wide !== null) return { label: wide, basis: 'pattern' };
  const { characters, invalidBytes } = countUtf8(head);
  if (characters >= invalidBytes) return { label: 'utf-8', basis: characters > 0 ? 'pattern' : 'assumed' };
  const codePage = codePageOf(head);
  return codePage === null ? { label: 'utf-8', basis: 'assumed' } : { label: codePage, basis: 'pattern' };
}

/** Whether the host can decode this encoding. */
export function isKnownEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

/** A transcoder from `label` to UTF-8. UTF-8 itself passes through untouched, but for its byte order mark. */
export function createTranscoder(label: string): Transcoder {
  const name = label.toLowerCase();
  return name === 'utf-8' || name === 'utf8' ? new PassThrough() : new Decoding(label);
}

const MARK = [0xef, 0xbb, 0xbf] as const;

/** Drops the byte order mark, which may come in pieces. */
class PassThrough implements Transcoder {
  /** Bytes of the mark seen so far, or -1 when the start is behind. */
  private matched = 0;

  push(chunk: Uint8Array): Uint8Array {
    if (this.matched < 0) return chunk;
    const before = this.matched;
    let at = 0;
    while (at < chunk.length && this.matched < MARK.length && chunk[at] === MARK[this.matched]) {
      at++;
      this.matched++;
    }
    const isMark = this.matched === MARK.length;
    if (at === chunk.length && !isMark) return NO_BYTES;
    this.matched = -1;
    if (isMark) return chunk.subarray(at);
    if (before === 0) return chunk;
    const joined = new Uint8Array(before + chunk.length);
    joined.set(MARK.slice(0, before));
    joined.set(chunk, before);
    return joined;
  }

  end(): Uint8Array {
    const held = Math.max(this.matched, 0);
    this.matched = -1;
    return new Uint8Array(MARK.slice(0, held));
  }
}

class Decoding implements Transcoder {
  private readonly decoder: TextDecoder;

  constructor(label: string) {
    this.decoder = new TextDecoder(label);
  }

  push(chunk: Uint8Array): Uint8Array {
    return bytesOf(this.decoder.decode(chunk, { stream: true }));
  }

  end(): Uint8Array {
    return bytesOf(this.decoder.decode());
  }
}

function markedEncoding(head: Uint8Array): string | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}

/**
 * UTF-16 of mostly ASCII text has a NUL in one half of the byte positions and hardly any in the other. If most line
 * feeds have no NUL beside them the NULs are damage.
 */
function wideEncoding(head: Uint8Array): string | null {
  const pairs = head.length >> 1;
  if (pairs < 2 || head.indexOf(NUL) < 0) return null;
  let evenNuls = 0;
  let oddNuls = 0;
  let lineFeeds = 0;
  let loneLineFeeds = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === NUL) evenNuls++;
    if (head[i + 1] === NUL) oddNuls++;
    if (head[i] !== LF && head[i + 1] !== LF) continue;
    lineFeeds++;
    if (head[i] !== NUL && head[i + 1] !== NUL) loneLineFeeds++;
  }
  if (loneLineFeeds * 2 > lineFeeds) return null;
  if (oddNuls > pairs * 0.4 && evenNuls < pairs * 0.05) return 'utf-16le';
  if (evenNuls > pairs * 0.4 && oddNuls < pairs * 0.05) return 'utf-16be';
  return null;
}

/** Counts the multi-byte characters of UTF-8 and the bytes that belong to none. */
function countUtf8(bytes: Uint8Array): { characters: number; invalidBytes: number } {
  let characters = 0;
  let invalidBytes = 0;
  const end = bytes.length;
  for (let i = 0; i < end; ) {
    const lead = bytes[i]!;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const length = lengthOf(lead);
    let taken = 1;
    while (taken < length && i + taken < end && isContinuation(lead, taken, bytes[i + taken]!)) taken++;
    if (length > 1 && taken === length) characters++;
    else if (i + taken < end || length === 1) invalidBytes += taken;
    i += taken;
  }
  return { characters, invalidBytes };
}

/**
 * The code page in which the high bytes make words: kana pairs (932), common hanzi pairs (936), words of Cyrillic
 * letters (1251), or single accented letters within Latin words (1252).
 */
function codePageOf(head: Uint8Array): string | null {
  const seen = countHighBytes(head);
  if (seen.pairs > 1 && seen.kana >= seen.pairs * 0.3 && decodes(head, 'shift_jis')) return 'shift_jis';
  const mostlyCyrillic = seen.cyrillic >= seen.bytes * CYRILLIC_SHARE;
  if (!mostlyCyrillic && seen.hanzi >= seen.pairs * 0.7 && seen.pairs > 1 && decodes(head, 'gbk')) return 'gbk';
  if (mostlyCyrillic && seen.bytes >= seen.runs * 3) return 'windows-1251';
  if (seen.latin >= seen.runs * LATIN_SHARE) return 'windows-1252';
  return null;
}

/** What the runs of high bytes look like. */
interface HighBytes {
  bytes: number;
  runs: number;
  /** Double-byte characters, if read as 932 or 936 (both have lead bytes above 0x80). */
  pairs: number;
  kana: number;
  hanzi: number;
  cyrillic: number;
  /** Runs of one or two Latin letters beside an ASCII letter. */
  latin: number;
}

function countHighBytes(head: Uint8Array): HighBytes {
  const seen: HighBytes = { bytes: 0, runs: 0, pairs: 0, kana: 0, hanzi: 0, cyrillic: 0, latin: 0 };
  for (let i = 0; i < head.length; i++) {
    if (head[i]! < 0x80) continue;
    let end = i;
    let letters = 0;
    for (; end < head.length && head[end]! >= 0x80; end++) {
      const byte = head[end]!;
      if (byte >= 0xc0 || byte === 0xa8 || byte === 0xb8) seen.cyrillic++;
      if (byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7) letters++;
    }
    seen.runs++;
    seen.bytes += end - i;
    const besideLetter = isLetter(head[i - 1]) || isLetter(head[end]);
    if (end - i <= 2 && letters === end - i && besideLetter) seen.latin++;
    i = end;
  }
  countPairs(head, seen);
  return seen;
}

function countPairs(head: Uint8Array, seen: HighBytes): void {
  for (let i = 0; i + 1 < head.length; i++) {
    const lead = head[i]!;
    if (lead < 0x80) continue;
    const trail = head[++i]!;
    seen.pairs++;
    // JIS X 0208 rows 4 and 5; a trail byte may be ASCII.
    if ((lead === 0x82 && trail >= 0x9f && trail <= 0xf1) || (lead === 0x83 && trail >= 0x40 && trail <= 0x96))
      seen.kana++;
    // GB 2312 level 1: the 3,755 most common hanzi, and its punctuation.
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3)) seen.hanzi++;
  }
}

function isLetter(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Whether `head` has no invalid byte in this encoding; its last character may be cut. */
function decodes(head: Uint8Array, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
