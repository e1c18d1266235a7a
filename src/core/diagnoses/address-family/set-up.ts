/** How data connections of a session were set up, and what became of a refused one. */

import type { DataConnection, Session } from '../../sessions/session.ts';
import { perSession } from '../per-session.ts';

/** A data connection that was tried, and the next one of another kind that was tried in its place. */
export interface Fallback {
  readonly first: DataConnection;
  readonly firstIndex: number;
  readonly next: DataConnection;
  readonly nextIndex: number;
}

/** Set-ups that were refused by a 4xx or 5xx reply, each with the attempt by another command that came next. */
export function* fallbacksOf(session: Session, from: string, to: string): Generator<Fallback> {
  const all = session.dataConnections;
  for (let i = 0; i + 1 < all.length; i++) {
    const first = all[i]!;
    const next = all[i + 1]!;
    if (first.command === from && next.command === to) yield { first, firstIndex: i, next, nextIndex: i + 1 };
  }
}

/** Whether a set-up was refused by the server. */
export function isRefused(data: DataConnection): boolean {
  return data.replyCode !== null && data.replyCode >= 400;
}

/** Whether a set-up command was accepted by the server. */
export function isAccepted(data: DataConnection): boolean {
  return data.replyCode !== null && data.replyCode >= 200 && data.replyCode < 300;
}

/** Whether some transfer that used the data connection, or any later one of the session, succeeded. */
export function wentWell(session: Session, index: number): boolean {
  return lastGood(session) >= index;
}

/** The last data connection that a completed transfer used, as an index; -1 = none. */
const lastGood = perSession((session) => {
  let last = -1;
  for (const { outcome, dataConnection } of session.transfers)
    if (outcome === 'completed' && dataConnection !== null && dataConnection > last) last = dataConnection;
  return last;
});
