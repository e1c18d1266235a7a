import { limits } from '../limits.ts';

/** Which process of a session writes a line. */
export const Step = {
  /** CONNECT: the child that talks until the login. */
  Connect: 0,
  /** OK LOGIN, FAIL LOGIN: its privileged parent. */
  Login: 1,
  /** Commands, replies and transfers: after the login a third process. */
  Work: 2,
  /** Remarks on TLS: the first child, which stays to encrypt. */
  Remark: 3,
} as const;
export type Step = (typeof Step)[keyof typeof Step];

/** A session of vsftpd and the processes known to serve it. */
export interface VsftpdSession {
  readonly key: number;
  /** Hash of the client's address. */
  readonly client: number;
  /** Hash of the user as last named, 0 for none. */
  user: number;
  connectPid: number;
  loginPid: number;
  workPid: number;
  /** The newest process when the login was accepted: the one that works for the session is newer. */
  loginFloor: number;
  loggedIn: boolean;
  /** Whether commands and replies of it were logged. */
  dialogue: boolean;
  /** Whether TLS protects its control connection. */
  tls: boolean;
  /** The multi-line reply that is being read. */
  openReply: number;
  /** Whether it said goodbye, or its process number is taken by another. */
  over: boolean;
  /** Seconds of its last line. */
  seconds: number;
}

/** Process numbers remembered; a session has up to three. */
const PIDS_MAX = limits.openSessions;
/** Sessions whose working process is not known yet. */
const WAITING_MAX = 256;
/** Default of `idle_session_timeout` (vsftpd.conf(5)): who has not logged in by then is gone. */
const LOGIN_SECONDS_MAX = 300;
/** After this long a known process number may have gone to another session of the same client. */
const STALE_SECONDS = 600;

/**
 * Joins the processes of vsftpd to sessions. A session is served by up to three: one that talks until the login, its parent
 * that checks the password, and a new one afterwards; only address, user and the order of process numbers tie them together.
 */
export class VsftpdSessions {
  /** Keys of sessions that ended unseen; the caller empties it. */
  readonly over: number[] = [];

  private readonly byPid = new Map<number, VsftpdSession>();
  private readonly waiting: VsftpdSession[] = [];
  private nextKey = 1;
  private newestPid = 0;
  private last: VsftpdSession | null = null;
  private lastPid = -1;

  /** The session that a line belongs to; null for a remark of a process that cannot be placed. */
  find(step: Step, pid: number, client: number, user: number, seconds: number): VsftpdSession | null {
    const { last } = this;
    // Most lines follow one of the same process.
    if (step >= Step.Work && pid === this.lastPid && last !== null && last.client === client && !last.over)
      if (seconds - last.seconds < STALE_SECONDS) return this.touch(last, pid, user, seconds);
    const session = this.look(step, pid, client, user, seconds);
    return session === null ? null : this.touch(session, pid, user, seconds);
  }

  /** Marks a session that said goodbye. */
  close(session: VsftpdSession): void {
    if (session.over) return;
    session.over = true;
    this.over.push(session.key);
    this.settle(session);
  }

  private touch(session: VsftpdSession, pid: number, user: number, seconds: number): VsftpdSession {
    session.seconds = seconds;
    if (user !== 0) session.user = user;
    this.last = session;
    this.lastPid = pid;
    return session;
  }

  private look(step: Step, pid: number, client: number, user: number, seconds: number): VsftpdSession | null {
    const known = this.byPid.get(pid);
    if (step === Step.Connect) {
      // The number of a dead process is free for a new one.
      if (known !== undefined && (known.workPid === pid || !known.loggedIn)) this.close(known);
      const session = this.begin(pid, client, seconds);
      session.connectPid = pid;
      this.newestPid = pid;
      return session;
    }
    if (step === Step.Login) {
      if (known !== undefined && known.client === client && !known.over)
        if (known.loginPid === pid || (known.connectPid === pid && !known.loggedIn)) return known;
      return this.login(pid, client, user, seconds);
    }
    if (known !== undefined && known.client === client) {
      if (step === Step.Remark) return known;
      if (!known.over) {
        const successor = seconds - known.seconds < STALE_SECONDS ? null : this.loggedIn(pid, client, user, false);
        if (successor === null) return known;
      }
    }
    if (step === Step.Remark)
      return this.last !== null && this.last.client === client && this.last.user === user ? this.last : null;
    return this.work(pid, client, user, seconds);
  }

