/** Versions of servers with known weaknesses that are fixed in later ones. Distributions may have fixed them without a new number. */

import { compareVersions, type Product } from '../products.ts';

/** Versions from `since` (inclusive) up to `before` (exclusive). */
export interface OldVersion {
  readonly product: Product;
  readonly since: string;
  readonly before: string;
  /** What is wrong, as a clause. */
  readonly why: string;
  readonly isKnownHole: boolean;
}

const OLD_VERSIONS: readonly OldVersion[] = [
  {
    product: 'filezilla-0.9',
    since: '0',
    before: '0.9.51',
    why: 'the 0.9 line is no longer maintained, and its PORT handling before 0.9.51 has a known weakness (CVE-2015-10003)',
    isKnownHole: true,
  },
  {
    product: 'filezilla-0.9',
    since: '0.9.51',
    before: '1',
    why: 'the 0.9 line is no longer maintained and knows no TLS newer than 1.2',
    isKnownHole: false,
  },
  {
    product: 'filezilla-1',
    since: '1.7.0',
    before: '1.7.3',
    why: '1.7.3 fixed a security problem that came with 1.7.0',
    isKnownHole: true,
  },
  {
    product: 'filezilla-1',
    since: '1',
    before: '1.8.1',
    why: 'later versions fixed errors, some in the handling of addresses',
    isKnownHole: false,
  },
  {
    product: 'vsftpd',
    since: '2.3.4',
    before: '2.3.5',
    why: 'a manipulated 2.3.4 with a back door was in circulation (CVE-2011-2523)',
    isKnownHole: true,
  },
  { product: 'vsftpd', since: '0', before: '3', why: 'it is more than ten years old', isKnownHole: false },
  { product: 'proftpd', since: '0', before: '1.3.5', why: 'it is more than ten years old', isKnownHole: false },
  {
    product: 'proftpd',
    since: '1.3.5',
    before: '1.3.5a',
    why: 'its mod_copy lets clients copy files without a login (CVE-2015-3306)',
    isKnownHole: true,
  },
  {
    product: 'pure-ftpd',
    since: '0',
    before: '1.0.30',
    why: 'commands sent before the TLS handshake were obeyed after it (CVE-2011-1575)',
    isKnownHole: true,
  },
];

const KNOWN_VERSIONS = 256;
/** A log names the same version in every session. */
const known = new Map<string, OldVersion | null>();

/** What is old about this version of a product, or null. */
export function oldVersionOf(product: Product, version: string): OldVersion | null {
  const name = `${product} ${version}`;
  let old = known.get(name);
  if (old === undefined) {
    const isOfIt = (entry: OldVersion) =>
      entry.product === product &&
      compareVersions(version, entry.since) >= 0 &&
      compareVersions(version, entry.before) < 0;
    old = OLD_VERSIONS.find(isOfIt) ?? null;
    if (known.size >= KNOWN_VERSIONS) known.clear();
    known.set(name, old);
  }
  return old;
}
