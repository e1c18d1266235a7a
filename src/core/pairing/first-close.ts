import type { Certainty, Side } from '../report.ts';
import type { PairedSessions, PairedTransfer } from './paired.ts';
/** draft */
export function firstCloseOf(
  _transfer: PairedTransfer,
  _sessions: PairedSessions,
): { side: Side; certainty: Certainty } {
  return { side: 'unknown', certainty: 'possible' };
}
