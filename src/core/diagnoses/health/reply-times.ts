import { isTransferVerb, Verb } from '../../ftp/verbs.ts';
import type { Exchange, Session } from '../../sessions/session.ts';

/** How long the first reply to a command took. */
export interface ReplyTime {
  readonly exchange: Exchange;
  readonly ms: number;
}

/** The times of every answered command that moves no data and checks no password, in order. */
export function replyTimesOf(session: Session): readonly ReplyTime[] {
  const times: ReplyTime[] = [];
  for (const exchange of session.exchanges) {
    const { verbId, atMs } = exchange;
    const answered = exchange.replies[0]?.atMs ?? null;
    if (verbId === 0 || atMs === null || answered === null || answered < atMs) continue;
    if (isTransferVerb(verbId) || verbId === Verb.PASS || verbId === Verb.AUTH || verbId === Verb.ABOR) continue;
    times.push({ exchange, ms: answered - atMs });
  }
  return times;
}

/** The middle one of the numbers, or null for none. */
export function medianOf(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
