import ipaddr from 'ipaddr.js';
import { perText } from '../bytes/per-text.ts';
import type { AddressRange, Endpoint, Family } from '../report.ts';

interface Classified {
  readonly family: Family;
  readonly range: AddressRange | null;
  /** `a.b.c.d` for `::ffff:a.b.c.d`, else the text itself. */
  readonly plain: string;
}

const NOT_AN_ADDRESS: Classified = { family: 'unknown', range: null, plain: '' };

/** The names that ipaddr.js gives to ranges which are not `public`; documentation ranges stand for public addresses. */
const RANGES: Readonly<Record<string, AddressRange>> = {
  unicast: 'public',
  private: 'private',
  uniqueLocal: 'private',
  carrierGradeNat: 'private',
  loopback: 'loopback',
  linkLocal: 'link-local',
};

const DOCUMENTATION = /^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/i;

/**
 * Family and range of an address as a log prints it: with or without brackets, with a zone id, IPv4 mapped into IPv6 (which
 * counts as IPv4: the packets on the wire are).
 */
export const classifyAddress = perText((text): Classified => {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!bare.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(bare)) return NOT_AN_ADDRESS;
  if (!ipaddr.isValid(bare)) return NOT_AN_ADDRESS;
  let address = ipaddr.parse(bare);
  let plain = bare;
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
    address = address.toIPv4Address();
    plain = address.toString();
  }
  const range = DOCUMENTATION.test(plain) ? 'public' : (RANGES[address.range()] ?? 'reserved');
  return { family: address.kind() as Family, range, plain };
});

/** An endpoint, classified. */
export function endpointOf(address: string | null, port: number | null): Endpoint {
  if (address === null) return { address, port, family: 'unknown', range: null };
  const { family, range } = classifyAddress(address);
  return { address, port, family, range };
}
