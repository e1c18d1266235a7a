import { limits } from '../limits.ts';
import type { SessionRecord } from './record.ts';
import type { Tally } from './session.ts';
import { ROUTINE_TRAITS } from './traits.ts';

const FAMILIES = ['ipv4', 'ipv6', 'unknown'];
const RANGES = ['public', 'private', 'loopback', 'link-local', 'reserved'];

/**
 * Kinds of routine sessions in which nothing was found, so that the next of the kind need not be looked at: a server's log is
 * mostly the same few dialogues over and over.
 */
export class RoutineSessions {
  /** By the kind of peer, then by what else sets the kind apart. */
  private readonly kinds = new Map<number, Set<number>>();
  private count = 0;

  /** The tally of a routine session of a known kind; null for any other. */
  tallyOf(record: SessionRecord): Tally | null {
    const { routine } = record.log;
    if (!isRoutine(record) || !this.kinds.get(kindOfPeer(record))?.has(routine.key)) return null;
    return {
      completed: routine.completed,
      aborted: 0,
      failed: 0,
      unfinished: 0,
      bytes: null,
      epsvAttempts: routine.epsvAttempts,
      pasvAttempts: routine.pasvAttempts,
      activeAttempts: 0,
      fellBackTo: null,
      tls: routine.isEncrypted ? 'explicit' : 'none',
      end: routine.saidGoodbye ? 'quit' : 'closed',
      user: record.loggedUser,
    };
  }

  /** Remembers the kind of a session in which nothing was found. */
  remember(record: SessionRecord): void {
    if (!isRoutine(record) || (record.traits & ~ROUTINE_TRAITS) !== 0) return;
    if (this.count >= limits.routineKinds) {
      this.kinds.clear();
      this.count = 0;
    }
    const peer = kindOfPeer(record);
    const kinds = this.kinds.get(peer) ?? new Set<number>();
    this.kinds.set(peer, kinds);
    kinds.add(record.log.routine.key);
    this.count++;
  }
}

function isRoutine({ log, vantage }: SessionRecord): boolean {
  return vantage === 'server' && log.ended && log.routine.isWhole && !log.runsBackwards && log.userEnd > log.userStart;
}

/** What diagnoses ask of a peer and of the addresses offered to it. */
function kindOfPeer(record: SessionRecord): number {
  const { peerRange, peerAddress, controlFamily, log } = record;
  const isMapped = controlFamily === 'ipv4' && peerAddress !== null && peerAddress.includes(':') ? 1 : 0;
  const offered = (log.routine.offeredInside ? 1 : 0) + (log.routine.offeredOutside ? 2 : 0);
  const range = peerRange === null ? RANGES.length : RANGES.indexOf(peerRange);
  return ((FAMILIES.indexOf(controlFamily) * 2 + isMapped) * 8 + range) * 4 + offered;
}
