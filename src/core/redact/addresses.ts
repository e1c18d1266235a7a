import { addressOfBytes, bytesOfAddress } from '../ftp/address-bytes.ts';
import type { KeyedHash } from './pseudonyms.ts';

/** RFC 5737: networks that stand for public ones. */
const DOCUMENTATION = [
  [192, 0, 2],
  [198, 51, 100],
  [203, 0, 113],
] as const;
/** Addresses of {@link DOCUMENTATION} that are given out before their hosts run short. */
const DOCUMENTED_MAX = 600;
/** First octets that are public by their number and not routed in the internet: more networks than RFC 5737 has. */
const UNROUTED = [11, 21, 22, 26, 28, 29, 30, 33, 55] as const;
const HOST_MAX = 254;

/**
 * Pseudonyms of addresses. Family and range stay: loopback, unspecified, broadcast and multicast addresses are kept, private
 * ones stay in their block (RFC 1918, RFC 6598, RFC 4193), public ones become documentation addresses (RFC 5737, RFC 3849).
 * Addresses of one network (IPv4 /24, IPv6 /64) stay in one network, and no two addresses become one.
 */
export class AddressPseudonyms {
  private readonly hash: KeyedHash;
  private readonly given = new Map<string, string>();
  private readonly taken = new Set<string>();
  private documented = 0;

  constructor(hash: KeyedHash) {
    this.hash = hash;
  }

  /** Keeps the address itself from being given to another one. */
  reserve(text: string): void {
    const bytes = bytesOfAddress(text);
    if (bytes !== null) this.taken.add(bytes.join('.'));
  }

  /** The pseudonym in the notation of the original; null for what is no address or stays as it is. */
  replace(text: string): string | null {
    const bytes = bytesOfAddress(text);
    if (bytes === null) return null;
    const key = bytes.join('.');
    const known = this.given.get(key);
    const full = /^(?:[0-9a-f]{4}:){7}[0-9a-f]{4}$/i.test(text);
    if (known !== undefined) return this.write(known, full, text);
    const replaced = bytes.length === 4 ? this.replaceIpv4(bytes) : this.replaceIpv6(bytes);
    if (replaced === null) return null;
    const value = replaced.join('.');
    this.given.set(key, value);
    this.taken.add(value);
    return this.write(value, full, text);
  }

  private write(value: string, full: boolean, original: string): string {
    const text = addressOfBytes(value.split('.').map(Number), full);
    if (!/^::ffff:\d+\./i.test(original)) return text;
    return `::ffff:${value.split('.').slice(12).join('.')}`;
  }

  private replaceIpv4(bytes: readonly number[]): number[] | null {
    const [a, b, c, d] = bytes as [number, number, number, number];
    const block = `${a}.${b}.${c}`;
    const network = this.hash(`net4 ${block}`);
    const host = this.hash(`host4 ${block}.${d}`);
    if (a === 0 || a === 127 || (a >= 224 && a < 240) || (a & b & c & d) === 255) return null;
    if (a === 10) return this.free([10, network[0]!, network[1]!], host);
    if (a === 172 && b >= 16 && b < 32) return this.free([172, 16 + (network[0]! & 15), network[1]!], host);
    if (a === 192 && b === 168) return this.free([192, 168, network[0]!], host);
    if (a === 100 && b >= 64 && b < 128) return this.free([100, 64 + (network[0]! & 63), network[1]!], host);
    if (a === 169 && b === 254) return this.free([169, 254, network[0]!], host);
    if (a >= 240 || (a === 192 && b === 0 && c === 0) || (a === 198 && (b & 254) === 18))
      return this.free([a, b, network[0]!], host);
    return this.replacePublic(network, host);
  }

  private replacePublic(network: Uint8Array, host: Uint8Array): number[] {
    if (this.documented < DOCUMENTED_MAX) {
      this.documented++;
      return this.free(DOCUMENTATION[network[0]! % DOCUMENTATION.length]!, host);
    }
    return this.free([UNROUTED[network[2]! % UNROUTED.length]!, network[0]!, network[1]!], host);
  }

  /** A host of the network that nobody has, else of the next network. */
  private free(network: readonly number[], host: Uint8Array): number[] {
    const [a, b, c] = network as [number, number, number];
    const first = host[0]! % HOST_MAX;
    for (let next = 0; next < 256; next++) {
      const third = DOCUMENTATION.find(([x, y]) => x === a && y === b)?.[2];
      const place = third === undefined ? [a, b, (c + next) & 255] : DOCUMENTATION[(indexOf(a) + next) % 3]!;
      for (let i = 0; i < HOST_MAX; i++) {
        const found = [...place, 1 + ((first + i) % HOST_MAX)];
        if (!this.taken.has(found.join('.'))) return found;
      }
    }
    return [a, b, c, 1 + first];
  }

  private replaceIpv6(bytes: readonly number[]): number[] | null {
    if (isMapped(bytes)) {
      const inner = this.replace(bytes.slice(12).join('.'));
      return inner === null ? null : [...bytes.slice(0, 12), ...inner.split('.').map(Number)];
    }
    const first = bytes[0]!;
    if (bytes.slice(0, 15).every((byte) => byte === 0) || first === 0xff) return null;
    const site = this.hash(`site6 ${bytes.slice(0, 6).join('.')}`);
    const subnet = this.hash(`net6 ${bytes.slice(0, 8).join('.')}`);
    const host = this.hash(`host6 ${bytes.join('.')}`);
    const tail = [...host.subarray(0, 8)];
    // Short interface ids are set by hand and read better short.
    if (bytes.slice(8, 14).every((byte) => byte === 0)) tail.fill(0, 0, 4);
    if (first === 0xfe && (bytes[1]! & 0xc0) === 0x80) return [...bytes.slice(0, 8), ...tail];
    if ((first & 0xfe) === 0xfc) return [first, ...site.subarray(0, 5), ...subnet.subarray(0, 2), ...tail];
    return [0x20, 0x01, 0x0d, 0xb8, ...site.subarray(0, 2), ...subnet.subarray(0, 2), ...tail];
  }
}

function indexOf(first: number): number {
  return DOCUMENTATION.findIndex(([a]) => a === first);
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => i >= 12 || byte === (i < 10 ? 0 : 255));
}
