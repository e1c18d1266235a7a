/** The endpoints that PORT, EPRT, 227 and 229 carry (RFC 959 sections 4.1.2 and 5.3.2, RFC 2428 sections 2 and 3). */

/** Where a data connection is to be made to. */
export interface HostPort {
  /** As written, dotted for PORT and 227; null where none is given or it is blotted out. */
  readonly address: string | null;
  readonly port: number;
}

const SIX = /(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})/;
/** Posters blot the address out and leave the port: `(xxx,xxx,xxx,xxx,195,98)`, `(x.x.x.x,195,98)`, `(192,168,x,x,195,98)`. */
const BLOTTED = /[^\s(),],(\d{1,3}),(\d{1,3})(?![\d,])/;

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
  if (blotted === null) return null;
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
