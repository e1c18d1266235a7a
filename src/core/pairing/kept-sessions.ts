import { limits } from '../limits.ts';
import type { EventLog } from '../sessions/event-log.ts';
import { SessionRecord, type TranscriptContext } from '../sessions/record.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { Guess } from './paired.ts';

/** What is kept of a session. */
export interface KeptSession {
  readonly print: Fingerprint;
  /** Whether it is in the index of its side, and so kept to the end. */
  readonly isIndexed: boolean;
  /** To read the session again; null where only its fingerprint is kept. */
  whole: { readonly log: EventLog; readonly context: TranscriptContext; readonly guesses: readonly Guess[] } | null;
  /** Its best matches if it is indexed, the best first. */
  readonly matches: Match[];
  /** In how many lists of the other side it stands. */
  wanted: number;
}

/** Two sessions that may be one. */
export interface Match {
  readonly client: KeptSession;
  readonly server: KeptSession;
  readonly points: number;
}

/** The other side of a match. */
export function otherOf(session: KeptSession, { client, server }: Match): KeptSession {
  return session === client ? server : client;
}

/** Reads a kept session again; null if only its fingerprint was kept. */
export function readAgain({ whole, print }: KeptSession): SessionRecord | null {
  return whole === null ? null : new SessionRecord(whole.log, whole.context, print.id);
}

/** The sessions of one side, found by what the other side's record shows too. */
export class SessionIndex {
  readonly sessions: KeptSession[] = [];
  private readonly byKey = new Map<number, KeptSession[]>();
  private readonly byUser = new Map<number, KeptSession[]>();

  get isFull(): boolean {
    return this.sessions.length >= limits.pairFingerprints;
  }

  get isEmpty(): boolean {
    return this.sessions.length === 0;
  }

  add(session: KeptSession, keys: readonly number[], user: number): void {
    this.sessions.push(session);
    for (const key of new Set(keys)) file(this.byKey, key, session);
    if (user !== 0) file(this.byUser, user, session);
  }

  /** Whether some session shares a key. */
  hasAny(keys: readonly number[]): boolean {
    for (const key of keys) if (this.byKey.has(key)) return true;
    return false;
  }

  /**
   * The sessions that share a key, those of the rarest keys first; where none does, those of the same user if they are few.
   * `all`: every session, if they are few.
   */
  find(keys: readonly number[], user: number, all: boolean): ReadonlySet<KeptSession> {
    const found = new Set<KeptSession>();
    const lists = keys.map((key) => this.byKey.get(key) ?? []).sort((a, b) => a.length - b.length);
    for (const list of lists)
      for (const session of list) {
        if (found.size === limits.pairComparisons) return found;
        found.add(session);
      }
    const others = all ? this.sessions : found.size === 0 ? (this.byUser.get(user) ?? []) : [];
    if (others.length <= limits.pairComparisons) for (const session of others) found.add(session);
    return found;
  }
}

function file(index: Map<number, KeptSession[]>, key: number, session: KeptSession): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [session]);
  else list.push(session);
}
