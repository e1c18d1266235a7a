import { limits } from '../limits.ts';
import type { Finding, UndecidedPair } from '../report.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { align } from './alignment.ts';
import { assign } from './assignment.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type KeptSession, type Match, otherOf, SessionIndex } from './kept-sessions.ts';
import { collectKeys, userKey } from './keys.ts';
import { type LaidPair, layTogether } from './lay-together.ts';
import { weigh } from './weigh.ts';
import { PortCensus, RARE_PORT } from './weigh-ports.ts';

/** Matches with fewer points are forgotten. */
const WORTH_KEEPING = 6;

/** What pairing found. */
export interface Paired {
  readonly pairs: readonly LaidPair[];
  readonly undecided: readonly UndecidedPair[];
}

/** What becomes of an input's sessions. */
export interface PairingInput {
  /** Small enough for all its sessions to be kept whole. */
  readonly held: boolean;
  /** No other input follows: what matches nothing so far need not be remembered. */
  readonly last: boolean;
}

/**
 * Finds the two records of one session, a client's and a server's, among all that is read. Sessions of small inputs are kept;
 * those of large logs pass by, and only those stay that share something telling with a session of the other side.
 */
export class Pairing {
  private readonly clients = new SessionIndex();
  private readonly servers = new SessionIndex();
  private readonly keys: number[] = [];
  /** The ports that servers' records name. */
  private readonly ports = new PortCensus();
  /** Bytes of the sessions that are kept whole. */
  private keptBytes = 0;
  /** Whether the inputs are said to be two records of one session, so that less evidence is enough. */
  private readonly declared: boolean;

  constructor(declared = false) {
    this.declared = declared;
  }

  /** Takes a session that is over, with what its record alone shows; both are borrowed. */
  consider(record: SessionRecord, findings: readonly Finding[], { held, last }: PairingInput): void {
    const isClient = record.vantage === 'client';
    const own = isClient ? this.clients : this.servers;
    const others = isClient ? this.servers : this.clients;
    const remembers = !own.isFull && (held || !last);
    if (others.isEmpty && !remembers) return;
    collectKeys(record, this.keys);
    if (!isClient)
      for (const { offeredPort } of record.dataConnections) if (offeredPort !== null) this.ports.add(offeredPort);
    const isIndexed = remembers && (held || this.keys.length > 0);
    const isCompared = !others.isEmpty && (held || others.hasAny(this.keys));
    if (!isIndexed && !isCompared) return;
    const user = held ? userKey(record) : 0;
    const session: KeptSession = {
      print: fingerprintOf(record, limits.pairSteps),
      isIndexed,
      whole: null,
      matches: [],
      wanted: 0,
    };
    if (isCompared)
      for (const other of others.find(this.keys, user, this.declared))
        this.compare(session, isClient ? session : other, isClient ? other : session);
    if (isIndexed) own.add(session, this.keys, user);
    if (session.wanted > 0 || (isIndexed && held)) this.keepWhole(session, record, findings);
  }

  /** Decides which sessions are one. */
  end(): Paired {
    const { chosen, undecided } = assign(this.clients.sessions, this.servers.sessions, {
      declared: this.declared,
      portWorth: this.ports.worth,
    });
    return { pairs: chosen.map((match, index) => layTogether(match, `p${index + 1}`)), undecided };
  }

  private compare(session: KeptSession, client: KeptSession, server: KeptSession): void {
    const alignment = align(client.print.steps, server.print.steps);
    const { points } = weigh(client.print, server.print, alignment, { portWorth: RARE_PORT, withReasons: false });
    if (points < (this.declared ? 0 : WORTH_KEEPING)) return;
    const match: Match = { client, server, points };
    const other = session === client ? server : client;
    this.list(other, match);
    if (session.isIndexed) this.list(session, match);
  }

  /** Puts a match into a session's list of the best ones; the worst may fall out. */
  private list(holder: KeptSession, match: Match): void {
    const { matches } = holder;
    let at = matches.length;
    while (at > 0 && matches[at - 1]!.points < match.points) at--;
    if (at === limits.pairMatches) return;
    matches.splice(at, 0, match);
    otherOf(holder, match).wanted++;
    if (matches.length <= limits.pairMatches) return;
    const dropped = otherOf(holder, matches.pop()!);
    dropped.wanted--;
    if (dropped.wanted === 0 && !dropped.isIndexed) this.letGo(dropped);
  }

  private keepWhole(session: KeptSession, { log, context }: SessionRecord, findings: readonly Finding[]): void {
    if (this.keptBytes + log.usedBytes > limits.pairBytes) return;
    const guesses = findings
      .filter(({ id }) => id.startsWith('transfer-426-'))
      .map(({ key, transfer }) => ({ key, transfer }));
    session.whole = { log: log.duplicate(), context, guesses };
    this.keptBytes += log.usedBytes;
  }

  private letGo(session: KeptSession): void {
    this.keptBytes -= session.whole?.log.usedBytes ?? 0;
    session.whole = null;
  }
}
