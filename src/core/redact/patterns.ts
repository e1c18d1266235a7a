import { classifyAddress } from '../ftp/addresses.ts';
import type { Claims } from './claims.ts';
import { claimListing } from './listing.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { isKnownHost, TOP_LABELS } from './vocabulary.ts';

/** Claims what shows by its shape alone that it is an address, a host, a path or a name. */
export function claimPatterns(claims: Claims, pseudonyms: Pseudonyms): void {
  claimListing(claims, pseudonyms);
  claimHostPorts(claims, pseudonyms);
  claimCertificates(claims, pseudonyms);
  claimChunks(claims, pseudonyms);
  claimAddresses(claims, pseudonyms);
  claimHosts(claims, pseudonyms);
}

/** `h1,h2,h3,h4,p1,p2` of PORT and 227 (RFC 959), `4,4,h1,…` and `6,16,h1,…` of LPRT and 228 (RFC 1639). */
function claimHostPorts(claims: Claims, pseudonyms: Pseudonyms): void {
  for (const match of claims.text.matchAll(/(?<![\d,])\d{1,3}(?:, ?\d{1,3}){5,20}(?![\d,])/g)) {
    const numbers = match[0].split(',').map((number) => number.trim());
    const [length, first] =
      numbers[0] === '6' && numbers[1] === '16' ? [16, 2] : numbers.length > 6 && numbers[1] === '4' ? [4, 2] : [4, 0];
    const inner = numbers.slice(first, first + length);
    const replaced = pseudonyms.address(length === 4 ? inner.join('.') : groupsOf(inner.map(Number)));
    if (replaced === null) continue;
    const bytes = length === 4 ? replaced.split('.') : bytesOfGroups(replaced);
    const all = [...numbers.slice(0, first), ...bytes, ...numbers.slice(first + length)];
    claims.claim(match.index, match.index + match[0].length, all.join(','));
  }
}

function groupsOf(bytes: readonly number[]): string {
  const groups: string[] = [];
  for (let i = 0; i + 1 < bytes.length; i += 2) groups.push((bytes[i]! * 256 + bytes[i + 1]!).toString(16));
  return groups.join(':');
}

function bytesOfGroups(address: string): string[] {
  const [head = '', tail = ''] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [String(value >> 8), String(value & 255)];
  });
}

