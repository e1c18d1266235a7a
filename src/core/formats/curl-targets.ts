/** Addresses and ports as curl's remarks write them. */
import type { Target } from './curl-connection.ts';

/** Ports that stand behind an IPv6 address without brackets, short as they are. */
const WELL_KNOWN_PORTS: ReadonlySet<string> = new Set(['21', '990']);

/** A port number, 0 for none or none that exists. */
export function portOf(digits: string | undefined): number {
  const port = Number(digits ?? 0);
  return port <= 65_535 ? port : 0;
}

/** An address without its brackets. */
export function bareAddress(address: string): string {
  return address.startsWith('[') && address.endsWith(']') ? address.slice(1, -1) : address;
}

/** A host's name without the port that 8.16 and later put behind it; null for none. */
export function hostOf(host: string | undefined): string | null {
  if (host === undefined) return null;
  return bareAddress(/^(?:[^:]+|\[.*\])(?=:\d+$)/.exec(host)?.[0] ?? host);
}

/**
 * Where `Trying` goes. Before 7.65 it names no port, and until 7.85 an IPv6 address has no brackets, so `::1:2122` may
 * be port 2122 of `::1` or an address: the number's length tells, or that it is the port agreed on for the data
 * connection.
 */
export function attemptedTarget(address: string, digits: string | undefined, dataPort: number): Target {
  if (address.startsWith('[')) return { address: bareAddress(address), port: portOf(digits) };
  const whole = digits === undefined ? address : `${address}:${digits}`;
  const groups = whole.split(':');
  if (groups.length <= 2) return { address, port: portOf(digits) };
  const last = groups[groups.length - 1]!;
  const rest = whole.slice(0, -last.length - 1);
  const isWhole = groups.length > 8 || (rest.includes('::') && !/[^:]:$/.test(rest) && rest !== ':');
  const isPort = last.length >= 4 || WELL_KNOWN_PORTS.has(last) || portOf(last) === dataPort || groups.length > 8;
  return isWhole && isPort && /^\d+$/.test(last) ? { address: rest, port: portOf(last) } : { address: whole, port: 0 };
}
