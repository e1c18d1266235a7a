/** The endpoints that PORT, EPRT, 227 and 229 carry (RFC 959 sections 4.1.2 and 5.3.2, RFC 2428 sections 2 and 3). */

import { COMMA, DIGIT_0, isDigit, PAREN_CLOSE, PAREN_OPEN, PIPE } from '../bytes/ascii.ts';

/** Where a data connection is to be made to. */
export interface HostPort {
  /** As written, dotted for PORT and 227; null where none is given or it is blotted out. */
  readonly address: string | null;
  readonly port: number;
}

const SIX = /(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})/;
/** Posters blot the address out and leave the port: `(xxx,xxx,xxx,xxx,195,98)`, `(x.x.x.x,195,98)`, `(192,168,x,x,195,98)`. */
const BLOTTED = /[^\s(),],(\d{1,3}),(\d{1,3})(?![\d,])/;

/** Three bare numbers are no address with a port, however much of it is gone. */
const THREE = /(?<![\w.,*])\d{1,3},\d{1,3},\d{1,3}(?![\d,])/;

/** Reads six numbers `h1,h2,h3,h4,p1,p2` anywhere in the text, as clients do (RFC 1123 section 4.1.2.6). */
export function readHostPort(text: string): HostPort | null {
  const match = SIX.exec(text);
  if (match !== null) {
    const [h1, h2, h3, h4, p1, p2] = match.slice(1).map(Number) as [number, number, number, number, number, number];
    if (p1 > 255 || p2 > 255) return null;
    const valid = h1 <= 255 && h2 <= 255 && h3 <= 255 && h4 <= 255;
    return { address: valid ? `${h1}.${h2}.${h3}.${h4}` : null, port: p1 * 256 + p2 };
  }
  const blotted = BLOTTED.exec(text);
  if (blotted === null || THREE.test(text)) return null;
  const high = Number(blotted[1]);
  const low = Number(blotted[2]);
  return high > 255 || low > 255 ? null : { address: null, port: high * 256 + low };
}

/** Reads the port of a 229 reply `(<d><d><d>port<d>)`, with any delimiter; null if it is malformed. */
export function readExtendedPort(text: string): number | null {
  const match = /\(([\x21-\x2f\x3a-\x7e])\1\1(\d{1,5})\1\)/.exec(text);
  if (match === null) return null;
  const port = Number(match[2]);
  return port >= 1 && port <= 65535 ? port : null;
}

/** An EPRT argument: `<d>family<d>address<d>port<d>`. */
export interface ExtendedHostPort extends HostPort {
  /** 1 = IPv4, 2 = IPv6, as written. */
  readonly protocol: number;
}

/** Reads an EPRT argument; null if it is malformed. */
export function readExtendedHostPort(text: string): ExtendedHostPort | null {
  const match = /^\s*([\x21-\x2f\x3a-\x7e])(\d{1,5})\1([^|\s]{1,128}?)\1(\d{1,5})\1/.exec(text);
  if (match === null) return null;
  return { protocol: Number(match[2]), address: match[3]!, port: Number(match[4]) };
}

/** The six numbers of a 227 reply or a PORT argument, in bytes. */
export interface NumericHostPort {
  /** The four bytes of the address as an unsigned 32-bit number. */
  address: number;
  port: number;
}

/**
 * Reads six numbers `h1,h2,h3,h4,p1,p2` anywhere in `bytes[start, end)` into `out`, without a string; false if there are none
 * (then {@link readHostPort} may still make sense of a text that was blotted out).
 */
export function hostPortAt(bytes: Uint8Array, start: number, end: number, out: NumericHostPort): boolean {
  for (let i = start; i < end; i++) {
    if (!isDigit(bytes[i]!)) continue;
    let count = 0;
    let high = 0;
    let low = 0;
    let at = i;
    while (at < end && count < 6) {
      let value = 0;
      const first = at;
      while (at < end && isDigit(bytes[at]!) && at - first < 4) value = value * 10 + bytes[at++]! - DIGIT_0;
      if (at === first || at - first > 3 || value > 255) break;
      if (count < 4) high = high * 256 + value;
      else low = low * 256 + value;
      count++;
      if (count === 6 || bytes[at] !== COMMA) break;
      at++;
    }
    if (count === 6) {
      out.address = high;
      out.port = low;
      return true;
    }
    while (i + 1 < end && isDigit(bytes[i + 1]!)) i++;
  }
  return false;
}

/** An IPv4 address, as a number, in four parts. */
export function dotted(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 0xff}.${(address >>> 8) & 0xff}.${address & 0xff}`;
}

/** Reads the port of a 229 reply `(|||port|)` in `bytes[start, end)` without a string; 0 if it is written in another way. */
export function extendedPortAt(bytes: Uint8Array, start: number, end: number): number {
  const open = bytes.indexOf(PAREN_OPEN, start);
  if (open < 0 || open + 6 > end || bytes[open + 1] !== PIPE || bytes[open + 2] !== PIPE || bytes[open + 3] !== PIPE)
    return 0;
  let at = open + 4;
  let port = 0;
  while (at < end && at < open + 9 && isDigit(bytes[at]!)) port = port * 10 + bytes[at++]! - DIGIT_0;
  return bytes[at] === PIPE && bytes[at + 1] === PAREN_CLOSE && at + 1 < end && port <= 65535 ? port : 0;
}

/** Whether an IPv4 address, as a number, is none that the internet routes: private, loopback, link-local, shared or zero. */
export function isUnroutableIpv4(address: number): boolean {
  const a = address >>> 24;
  const b = (address >>> 16) & 0xff;
  return (
    a === 10 ||
    a === 127 ||
    a === 0 ||
    a >= 224 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  );
}
