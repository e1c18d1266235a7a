/** Which server a session talks to, for what depends on the product; from its log's format, its greeting and its replies. */

import { perText } from '../bytes/per-text.ts';
import type { Session } from '../sessions/session.ts';
import { perSession } from './per-session.ts';

/** Servers whose behaviour the diagnoses know. FileZilla Server 0.9 and 1.x are different programs. */
export type Product = 'filezilla-0.9' | 'filezilla-1' | 'vsftpd' | 'proftpd' | 'pure-ftpd' | 'pyftpdlib' | 'iis';

/** What is known of the server. */
export interface Server {
  readonly product: Product | null;
  /** What it may be, as far as that is known: none of them where it names itself as another; null where nothing tells. */
  readonly candidates: readonly Product[] | null;
  /** `0.9.60`, `1.3.5rc3`; null if it is not told. */
  readonly version: string | null;
}

/** Names of products in remedies and sentences. */
export const PRODUCT_NAMES: Readonly<Record<Product, string>> = {
  'filezilla-0.9': 'FileZilla Server 0.9',
  'filezilla-1': 'FileZilla Server 1.x',
  vsftpd: 'vsftpd',
  proftpd: 'ProFTPD',
  'pure-ftpd': 'Pure-FTPd',
  pyftpdlib: 'pyftpdlib',
  iis: 'IIS',
};

const FORMAT_PRODUCTS: Readonly<Record<string, Product>> = {
  'filezilla-server-0.9': 'filezilla-0.9',
  'filezilla-server-1': 'filezilla-1',
  vsftpd: 'vsftpd',
  proftpd: 'proftpd',
  'pure-ftpd': 'pure-ftpd',
  pyftpdlib: 'pyftpdlib',
  'iis-w3c': 'iis',
};

/** Reply texts that only one product sends. FileZilla Server 1.x ends the SYST reply with a full stop, 0.9 does not. */
const REPLY_PRODUCTS: readonly (readonly [RegExp, Product])[] = [
  [/^UNIX emulated by FileZilla\.$/, 'filezilla-1'],
  [/^UNIX emulated by FileZilla$/, 'filezilla-0.9'],
  [/^(?:Opening data channel for |Data channel opened for |Connection accepted$)/, 'filezilla-0.9'],
  [/^(?:About to start data transfer|Starting data transfer)\.$/, 'filezilla-1'],
  [
    /^(?:Please specify the password|Proceed with negotiation|Switching to (?:Binary|ASCII) mode|Here comes the directory listing|Directory send OK)\.$/,
    'vsftpd',
  ],
  [/^(?:TYPE is now (?:8-bit binary|ASCII)|OK\. Current (?:restricted )?directory is )/, 'pure-ftpd'],
  [/^Accepted data connection$/, 'pure-ftpd'],
];
const TELLING_CODES: ReadonlySet<number> = new Set([150, 200, 215, 226, 230, 234, 250, 331]);

/** The session's server, from the most certain sign to the least. */
export const serverOf = perSession((session): Server => {
  const { banner, product, version } = session.server;
  const known =
    FORMAT_PRODUCTS[session.format] ??
    productNamed(product ?? '', version) ??
    productNamed(banner ?? '', version) ??
    productByReplies(session);
  const candidates = known !== null ? [known] : product === null ? null : /filezilla/i.test(product) ? FILEZILLA : [];
  return { product: known, candidates, version: version ?? versionIn(banner ?? '') };
});

/** A greeting without a version leaves open which of the two it is. */
const FILEZILLA: readonly Product[] = ['filezilla-0.9', 'filezilla-1'];

function productNamed(text: string, version: string | null): Product | null {
  if (/filezilla/i.test(text)) {
    const number = version ?? versionIn(text);
    return number === null ? null : number.startsWith('0.') ? 'filezilla-0.9' : 'filezilla-1';
  }
  if (/vsftpd/i.test(text)) return 'vsftpd';
  if (/proftpd/i.test(text)) return 'proftpd';
  if (/pure-?ftpd/i.test(text)) return 'pure-ftpd';
  if (/pyftpdlib/i.test(text)) return 'pyftpdlib';
  if (/Microsoft (?:FTP|IIS)|\bIIS\b/i.test(text)) return 'iis';
  return null;
}

function productByReplies(session: Session): Product | null {
  for (const exchange of session.exchanges)
    for (const reply of exchange.replies) {
      if (!TELLING_CODES.has(reply.code)) continue;
      for (const [text, product] of REPLY_PRODUCTS) if (text.test(reply.text)) return product;
    }
  return null;
}

function versionIn(text: string): string | null {
  return /\b(\d{1,4}\.\d{1,4}(?:\.\d{1,4}){0,2}(?:rc\d{1,2}|[a-g])?)\b/.exec(text)?.[1] ?? null;
}

/** Compares dotted versions number by number; a letter counts as a later patch, `rc` as an earlier one. Below zero: `a` is older. */
export function compareVersions(a: string, b: string): number {
  const left = partsOf(a);
  const right = partsOf(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const partsOf = perText((version): readonly number[] => {
  const parts: number[] = [];
  for (const [, number, suffix] of version.matchAll(/(\d{1,9})(rc|[a-z](?![a-z]))?/g)) {
    if (suffix === 'rc') parts.push(Number(number) - 0.5);
    else parts.push(Number(number) + (suffix ? (suffix.charCodeAt(0) - 96) / 100 : 0));
  }
  return parts;
});