const DISTINGUISHED =
  /(?<![\w.])(?:CN|OU|O|L|ST|S|emailAddress|E|DC|UID)\s?=\s?([^=;,/"'\r\n]{1,256}?)(?=\s?(?:[;,/"'\r\n]|$|\s(?:CN|OU|O|L|ST|C|S)=))/g;
const FINGERPRINT = /(?<![0-9A-Fa-f:])[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){9,63}(?![0-9A-Fa-f:])/g;

function claimCertificates(claims: Claims, pseudonyms: Pseudonyms): void {
  if (pseudonyms.keeps('certificates')) return;
  for (const match of claims.text.matchAll(DISTINGUISHED)) {
    const value = match[1]!;
    const start = match.index + match[0].lastIndexOf(value);
    claims.claim(start, start + value.length, pseudonyms.certificate(value));
  }
  for (const { 0: print, index } of claims.text.matchAll(FINGERPRINT)) {
    const name = pseudonyms.name(print.replaceAll(':', ''));
    let at = 0;
    const digits = print.replace(/[0-9A-Fa-f]/g, () => (name.charCodeAt(at++) % 16).toString(16));
    claims.claim(index, index + print.length, digits);
  }
}

/** Pieces without blanks and brackets: URLs, mail addresses, absolute paths. */
function claimChunks(claims: Claims, pseudonyms: Pseudonyms): void {
  for (const { 0: chunk, index } of claims.text.matchAll(/[^\s"'<>()|,;=[\]{}`]+/g)) {
    const scheme = chunk.indexOf('://');
    if (scheme > 0) claimUrl(claims, pseudonyms, index, chunk, index + scheme + 3);
    else if (chunk.includes('@')) claimMail(claims, pseudonyms, index, chunk);
    else claimPath(claims, pseudonyms, index, chunk);
  }
}

function claimUrl(claims: Claims, pseudonyms: Pseudonyms, start: number, chunk: string, authority: number): void {
  const { text } = claims;
  const end = start + chunk.length;
  const slash = text.indexOf('/', authority);
  const pathStart = slash < 0 || slash > end ? end : slash;
  const at = text.lastIndexOf('@', pathStart - 1);
  const hostStart = at >= authority ? at + 1 : authority;
  if (hostStart > authority) {
    const colon = text.indexOf(':', authority);
    const userEnd = colon >= 0 && colon < at ? colon : at;
    claims.claim(authority, userEnd, pseudonyms.user(text.substring(authority, userEnd)));
  }
  const [host] = /^(?:\[[^\]]*\]?|[^:/]*)/.exec(text.substring(hostStart, pathStart))!;
  const bare = host.replace(/^\[|\]$/g, '');
  const known = isKnownHost(bare);
  const bareStart = hostStart + (host.startsWith('[') ? 1 : 0);
  claims.claim(bareStart, bareStart + bare.length, pseudonyms.host(bare));
  if (!known && pathStart < end) claims.claim(pathStart, end, pseudonyms.path(text.substring(pathStart, end)));
}

function claimMail(claims: Claims, pseudonyms: Pseudonyms, start: number, chunk: string): void {
  const [mail] = /^[^@]{1,256}@[\w-]+(?:\.[\w-]+)*/.exec(chunk) ?? [];
  if (mail === undefined) return;
  const at = mail.lastIndexOf('@');
  const name = /[\w.+\x80-\xff-]+$/.exec(mail.substring(0, at).slice(-256))?.[0] ?? '';
  if (name !== '') claims.claim(start + at - name.length, start + at, pseudonyms.user(name));
  const host = mail.substring(at + 1);
  claims.claim(start + at + 1, start + mail.length, pseudonyms.host(host));
}

function claimPath(claims: Claims, pseudonyms: Pseudonyms, start: number, chunk: string): void {
  const isAbsolute = /^\/[^/\s]|^\/\/[\w]/.test(chunk) || /^[A-Za-z]:[\\/]/.test(chunk) || /^\\\\\w/.test(chunk);
  if (!isAbsolute || !/[A-Za-z\x80-\xff]{2}/.test(chunk)) return;
  // The end of a tag, in HTML or as forums write it.
  if (/[<[]/.test(claims.text[start - 1] ?? '') && /[>\]]/.test(claims.text[start + chunk.length] ?? '')) return;
  const path = chunk.replace(/(?<![.:!?])[.:!?]+$/, '');
  claims.claim(start, start + path.length, pseudonyms.path(path));
}

const IPV4 = /(?:(?<![\w.])|(?<=\\[nrt]))\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g;
const IPV6 = /[0-9A-Fa-f:.]{3,64}/g;

function claimAddresses(claims: Claims, pseudonyms: Pseudonyms): void {
  const { text } = claims;
  if (pseudonyms.keeps('addresses')) return;
  for (const { 0: run, index } of text.matchAll(IPV6)) claimIpv6(claims, pseudonyms, run, index);
  for (const { 0: address, index } of text.matchAll(IPV4)) {
    // `ProFTPD/1.3.7.1`, `version 0.9.60.2`: no addresses.
    const before = text.substring(Math.max(0, index - 10), index);
    if (/[A-Za-z]\/$|version:? $/i.test(before) || (/[A-Za-z] $/.test(before) && address.endsWith('.0'))) continue;
    const replaced = pseudonyms.address(address);
    if (replaced !== null) claims.claim(index, index + address.length, replaced);
  }
}

function claimIpv6(claims: Claims, pseudonyms: Pseudonyms, run: string, index: number): void {
  const { text } = claims;
  if (run.indexOf(':') === run.lastIndexOf(':')) return;
  if (/[\w]/.test(text[index - 1] ?? '') && text[index - 2] !== '\\') return;
  if (/[\w]/.test(text[index + run.length] ?? '')) return;
  const plain = run.replace(/(?:\.|(?<!:):)+$/, '');
  for (const address of [plain, plain.replace(/[:.]\d{1,5}$/, '')]) {
    if (classifyAddress(address).family === 'unknown') continue;
    const replaced = pseudonyms.address(address);
    claims.claim(index, index + address.length, replaced ?? address);
    return;
  }
}

/** Dotted words whose last label is one that hosts have, and words beside which only a host's name stands. */
function claimHosts(claims: Claims, pseudonyms: Pseudonyms): void {
  if (pseudonyms.keeps('hosts')) return;
  for (const { 0: word, index } of claims.text.matchAll(/(?<![\w-])[A-Za-z0-9_][\w-]*(?:\.[\w-]+)+/g)) {
    const last = word.substring(word.lastIndexOf('.') + 1).toLowerCase();
    if (!TOP_LABELS.has(last) && !last.startsWith('xn--')) continue;
    claims.claim(index, index + word.length, pseudonyms.host(word));
  }
}
