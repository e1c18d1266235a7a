import type { Filter } from './analysis.ts';
import { classifyAddress } from './ftp/addresses.ts';
import type { Session } from './sessions/session.ts';

/** Whether a session meets the conditions that need no findings. */
export function matchesFilter(session: Session, filter: Filter): boolean {
  const { since, until, user, peer, outcome } = filter;
  if (since != null || until != null) {
    const { startedAt } = session;
    if (startedAt === null) return false;
    if (since != null && startedAt < since) return false;
    if (until != null && startedAt > until) return false;
  }
  if (user != null && session.user !== user) return false;
  if (peer != null) {
    const { address } = session.vantage === 'server' ? session.client : session.server;
    if (address !== peer && (address === null || classifyAddress(address).plain !== peer)) return false;
  }
  return outcome == null || session.transfers.some((transfer) => transfer.outcome === outcome);
}
