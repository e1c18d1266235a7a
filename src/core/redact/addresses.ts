import { addressOfBytes, bytesOfAddress } from '../ftp/address-bytes.ts';
import { classifyAddress } from '../ftp/addresses.ts';
import { OctetShuffle } from './octet-shuffle.ts';
import type { KeyedHash } from './pseudonyms.ts';

/** RFC 5737: networks that stand for public ones. */
const DOCUMENTATION = ['192.0.2', '198.51.100', '203.0.113'] as const;
/** First octets that are public by their number and not routed in the internet: more networks than RFC 5737 has. */
const UNROUTED = [11, 21, 22, 26, 28, 29, 30, 33, 55] as const;
const HOST_MAX = 254;
/** Addresses that are remembered with their pseudonyms. */
const REMEMBERED_MAX = 500_000;

/**
 * Pseudonyms of addresses. Family and range stay: loopback, unspecified, broadcast and multicast addresses are kept, private
 * ones stay in their block (RFC 1918, RFC 6598, RFC 4193). Public IPv6 addresses become documentation addresses (RFC 3849),
 * and so do those of the first three public IPv4 networks (RFC 5737); with a key, whose pseudonyms must not depend on what
 * came first, and for further networks, numbers that nobody routes are taken. Addresses of one network (IPv4 /8, /16, /24,
 * IPv6 /48, /64) stay in one network, and different networks stay different.
 */
export class AddressPseudonyms {
  private readonly hash: KeyedHash;
  private readonly octets: OctetShuffle;
  private readonly given = new Map<string, string>();
  private readonly originals = new Set<string>();
  private readonly taken = new Set<string>();
  /** Which public network became which of {@link DOCUMENTATION}. */
  private readonly documented = new Map<string, string>();
  private readonly isKeyed: boolean;

  constructor(hash: KeyedHash, isKeyed: boolean) {
    this.hash = hash;
    this.isKeyed = isKeyed;
    this.octets = new OctetShuffle(hash);
  }

  /** Keeps the address itself from being given to another one, where that can be. */
  reserve(text: string): void {
    const bytes = bytesOfAddress(text);
    if (bytes !== null && this.originals.size < REMEMBERED_MAX) this.originals.add(bytes.join('.'));
  }

  /** The pseudonym in the notation of the original; null for what is no address or stays as it is. */
  replace(text: string): string | null {
    const bytes = bytesOfAddress(text);
    if (bytes === null) return null;
    const key = bytes.join('.');
    let value = this.given.get(key);
    if (value === undefined) {
      const replaced = bytes.length === 4 ? this.replaceIpv4(bytes) : this.replaceIpv6(bytes, text);
      if (replaced === null) return null;
      value = replaced.join('.');
      if (this.given.size < REMEMBERED_MAX) this.given.set(key, value);
      this.taken.add(value);
    }
    return writeAddress(value.split('.').map(Number), text);
  }

  private replaceIpv4(bytes: readonly number[]): number[] | null {
    const [a, b, c, d] = bytes as [number, number, number, number];
    if (a === 0 || a === 127 || (a >= 224 && a < 240) || (a & b & c & d) === 255) return null;
    const { octets } = this;
    if (a === 10) return [a, octets.at('10', b, 0, 256), ...this.tail(bytes)];
    if (a === 172 && b >= 16 && b < 32) return [a, octets.at('172', b, 16, 16), ...this.tail(bytes)];
    if (a === 100 && b >= 64 && b < 128) return [a, octets.at('100', b, 64, 64), ...this.tail(bytes)];
    const isBlock = (a === 192 && b === 168) || (a === 169 && b === 254) || (a === 198 && (b & 254) === 18) || a >= 240;
    if (isBlock || (a === 192 && b === 0 && c === 0)) return [a, b, ...this.tail(bytes)];
    return this.replacePublic(bytes);
  }

  private tail([a, b, c, d]: readonly number[]): number[] {
    return [this.octets.at(`${a}.${b}`, c!, 0, 256), this.host(`${a}.${b}.${c}`, d!)];
  }

  /** The last octet; 0 and 255 stay, because they are no hosts. */
  private host(network: string, octet: number): number {
    return octet === 0 || octet > HOST_MAX ? octet : this.octets.at(network, octet, 1, HOST_MAX);
  }

  private replacePublic([a, b, c, d]: readonly number[]): number[] {
    const network = `${a}.${b}.${c}`;
    const digest = this.hash(`network ${network}`);
    const documentation = this.isKeyed ? null : this.documentationFor(network, digest[0]!);
    if (documentation === null)
      return [UNROUTED[digest[0]! % UNROUTED.length]!, digest[1]!, digest[2]!, this.host(network, d!)];
    for (let i = 0; i < HOST_MAX; i++) {
      const found = `${documentation}.${this.host(network, ((d! - 1 + i + HOST_MAX) % HOST_MAX) + 1)}`;
      if (!this.taken.has(found) && !this.originals.has(found)) return found.split('.').map(Number);
    }
    return [...documentation.split('.').map(Number), this.host(network, d!)];
  }

  private documentationFor(network: string, first: number): string | null {
    const known = this.documented.get(network);
    if (known !== undefined || this.documented.size === DOCUMENTATION.length) return known ?? null;
    const used = [...this.documented.values()];
    const free = DOCUMENTATION.filter((place) => !used.includes(place));
    const chosen = free[first % free.length]!;
    this.documented.set(network, chosen);
    return chosen;
  }

  private replaceIpv6(bytes: readonly number[], text: string): number[] | null {
    const first = bytes[0]!;
    // IPv4 within IPv6: mapped, and as translators write it (RFC 6052 section 2.1).
    const isTranslated = bytes.slice(0, 12).join('.') === '0.100.255.155.0.0.0.0.0.0.0.0';
    if (isTranslated || bytes.every((byte, i) => i >= 12 || byte === (i < 10 ? 0 : 255))) {
      const inner = this.replace(bytes.slice(12).join('.'));
      return inner === null ? null : [...bytes.slice(0, 12), ...inner.split('.').map(Number)];
    }
    if (bytes.slice(0, 15).every((byte) => byte === 0) || first === 0xff) return null;
    const site = this.hash(`site ${bytes.slice(0, 6).join('.')}`);
    const subnet = this.hash(`network ${bytes.slice(0, 8).join('.')}`);
    const tail = [...this.hash(`host ${bytes.join('.')}`).subarray(0, 8)];
    // Short interface ids are set by hand and read better short.
    if (bytes.slice(8, 14).every((byte) => byte === 0)) tail.fill(0, 0, 4);
    if (first === 0xfe && (bytes[1]! & 0xc0) === 0x80) return [...bytes.slice(0, 8), ...tail];
    if ((first & 0xfe) === 0xfc) return [first, ...site.subarray(0, 5), ...subnet.subarray(0, 2), ...tail];
    if (classifyAddress(text).range !== 'public') return [...bytes.slice(0, 4), ...site.subarray(0, 4), ...tail];
    return [0x20, 0x01, 0x0d, 0xb8, ...site.subarray(0, 2), ...subnet.subarray(0, 2), ...tail];
  }
}

function writeAddress(bytes: readonly number[], original: string): string {
  if (/^::ffff:\d+\./i.test(original)) return `::ffff:${bytes.slice(12).join('.')}`;
  return addressOfBytes(bytes, /^(?:[0-9a-f]{4}:){7}[0-9a-f]{4}$/i.test(original));
}