  private begin(pid: number, client: number, seconds: number): VsftpdSession {
    const session: VsftpdSession = {
      key: this.nextKey++,
      client,
      user: 0,
      connectPid: 0,
      loginPid: 0,
      workPid: 0,
      loginFloor: 0,
      loggedIn: false,
      dialogue: false,
      tls: false,
      openReply: 0,
      over: false,
      seconds,
    };
    this.know(pid, session);
    this.waiting.push(session);
    if (this.waiting.length > WAITING_MAX) {
      const oldest = this.waiting.shift()!;
      if (!oldest.loggedIn && seconds - oldest.seconds > LOGIN_SECONDS_MAX) this.close(oldest);
    }
    return session;
  }

  private know(pid: number, session: VsftpdSession): void {
    this.byPid.set(pid, session);
    if (this.byPid.size <= PIDS_MAX) return;
    for (const [oldPid, old] of this.byPid) {
      this.byPid.delete(oldPid);
      if (old.workPid === oldPid || !old.loggedIn) this.close(old);
      return;
    }
  }

  /** The connected session whose parent writes this line: most often the process just before it. */
  private login(pid: number, client: number, user: number, seconds: number): VsftpdSession {
    let best: VsftpdSession | null = null;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (const session of this.waiting) {
      if (session.client !== client || session.loggedIn || session.connectPid === 0) continue;
      let distance = Math.abs(session.connectPid - 1 - pid);
      // An anonymous user is mapped to a local one, so another name proves nothing.
      if (distance > 0 && session.user !== user) distance += 0x1_0000_0000;
      if (distance >= bestDistance) continue;
      best = session;
      bestDistance = distance;
    }
    best ??= this.begin(pid, client, seconds);
    best.loginPid = pid;
    this.know(pid, best);
    return best;
  }

  /** Notes that the session's login was accepted. */
  acceptLogin(session: VsftpdSession): void {
    session.loggedIn = true;
    session.loginFloor = this.newestPid;
  }

  private work(pid: number, client: number, user: number, seconds: number): VsftpdSession {
    const session = this.loggedIn(pid, client, user, true) ?? this.begin(pid, client, seconds);
    if (user === 0) {
      // No user yet: the child that talks until the login, its CONNECT was cut off.
      session.connectPid = pid;
      return session;
    }
    session.workPid = pid;
    session.loggedIn = true;
    this.newestPid = pid;
    this.know(pid, session);
    this.settle(session);
    return session;
  }

  /**
   * The session that waits for its working process and fits `pid`: of those whose login came before the process, the latest.
   * `anyway`: also one that does not fit so well, since the numbers begin anew now and then.
   */
  private loggedIn(pid: number, client: number, user: number, anyway: boolean): VsftpdSession | null {
    let best: VsftpdSession | null = null;
    let bestRank = -1;
    for (const session of this.waiting) {
      if (session.client !== client || (session.user !== user && session.user !== 0)) continue;
      if (!session.loggedIn && !(anyway && session.dialogue && session.user !== 0)) continue;
      const older = session.loggedIn && session.loginFloor < pid;
      if (!older && !anyway) continue;
      const rank = older ? 1 + session.loginFloor : session.loggedIn ? 0.5 : 0;
      if (rank <= bestRank) continue;
      best = session;
      bestRank = rank;
    }
    return best;
  }

  private settle(session: VsftpdSession): void {
    const at = this.waiting.indexOf(session);
    if (at >= 0) this.waiting.splice(at, 1);
  }
}
