import { limits } from '../limits.ts';
import type { TopError } from '../report.ts';
import type { Exchange, Reply } from '../sessions/session.ts';

class ErrorCount {
  readonly code: number;
  readonly verb: string | null;
  readonly text: string;
  replies = 0;
  sessions = 0;
  private lastSession = -1;

  constructor(code: number, verb: string | null, text: string) {
    this.code = code;
    this.verb = verb;
    this.text = text;
  }

  count(serial: number): void {
    this.replies++;
    if (this.lastSession === serial) return;
    this.lastSession = serial;
    this.sessions++;
  }
}

/** Above every packed verb, so that code and verb are one number. */
const VERBS = 2 ** 32;

/** Counts error replies by code and verb; beyond a bound only those known already. */
export class ErrorCounter {
  private readonly counts = new Map<number, ErrorCount>();

  add(exchange: Exchange, reply: Reply, serial: number): void {
    const key = reply.code * VERBS + (exchange.verbId >>> 0);
    let count = this.counts.get(key);
    if (count === undefined) {
      if (this.counts.size >= limits.summaryRows) return;
      count = new ErrorCount(reply.code, exchange.verb, reply.text);
      this.counts.set(key, count);
    }
    count.count(serial);
  }

  list(): TopError[] {
    return [...this.counts.values()]
      .sort((a, b) => b.replies - a.replies || a.code - b.code)
      .slice(0, limits.topErrors)
      .map(({ code, verb, text, replies, sessions }) => ({ code, verb, text, replies, sessions }));
  }
}
