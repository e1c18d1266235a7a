import { limits } from '../limits.ts';

/** A session of Pure-FTPd as its syslog lines show it. */
export interface PureFtpdSession {
  readonly key: number;
  /** `user@peer` as its lines have it; `?@peer` before the login. */
  name: string;
  loggedIn: boolean;
  /** Whether commands, and whether replies, were logged. */
  commands: boolean;
  replies: boolean;
  /** Whether TLS protects its control connection. */
  tls: boolean;
  /** Packed verb of its last command. */
  lastVerb: number;
  /** The multi-line reply that is being read. */
  openReply: number;
  /** Whether its logout was logged; the reply to QUIT is logged after it. */
  left: boolean;
}

/** Sessions under one name at a time. */
const SAME_NAME_MAX = 64;

/**
 * Tells sessions apart by process, where syslog prints it, else by `user@peer`: of several with one name, the latest is taken
 * to speak.
 */
export class PureFtpdSessions {
  private readonly byName = new Map<string, PureFtpdSession[]>();
  private nextKey = 1;

  /** A new connection. */
  begin(name: string, pid: number): PureFtpdSession {
    const key = nameOf(name, pid);
    const session: PureFtpdSession = {
      key: this.nextKey++,
      name: key,
      loggedIn: false,
      commands: false,
      replies: false,
      tls: false,
      lastVerb: 0,
      openReply: 0,
      left: false,
    };
    this.add(key, session);
    return session;
  }

  /** The session of a line. `reply`: whether it is a line of a reply, as they may follow the logout. */
  find(name: string, pid: number, reply: boolean): PureFtpdSession {
    const key = nameOf(name, pid);
    const sessions = this.byName.get(key);
    if (sessions !== undefined) {
      const leaving = indexOfLeft(sessions);
      if (leaving >= 0 && reply) return sessions[leaving]!;
      if (leaving >= 0) sessions.splice(leaving, 1);
      if (sessions.length > 0) return sessions[sessions.length - 1]!;
    }
    // The line that tells of the login may be missing: who was nobody before has a name now.
    const nameless = pid >= 0 ? undefined : this.byName.get(`?${key.slice(key.lastIndexOf('@'))}`);
    const session = nameless?.findLast((candidate) => !candidate.left);
    if (session === undefined) return this.begin(name, pid);
    this.move(session, key);
    return session;
  }

  /** Notes that a session logged in as `user`: its lines change their name. */
  rename(session: PureFtpdSession, user: string): void {
    if (session.loggedIn || !session.name.startsWith('?@')) {
      session.loggedIn = true;
      return;
    }
    this.move(session, `${user}${session.name.slice(1)}`);
  }

  /** Notes a session's logout. */
  leave(session: PureFtpdSession): void {
    session.left = true;
    if (!session.replies) this.remove(session);
  }

  private move(session: PureFtpdSession, name: string): void {
    this.remove(session);
    session.name = name;
    session.loggedIn = true;
    this.add(name, session);
  }

  private remove(session: PureFtpdSession): void {
    const sessions = this.byName.get(session.name);
    const at = sessions?.indexOf(session) ?? -1;
    if (at < 0) return;
    sessions!.splice(at, 1);
    if (sessions!.length === 0) this.byName.delete(session.name);
  }

  private add(name: string, session: PureFtpdSession): void {
    let sessions = this.byName.get(name);
    if (sessions === undefined) {
      sessions = [];
      this.byName.set(name, sessions);
      if (this.byName.size > limits.openSessions)
        for (const oldest of this.byName.keys()) {
          this.byName.delete(oldest);
          break;
        }
    }
    for (let i = sessions.length - 1; i >= 0; i--) if (sessions[i]!.left) sessions.splice(i, 1);
    sessions.push(session);
    if (sessions.length > SAME_NAME_MAX) sessions.shift();
  }
}

function indexOfLeft(sessions: readonly PureFtpdSession[]): number {
  for (let i = 0; i < sessions.length; i++) if (sessions[i]!.left) return i;
  return -1;
}

function nameOf(name: string, pid: number): string {
  return pid >= 0 ? `[${pid}]` : name;
}
