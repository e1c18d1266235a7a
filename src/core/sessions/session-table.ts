import { type EventCursor, type EventSink, Kind, NO_KEY, Note } from '../event.ts';
import { limits } from '../limits.ts';
import { EventLog } from './event-log.ts';

/** Sessions that ended wait this many others, for the lines that programs write after the end. */
const LINGERING = 16;
const SPARE_LOGS = 1024;

/** Takes a session's events when it is over; they are reused when the call returns. */
export interface FinishedSession {
  finish(log: EventLog): void;
}

/**
 * Sends each event to its open session and closes sessions as the log does: at its closing line, when its id begins anew, when
 * the server restarts, or at the end. Sessions leave in the order of their closing lines.
 */
export class SessionTable implements EventSink {
  /** Sessions closed because more than `limits.openSessions` were open. */
  evicted = 0;
  private readonly open = new Map<number, EventLog>();
  private readonly lingering: EventLog[] = [];
  private readonly spare: EventLog[] = [];
  private readonly finished: FinishedSession;
  private last: EventLog | null = null;

  private readonly watched: boolean;
  /** Where sessions leave in the order in which they began: those that did not leave yet. */
  private readonly queue: EventLog[] | null;
  private readonly closed = new Set<EventLog>();

  /**
   * `watched`: whether sessions are watched for routine. `inOrder`: whether they leave in the order in which they began, for
   * transcripts whose lines do not tell it because they were all one line.
   */
  constructor(finished: FinishedSession, { watched = false, inOrder = false } = {}) {
    this.finished = finished;
    this.watched = watched;
    this.queue = inOrder ? [] : null;
  }

  accept(event: EventCursor): void {
    if (event.kind === Kind.Nothing) return;
    const key = event.key;
    if (key === NO_KEY) {
      if (event.kind === Kind.Note && event.note === Note.ServerStarted) this.finishAll();
      return;
    }
    let log = this.last;
    if (log === null || log.key !== key) {
      log = this.open.get(key) ?? null;
      if (log === null) {
        if (event.kind === Kind.Disconnected || (event.kind === Kind.Note && event.note === Note.SessionOver)) return;
        log = this.begin(key, event.line);
      }
      this.last = log;
    }
    if (event.kind === Kind.Connected || (event.kind === Kind.Note && event.note === Note.ConnectAttempt)) {
      if (log.connected || log.ended) {
        this.close(log);
        log = this.begin(key, event.line);
        this.last = log;
      }
      if (event.kind === Kind.Connected) log.connected = true;
    } else if (event.kind === Kind.Reply || event.kind === Kind.Command) log.connected = true;
    const over = event.kind === Kind.Note && event.note === Note.SessionOver;
    if (!over) log.append(event);
    if ((over || event.kind === Kind.Disconnected) && !log.ended) {
      log.ended = true;
      this.lingering.push(log);
      if (this.lingering.length > LINGERING) this.close(this.lingering[0]!);
    }
  }

  /** Closes every session, those that ended first, the others in the order of their first lines. */
  finishAll(): void {
    while (this.lingering.length > 0) this.close(this.lingering[0]!);
    const rest = [...this.open.values()].sort((a, b) => a.firstLine - b.firstLine);
    for (const log of rest) this.close(log);
  }

  /** Shows each open session that had events after this line. */
  peek(line: number, visit: (log: EventLog) => void): void {
    for (const log of this.open.values()) if (log.lastLine > line) visit(log);
  }

  /** Hands on the sessions that ended and had no event after this line: none comes late any more. */
  closeEnded(line: number): void {
    while (this.lingering.length > 0 && this.lingering[0]!.lastLine <= line) this.close(this.lingering[0]!);
  }

  private begin(key: number, line: number): EventLog {
    if (this.open.size >= limits.openSessions) this.evict();
    const log = this.spare.pop() ?? new EventLog();
    log.reset(key, line, this.watched);
    this.open.set(key, log);
    this.queue?.push(log);
    return log;
  }

  /** Hands a session on. Those that ended before it leave before it. */
  private close(log: EventLog): void {
    if (log.ended)
      while (this.lingering.length > 0) {
        const oldest = this.lingering.shift()!;
        this.release(oldest);
        if (oldest === log) return;
      }
    this.release(log);
  }

  private release(log: EventLog): void {
    this.open.delete(log.key);
    if (this.last === log) this.last = null;
    if (this.queue === null) {
      this.finish(log);
      return;
    }
    this.closed.add(log);
    while (this.queue.length > 0 && this.closed.delete(this.queue[0]!)) this.finish(this.queue.shift()!);
  }

  private finish(log: EventLog): void {
    this.finished.finish(log);
    if (!log.oversized && this.spare.length < SPARE_LOGS) this.spare.push(log);
  }

  /** Closes the tenth of the sessions that were silent longest. */
  private evict(): void {
    const idle = [...this.open.values()].sort((a, b) => a.lastLine - b.lastLine);
    for (const log of idle.slice(0, Math.max(1, Math.floor(limits.openSessions / 10)))) {
      this.close(log);
      this.evicted++;
    }
  }
}
