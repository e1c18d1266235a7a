import { limits } from '../limits.ts';

/** A session that an ExtendedLog shows. */
export interface ClfSession {
  readonly key: number;
  /** Hash of who is logged in, 0 before the login. */
  user: number;
  /** Whether a line of it was taken before. */
  begun: boolean;
  /** Hash of the transfer's command whose last line shows its 1yz reply; 0 for none. */
  transferring: number;
  /** Seconds of its last line. */
  seconds: number;
}

/** Beyond the system log's process numbers, so that both may stand in one transcript. */
const FIRST_KEY = 1 << 23;
/** Default of TimeoutLogin: who has not logged in by then is gone. */
const LOGIN_SECONDS_MAX = 300;
/** A line stands at the end of its command: the longest transfer that is still taken for the same session. */
const SILENCE_SECONDS = 6 * 3600;
const PER_PEER_MAX = 64;

/** Sessions of lines that name a peer and a user, and nothing that tells two sessions of both apart. */
export class ClfSessions {
  /** Keys of sessions that ended unseen; the caller empties it. */
  readonly over: number[] = [];

  private readonly byPeer = new Map<number, ClfSession[]>();
  private nextKey = FIRST_KEY;

  /**
   * The session of a line by `peer` (a hash, or a process number where the log has it). `user`: hash, 0 while nobody is logged
   * in. `login`: whether the line may be the first that names its user.
   */
  find(peer: number, user: number, login: boolean, seconds: number): ClfSession {
    let sessions = this.byPeer.get(peer);
    if (sessions === undefined) {
      sessions = [];
      this.byPeer.set(peer, sessions);
      if (this.byPeer.size > limits.openSessions) this.forgetOldest();
    }
    const session = choose(sessions, user, login, seconds) ?? this.begin(sessions, seconds);
    if (user !== 0) session.user = user;
    session.seconds = Math.max(session.seconds, seconds);
    return session;
  }

  /** Ends a session that said QUIT. */
  close(peer: number, session: ClfSession): void {
    const sessions = this.byPeer.get(peer);
    const at = sessions?.indexOf(session) ?? -1;
    if (at < 0) return;
    sessions!.splice(at, 1);
    if (sessions!.length === 0) this.byPeer.delete(peer);
    this.over.push(session.key);
  }

  private begin(sessions: ClfSession[], seconds: number): ClfSession {
    const session: ClfSession = { key: this.nextKey++, user: 0, begun: false, transferring: 0, seconds };
    // Whoever is silent for so long will not speak again.
    for (let i = sessions.length - 1; i >= 0; i--)
      if (seconds - sessions[i]!.seconds > SILENCE_SECONDS) this.over.push(...keysOf(sessions.splice(i, 1)));
    sessions.push(session);
    if (sessions.length > PER_PEER_MAX) this.over.push(sessions.shift()!.key);
    return session;
  }

  private forgetOldest(): void {
    for (const [peer, sessions] of this.byPeer) {
      this.byPeer.delete(peer);
      this.over.push(...keysOf(sessions));
      return;
    }
  }
}

function keysOf(sessions: readonly ClfSession[]): number[] {
  return sessions.map((session) => session.key);
}

/** The latest of a peer's sessions that the line can belong to. */
function choose(sessions: readonly ClfSession[], user: number, login: boolean, seconds: number): ClfSession | null {
  let same: ClfSession | null = null;
  let anonymous: ClfSession | null = null;
  for (const session of sessions) {
    const silence = seconds - session.seconds;
    if (session.user === 0 && silence <= LOGIN_SECONDS_MAX) anonymous = session;
    else if (session.user === user && user !== 0 && silence <= SILENCE_SECONDS) same = session;
  }
  if (user === 0) return anonymous;
  return login ? (anonymous ?? same) : (same ?? anonymous);
}
