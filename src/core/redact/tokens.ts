import { byteStringOf } from '../bytes/byte-string.ts';
import { bytesOf } from '../bytes/text.ts';
import { classifyAddress } from '../ftp/addresses.ts';
import type { Session } from '../report.ts';
import type { Claims } from './claims.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { isKnownHost, NAMELESS_USERS, WORDS } from './vocabulary.ts';

/** Names that are remembered; those of a larger log are found by their places in the lines. */
const TOKENS_MAX = 500_000;
/** Characters of a name by which it may be found anywhere. */
const NAME_LENGTH_MIN = 4;
const PATH_VERBS = new Set(
  (
    'APPE CWD DELE LIST MDTM MFCT MFF MFMT MKD MLSD MLST NLST RETR RMD RNFR RNTO SIZE SMNT STAT STOR STOU XCWD XMKD ' +
    'XRMD XCRC XMD5 XSHA XSHA1 XSHA256 XSHA512 HASH MD5 THMB'
  ).split(' '),
);

interface Token {
  readonly text: string;
  readonly pseudonym: string;
  /** Only where its place shows it to be a name: the word alone may be anything. */
  readonly needsContext: boolean;
}

/** What sessions name: users, addresses, hosts, paths, certificates. Found again as whole words wherever they stand. */
export class Tokens {
  private readonly pseudonyms: Pseudonyms;
  private readonly byWord = new Map<string, Token[]>();
  private readonly known = new Set<string>();

  constructor(pseudonyms: Pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /** Names known so far. */
  get size(): number {
    return this.known.size;
  }

  /** Learns what a session names. */
  learn(session: Session): void {
    if (session.user !== null) this.addUser(session.user);
    for (const { address } of [
      session.client,
      session.server,
      session.proxy ?? session.client,
      ...session.connectAttempts,
    ])
      if (address !== null) this.addHost(address);
    for (const { verb, argument } of session.exchanges) if (argument) this.addArgument(verb, argument);
    for (const { endpoint, connectedTo } of session.dataConnections)
      for (const place of [endpoint, connectedTo]) if (place?.address) this.addHost(place.address);
    for (const { path, fullPath } of session.transfers)
      for (const place of [path, fullPath]) if (place) this.addPath(place);
    const { certificate } = session.tls;
    for (const name of [certificate?.subject, certificate?.issuer]) if (name) this.addCertificate(name);
  }

  addUser(text: string): void {
    const name = byteText(text);
    if (NAMELESS_USERS.has(name) || this.pseudonyms.keeps('users')) return;
    this.add(name, this.pseudonyms.user(name), WORDS.has(name.toLowerCase()) || !/[A-Za-z\x80-\xff]./.test(name));
    const at = name.lastIndexOf('@');
    if (at > 0) this.addUser(name.substring(0, at));
  }

  /** A host's name or address. */
  addHost(text: string): void {
    const name = byteText(text);
    if (classifyAddress(name).family !== 'unknown') {
      this.pseudonyms.addresses.reserve(name);
      const pseudonym = this.pseudonyms.address(name);
      if (pseudonym !== null) this.add(name, pseudonym, false);
    } else if (!isKnownHost(name) && !this.pseudonyms.keeps('hosts') && /[a-z]/i.test(name))
      this.add(name, this.pseudonyms.host(name), WORDS.has(name.toLowerCase()));
  }

  addPath(text: string): void {
    if (this.pseudonyms.keeps('paths')) return;
    const path = byteText(text);
    for (const name of path.split(/[/\\]/)) {
      const plain = name.length >= NAME_LENGTH_MIN && /[A-Za-z\x80-\xff]/.test(name) && !WORDS.has(name.toLowerCase());
      this.add(name, this.pseudonyms.fileName(name), !plain);
    }
  }

  addCertificate(text: string): void {
    if (this.pseudonyms.keeps('certificates')) return;
    const name = byteText(text);
    this.add(name, this.pseudonyms.certificate(name), WORDS.has(name.toLowerCase()));
    for (const [, value = ''] of name.matchAll(/=\s?([^=;,/]+)/g))
      if (/^[\w*-]+(?:\.[\w-]+)+$/.test(value)) this.addHost(value);
  }

  /** Claims every place where a known name stands as a word of its own. */
  claim(claims: Claims): void {
    const { text } = claims;
    for (const { 0: word, index } of text.matchAll(/[\w\x80-\xff]+/g)) {
      const skipped = escapedStart(text, index, word);
      for (const token of this.byWord.get(word.substring(skipped)) ?? []) {
        const start = index + skipped;
        const end = start + token.text.length;
        if (!text.startsWith(token.text, start) || isWordAt(text, end)) continue;
        if (token.needsContext && !hasContext(text, start, end)) continue;
        if (claims.claim(start, end, token.pseudonym)) break;
      }
    }
  }

  private addArgument(verb: string | null, argument: string): void {
    if (verb === 'USER') this.addUser(argument);
    else if (verb === 'HOST') this.addHost(argument);
    else if (verb === null || !PATH_VERBS.has(verb) || /^-[A-Za-z]+$/.test(argument)) return;
    else {
      this.addPath(argument);
      const text = byteText(argument);
      this.add(`${verb} ${text}`, `${verb} ${this.pseudonyms.path(text)}`, false);
    }
  }

  private add(text: string, pseudonym: string, needsContext: boolean): void {
    const lead = /^[^\w\x80-\xff]*/.exec(text)![0].length;
    const core = text.substring(lead);
    if (core === '' || pseudonym === text || this.known.has(core) || this.known.size >= TOKENS_MAX) return;
    this.known.add(core);
    const [word] = /^[\w\x80-\xff]+/.exec(core)!;
    const same = this.byWord.get(word);
    const token = { text: core, pseudonym: pseudonym.substring(lead), needsContext };
    if (same === undefined) this.byWord.set(word, [token]);
    else same.splice(placeOf(same, core), 0, token);
  }
}

/** Longer names come first. */
function placeOf(tokens: readonly Token[], text: string): number {
  const place = tokens.findIndex((token) => token.text.length < text.length);
  return place < 0 ? tokens.length : place;
}

/** Letters at a word's beginning that belong to an escape before it: `\nUSER`, `%2Fhome`. */
function escapedStart(text: string, index: number, word: string): number {
  const before = text[index - 1];
  if (before === '\\') return 'nrt'.includes(word[0]!) ? 1 : 0;
  return before === '%' && /^[0-9A-Fa-f]{2}/.test(word) ? 2 : 0;
}

function isWordAt(text: string, at: number): boolean {
  return at < text.length && /[\w\x80-\xff]/.test(text[at]!);
}

/** Whether a word stands where a name does: beside a separator or a quote, behind `user`, `for`, or a FileZilla prefix. */
function hasContext(text: string, start: number, end: number): boolean {
  if (isMarkAt(text, start - 1) || isMarkAt(text, end)) return true;
  return /(?:\b(?:user|User|for|as|to user)|\d -) $/.test(text.substring(Math.max(0, start - 8), start));
}

function isMarkAt(text: string, at: number): boolean {
  return at >= 0 && at < text.length && /[/\\"'`[\]]/.test(text[at]!);
}

/** A text of the report as bytes. */
function byteText(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text : byteStringOf(bytesOf(text));
}
