import { type EventCursor, type EventSink, Kind, NO_KEY, Note } from '../event.ts';
import { limits } from '../limits.ts';
import { EventLog } from './event-log.ts';

/** Lines that a session which ended waits for what programs write after the end. */
const LINGERING_LINES = 1_000;
const SPARE_LOGS = 1024;

/** Takes a session's events when it is over; they are reused when the call returns. */
export interface FinishedSession {
  finish(log: EventLog): void;
}

/** One of several readers of the same transcript, which share its sessions: those whose key leaves this rest. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Sends each event to its open session and closes sessions as the log does: at its closing line, when its id begins anew, when
 * the server restarts, or at the end. Sessions leave in the order of the lines at which they were over; where several are over
 * at one line, those that began first. What a session holds and when it leaves depends on its own lines only, so that the
 * sessions of several shards can be merged into the order of one reader.
 */
export class SessionTable implements EventSink {
  /** Sessions closed because more than `limits.openSessions` were open. */
  evicted = 0;
  /** Sessions of which not every event was kept. */
  shortened = 0;
  private readonly open = new Map<number, EventLog>();
  /** Sessions that are over, in order; the open ones among them take late lines. */
  private readonly leaving: EventLog[] = [];
  private readonly spare: EventLog[] = [];
  private readonly finished: FinishedSession;
  private last: EventLog | null = null;

  private readonly watched: boolean;
  private readonly shard: Shard | null;
  /** Where sessions leave in the order in which they began: those that did not leave yet. */
  private readonly queue: EventLog[] | null;
  private readonly closed = new Set<EventLog>();

  /**
   * `watched`: whether sessions are watched for routine. `inOrder`: whether they leave in the order in which they began, for
   * transcripts whose lines do not tell it because they were all one line. `shard`: which sessions are taken; absent = all.
   */
  constructor(
    finished: FinishedSession,
    {
      watched = false,
      inOrder = false,
      shard = null,
    }: { watched?: boolean; inOrder?: boolean; shard?: Shard | null } = {},
  ) {
    this.finished = finished;
    this.watched = watched;
    this.shard = shard;
    this.queue = inOrder ? [] : null;
  }

  accept(event: EventCursor): void {
    if (event.kind === Kind.Nothing) return;
    const key = event.key;
    if (key === NO_KEY) {
      if (event.kind === Kind.Note && event.note === Note.ServerStarted) this.finishAll(event.line);
      return;
    }
    let log = this.last;
    if (log === null || log.key !== key) {
      if (this.shard !== null && key % this.shard.count !== this.shard.index) return;
      log = this.open.get(key) ?? null;
    }
    if (log?.ended && event.line > log.overLine + LINGERING_LINES) log = null;
    if (log === null) {
      if (event.kind === Kind.Disconnected || (event.kind === Kind.Note && event.note === Note.SessionOver)) return;
      log = this.begin(key, event.line);
    }
    if (event.kind === Kind.Connected || (event.kind === Kind.Note && event.note === Note.ConnectAttempt)) {
      if (log.connected || log.ended) {
        if (!log.ended) this.end(log, event.line);
        log = this.begin(key, event.line);
      }
      if (event.kind === Kind.Connected) log.connected = true;
    } else if (event.kind === Kind.Reply || event.kind === Kind.Command) log.connected = true;
    this.last = log;
    const over = event.kind === Kind.Note && event.note === Note.SessionOver;
    if (!over) log.append(event);
    if ((over || event.kind === Kind.Disconnected) && !log.ended) {
      log.ended = true;
      this.end(log, event.line);
    }
  }

  /** Closes every session at this line, those that ended first, the others in the order of their first lines. */
  finishAll(line = Number.POSITIVE_INFINITY): void {
    while (this.leaving.length > 0) this.releaseFirst();
    const rest = [...this.open.values()].sort((a, b) => a.firstLine - b.firstLine);
    for (const log of rest) {
      log.overLine = line;
      this.release(log);
    }
  }

  /** Shows each open session that had events after this line. */
  peek(line: number, visit: (log: EventLog) => void): void {
    for (const log of this.open.values()) if (log.lastLine > line) visit(log);
  }

  /** Hands on the sessions that ended and had no event after this line: none comes late any more. */
  closeEnded(line: number): void {
    while (this.leaving.length > 0 && (!this.isOpen(this.leaving[0]!) || this.leaving[0]!.lastLine <= line))
      this.releaseFirst();
  }

  private begin(key: number, line: number): EventLog {
    if (this.open.size >= limits.openSessions) this.evict(line);
    const log = this.spare.pop() ?? new EventLog();
    log.reset(key, line, this.watched);
    this.open.set(key, log);
    this.queue?.push(log);
    return log;
  }

  /** Lets a session wait for its turn to leave, and those leave that waited long enough. */
  private end(log: EventLog, line: number): void {
    log.overLine = line;
    this.leaving.push(log);
    const waited = line - LINGERING_LINES;
    while (this.leaving.length > 0 && this.leaving[0]!.overLine < waited) this.releaseFirst();
  }

  /** Whether its key still stands for this session. */
  private isOpen(log: EventLog): boolean {
    return this.open.get(log.key) === log;
  }

  private releaseFirst(): void {
    this.release(this.leaving.shift()!);
  }

  private release(log: EventLog): void {
    if (this.isOpen(log)) this.open.delete(log.key);
    if (this.last === log) this.last = null;
    if (this.queue === null) {
      this.finish(log);
      return;
    }
    this.closed.add(log);
    while (this.queue.length > 0 && this.closed.delete(this.queue[0]!)) this.finish(this.queue.shift()!);
  }

  private finish(log: EventLog): void {
    if (log.droppedEvents > 0) this.shortened++;
    this.finished.finish(log);
    if (!log.oversized && this.spare.length < SPARE_LOGS) this.spare.push(log);
  }

  /** Closes the tenth of the sessions that were silent longest. */
  private evict(line: number): void {
    const idle = [...this.open.values()].filter(({ ended }) => !ended).sort((a, b) => a.lastLine - b.lastLine);
    for (const log of idle.slice(0, Math.max(1, Math.floor(limits.openSessions / 10)))) {
      this.open.delete(log.key);
      if (this.last === log) this.last = null;
      this.end(log, line);
      this.evicted++;
    }
  }
}
