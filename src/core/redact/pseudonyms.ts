import { AddressPseudonyms } from './addresses.ts';
import { isKnownHost, NAMELESS_USERS } from './vocabulary.ts';

/**
 * At least 16 bytes that depend on a key and the text: HMAC-SHA-256, given by whoever has one. With the same key the same
 * pseudonyms come out; without the key they cannot be traced back.
 */
export type KeyedHash = (text: string) => Uint8Array;

/** What may be left as it is. */
export const KEEPABLE = ['users', 'addresses', 'hosts', 'paths', 'certificates'] as const;
export type Keepable = (typeof KEEPABLE)[number];

/** Letters and digits that cannot be mistaken for each other. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const LETTERS = 23;
/** Letters that a name's pseudonym has at least. */
const NAME_LENGTH_MIN = 4;
/** Names that are remembered with their pseudonyms. */
const REMEMBERED_MAX = 100_000;
const TRIES = 8;

/**
 * Gives names their pseudonyms. Texts are strings of bytes, one character a byte. Letters and digits are replaced one by one,
 * so that a name of four or more keeps its length, its blanks and its signs.
 */
export class Pseudonyms {
  readonly addresses: AddressPseudonyms;
  private readonly hash: KeyedHash;
  private readonly kept: ReadonlySet<Keepable>;
  private readonly remembered = new Map<string, string>();
  private readonly given = new Set<string>();

  constructor(hash: KeyedHash, keep: readonly Keepable[] = [], isKeyed = false) {
    this.hash = hash;
    this.kept = new Set(keep);
    this.addresses = new AddressPseudonyms(hash, isKeyed);
  }

  keeps(what: Keepable): boolean {
    return this.kept.has(what);
  }

  /** A login name; what stands behind an `@` or before a `\` is a name of its own. */
  user(text: string): string {
    if (this.kept.has('users') || NAMELESS_USERS.has(text)) return text;
    const at = text.lastIndexOf('@');
    if (at > 0) return `${this.user(text.substring(0, at))}@${this.host(text.substring(at + 1))}`;
    const backslash = text.indexOf('\\');
    if (backslash > 0) return `${this.name(text.substring(0, backslash))}\\${this.user(text.substring(backslash + 1))}`;
    return this.name(text);
  }

  /** A host's name, label by label; an address by its pseudonym. The last label stays where there are several. */
  host(text: string): string {
    const address = this.address(text);
    if (address !== null) return address;
    if (this.kept.has('hosts') || isKnownHost(text) || !/[a-z]/i.test(text)) return text;
    const labels = text.split('.');
    const last = labels.length > 1 ? labels.length - 1 : labels.length;
    return labels.map((label, i) => (i < last ? this.name(label.toLowerCase()) : label)).join('.');
  }

  /** An address in any notation; null for what is none or stays as it is. */
  address(text: string): string | null {
    return this.kept.has('addresses') ? null : this.addresses.replace(text);
  }

  /** A path: its depth, its separators and the extension of each name stay. */
  path(text: string): string {
    if (this.kept.has('paths')) return text;
    return text.replace(/[^/\\]+/g, (name) => this.fileName(name));
  }

  /** One name of a path. */
  fileName(text: string): string {
    if (this.kept.has('paths') || !/[A-Za-z0-9\x80-\xff]/.test(text) || /^[A-Za-z]:$/.test(text)) return text;
    const [extension = ''] = /(?:\.tar)?\.[A-Za-z0-9]{1,5}$/.exec(text) ?? [];
    const stem = text.substring(0, text.length - extension.length);
    return stem === '' ? `.${this.name(extension.substring(1))}` : this.name(stem) + extension;
  }

  /** A distinguished name (`CN=…; O=…`): every value but the country. */
  certificate(text: string): string {
    if (this.kept.has('certificates')) return text;
    if (!/\w\s?=/.test(text)) return this.certificateValue(text);
    return text.replace(/([A-Za-z.0-9]{1,24}\s?=\s?)([^=;,/]*)(?=$|[;,/])/g, (whole, key: string, value: string) =>
      /^C\b/.test(key) ? whole : key + this.certificateValue(value),
    );
  }

  /** Any other name. */
  name(text: string): string {
    if (!/[A-Za-z0-9\x80-\xff]/.test(text)) return text;
    const known = this.remembered.get(text);
    if (known !== undefined) return known;
    let pseudonym = '';
    // Short names may get the same letters; they shall not become one.
    for (let tries = 0; tries < TRIES && (tries === 0 || this.given.has(pseudonym)); tries++)
      pseudonym = fill(text, this.hash(`name ${tries} ${text}`));
    if (this.remembered.size >= REMEMBERED_MAX) {
      this.remembered.clear();
      this.given.clear();
    }
    this.remembered.set(text, pseudonym);
    this.given.add(pseudonym);
    return pseudonym;
  }

  private certificateValue(text: string): string {
    return /^[\w*-]+(?:\.[\w-]+)+$/.test(text) ? this.host(text) : this.name(text);
  }
}

/** The text's letters, digits and characters beyond ASCII replaced by what the digest says. */
function fill(text: string, digest: Uint8Array): string {
  let used = 0;
  const draw = (below: number) => digest[used++ % digest.length]! % below;
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const byte = text.charCodeAt(i);
    if (byte < 0x80) {
      result += /[A-Za-z0-9]/.test(text[i]!) ? ALPHABET[draw(used === 0 ? LETTERS : ALPHABET.length)] : text[i];
      continue;
    }
    const length = sequenceLength(text, i);
    // Bytes that are no UTF-8 stay such: what is wrong with a name's encoding is worth telling.
    if (length === 0) result += String.fromCharCode(0xc0 + draw(0x40));
    else result += SEQUENCES[length - 2] + String.fromCharCode(0x80 + draw(0x20));
    i += Math.max(0, length - 1);
  }
  while (used < NAME_LENGTH_MIN) result += ALPHABET[draw(used === 0 ? LETTERS : ALPHABET.length)];
  return result;
}

/** First bytes of characters that take two, three and four of them. */
const SEQUENCES = ['\xc3', '\xe4\xb8', '\xf0\x9f\x98'] as const;

/** Bytes of the UTF-8 character at `i`, 0 if there is none. */
function sequenceLength(text: string, i: number): number {
  const byte = text.charCodeAt(i);
  const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0;
  for (let k = 1; k < length; k++) if ((text.charCodeAt(i + k) & 0xc0) !== 0x80) return 0;
  return length;
}
