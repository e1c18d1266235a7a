import type { Evidence } from '../../report.ts';
import { networkOf } from '../networks.ts';
import type { FailedLogin, SessionRow } from '../observer.ts';

/** Peers that observers of logins remember. */
export const PEERS = 20_000;
/** Lines that show one observation. */
export const SHOWN = 6;

/** A failed login as evidence. */
export function evidenceOf(row: SessionRow, { line, text }: FailedLogin): Evidence {
  return { input: row.input, line, text };
}

/** What one source of logins is: the address, for IPv6 its /64, within which clients choose their addresses. */
export function sourceOf(row: SessionRow): string | null {
  if (row.vantage !== 'server' || row.peer === null) return null;
  return row.family === 'ipv6' ? (networkOf(row.peer) ?? row.peer) : row.peer;
}
