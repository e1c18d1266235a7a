/**
 * Invents sessions, step by step. The same numbers give the same session in the words of either generation.
 *
 * A step has a `text`, a `kind` (`command`, `reply`, `inner` line of a reply, `remark`), whether the user is `known` by then, whether
 * its answer `follows` at once, and what it settles: it `begins` a transfer, or is the `outcome` of the one at hand.
 */
import { FEATURES, FILES, PASV_ON_IPV6, USERS, WORDS } from './words.mjs';

/** A small fast generator (mulberry32): the same seed, the same numbers. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How sessions end: as they do, never, or never while one transfer follows the other. */
export const ENDS = ['usual', 'silent', 'endless'];

/** A client's session with a server of this generation (`0.9` or `1`). */
export class Session {
  constructor(random, format, ends) {
    this.random = random;
    this.words = WORDS[format];
    this.ends = ends;
    this.isIpv6 = random() < 0.15;
    const host = 1 + Math.floor(random() * 250);
    this.peer = this.isIpv6 ? `2001:db8::${host.toString(16)}` : `198.51.100.${host}`;
    this.user = this.pick(USERS);
    this.isTls = this.chance(0.6);
    this.known = false;
    this.isTransferring = false;
    this.isOver = false;
    /** Steps that are yet to come. */
    this.steps = [];
    this.connect();
  }

  /** The next step; null when there is none any more. */
  next() {
    if (this.steps.length === 0 && this.ends === 'endless') this.transfer();
    const step = this.steps.shift() ?? null;
    if (step === null) this.isOver = true;
    else if (step.begins) this.isTransferring = true;
    else if (step.outcome) this.isTransferring = false;
    if (this.steps.length === 0 && this.ends !== 'endless') this.isOver = true;
    return step;
  }

  connect() {
    const { words, user } = this;
    this.say('remark', 'Connected on port 21, sending welcome message...');
    for (const line of words.greeting) this.say('reply', line, { follows: true });
    this.say('reply', words.greetingEnd);
    if (this.isTls) {
      this.exchange('AUTH TLS', words.auth);
      this.say('remark', 'TLS connection established');
    }
    this.exchange(`USER ${user}`, words.password(user));
    this.say('command', 'PASS ****', { follows: true });
    if (this.chance(0.06) && this.ends !== 'endless') {
      this.say('reply', words.refused);
      this.disconnect();
      return;
    }
    this.known = true;
    this.say('reply', words.loggedIn);
    if (this.isTls) {
      this.exchange('PBSZ 0', '200 PBSZ=0');
      this.exchange('PROT P', '200 Protection level set to P');
    }
    if (this.chance(0.1)) {
      this.exchange('FEAT', '211-Features:', { follows: true });
      for (const feature of FEATURES) this.say('inner', feature, { follows: true });
      this.say('reply', '211 End');
    }
    this.exchange('PWD', '257 "/" is current directory.');
    this.exchange('TYPE I', '200 Type set to I');
    for (let rest = 1 + Math.floor(this.random() * 5); rest > 0; rest--) if (!this.transfer()) return;
    if (this.chance(0.9) && this.ends === 'usual') this.exchange('QUIT', words.goodbye);
    this.disconnect();
  }

  /** One transfer; false if the session is over after it. */
  transfer() {
    const { words } = this;
    const port = 50_000 + Math.floor(this.random() * 1000);
    if (this.isIpv6 && this.chance(0.05)) this.exchange('PASV', PASV_ON_IPV6);
    if (this.isIpv6 || this.chance(0.5)) this.exchange('EPSV', `229 Entering Extended Passive Mode (|||${port}|)`);
    else this.exchange('PASV', `227 Entering Passive Mode (203,0,113,9,${port >> 8},${port & 255})`);

    const verb = this.pick(['RETR', 'RETR', 'STOR', 'MLSD']);
    const path = verb === 'MLSD' ? '' : this.pick(FILES);
    const what = {
      RETR: 'file download from server of',
      STOR: 'file upload to server of',
      MLSD: 'directory listing of',
    };
    this.say('command', path === '' ? verb : `${verb} ${path}`, { begins: true, follows: true });
    const fate = this.random();
    if (fate < 0.02) {
      this.say('reply', words.missing, { outcome: 'failed' });
      return true;
    }
    this.say('reply', words.begin(what[verb], path));
    if (fate < 0.03) {
      this.say('reply', words.noData(path), { outcome: 'failed' });
      return true;
    }
    if (this.isTls) this.say('remark', 'TLS connection for data connection established');
    if (fate < 0.06) this.say('reply', words.cut(path), { outcome: 'aborted' });
    else if (fate < 0.08) {
      this.say('command', 'ABOR', { follows: true });
      this.say('reply', words.stopped, { outcome: 'aborted' });
      this.say('reply', words.aborted);
    } else if (fate < 0.09 && this.ends === 'usual') {
      this.say('reply', words.stalled(path), { outcome: 'aborted' });
      this.say('reply', words.timedOut);
      this.disconnect();
      return false;
    } else this.say('reply', words.done(path), { outcome: 'completed' });
    return true;
  }

  disconnect() {
    if (this.ends === 'usual') this.say('remark', 'disconnected.');
  }

  exchange(command, reply, more = {}) {
    this.say('command', command, { follows: true });
    this.say('reply', reply, more);
  }

  say(kind, text, more = {}) {
    this.steps.push({ kind, text, known: this.known, ...more });
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  chance(share) {
    return this.random() < share;
  }
}
