import { type EventCursor, Kind, NO_DAY, NO_TIME } from '../event.ts';
import { limits } from '../limits.ts';
import { Routine } from './routine.ts';

/** Whole numbers kept of one event. */
const STRIDE = 8;
const KIND = 0;
const LINE = 1;
const DAY = 2;
const MS = 3;
const NUMBER = 4;
const TEXT_START = 5;
const TEXT_END = 6;
const EXTRA_END = 7;

const HALF_DAY_MS = 43_200_000;
const DAY_MS = 86_400_000;
/** Days below this bound count midnights since the first line of a transcript that prints no date. */
const DATELESS_BELOW = NO_DAY + 1_000_000;

/**
 * What one open session said so far: numbers and text bytes, copied out of the reader's buffer. Made once, used for many
 * sessions: a log of a day holds as many objects as it has open sessions.
 */
export class EventLog {
  key = 0;
  count = 0;
  firstLine = 0;
  lastLine = 0;
  /** Line at which the session was over: its closing line, or the one by which its id or the server began anew; else endless. */
  overLine = Number.POSITIVE_INFINITY;
  /** Whether `Kind.Disconnected` was seen. */
  ended = false;
  /** Whether the control connection is known to stand, or to have stood. */
  connected = false;
  /** Whether any of its lines prints a date with its time. */
  printsDates = false;
  /** Whether a time lies before that of an earlier event. */
  runsBackwards = false;
  private latestDay = NO_DAY;
  private latestMs = NO_TIME;
  /** Events beyond `limits.sessionEvents`, counted and not kept. */
  droppedEvents = 0;
  /** The peer as the line prefixes name it, in {@link bytes}. */
  peerStart = 0;
  peerEnd = 0;
  /** The user as the line prefixes name it last, in {@link bytes}. */
  userStart = 0;
  userEnd = 0;

  readonly routine = new Routine();
  bytes = new Uint8Array(1024);
  private used = 0;
  private words = new Int32Array(32 * STRIDE);
  private values = new Float64Array(32);
  private midnights = 0;
  private lastMs = NO_TIME;

  /** A log of its own with the same content and no room to spare, for a session that has to outlive the call. */
  duplicate(): EventLog {
    const copy = Object.assign(new EventLog(), this);
    copy.bytes = new Uint8Array(this.bytes.subarray(0, this.used));
    copy.words = this.words.slice(0, this.count * STRIDE);
    copy.values = this.values.slice(0, this.count);
    return copy;
  }

  /** Bytes that a {@link duplicate} takes. */
  get usedBytes(): number {
    return this.used + this.count * (STRIDE * Int32Array.BYTES_PER_ELEMENT + Float64Array.BYTES_PER_ELEMENT);
  }

  /** Forgets the session. `watched`: whether {@link routine} will be asked for. */
  reset(key: number, line: number, watched = false): void {
    this.key = key;
    this.routine.reset(watched);
    this.count = 0;
    this.used = 0;
    this.firstLine = line;
    this.lastLine = line;
    this.overLine = Number.POSITIVE_INFINITY;
    this.ended = false;
    this.connected = false;
    this.printsDates = false;
    this.runsBackwards = false;
    this.latestDay = NO_DAY;
    this.latestMs = NO_TIME;
    this.droppedEvents = 0;
    this.peerStart = this.peerEnd = 0;
    this.userStart = this.userEnd = 0;
    this.midnights = 0;
    this.lastMs = NO_TIME;
  }

  append(event: EventCursor): void {
    this.lastLine = event.line;
    if (this.count >= limits.sessionEvents || this.used >= limits.sessionBytes) {
      this.droppedEvents++;
      this.routine.holds = false;
      return;
    }
    if (event.peerEnd > event.peerStart && this.peerEnd === this.peerStart) this.keepPeer(event);
    if (event.userEnd > event.userStart && !this.isUser(event)) this.keepUser(event);
    if (this.routine.holds) this.routine.add(event);
    if ((this.count + 1) * STRIDE > this.words.length) this.grow();
    const at = this.count * STRIDE;
    const words = this.words;
    words[at + KIND] = event.kind | (event.note << 8) | (event.failure << 16) | (event.exact ? 1 << 24 : 0);
    words[at + LINE] = event.line;
    words[at + DAY] = event.day === NO_DAY ? this.midnightsAt(event.ms) : event.day;
    words[at + MS] = event.ms;
    if (event.ms !== NO_TIME) this.follow(words[at + DAY]!, event.ms, event.day !== NO_DAY);
    words[at + NUMBER] = event.kind === Kind.Command ? event.verb : event.kind >= Kind.Note ? event.port : event.code;
    if (event.kind === Kind.Connected) words[at + NUMBER] = event.port;
    words[at + TEXT_START] = this.used;
    this.copy(event.bytes, event.textStart, Math.min(event.textEnd, event.textStart + limits.textBytes));
    words[at + TEXT_END] = this.used;
    if (event.kind === Kind.Command) {
      if (event.verb === 0) this.copy(event.bytes, event.verbStart, Math.min(event.verbEnd, event.verbStart + 64));
    } else if (event.addressEnd > event.addressStart)
      this.copy(event.bytes, event.addressStart, Math.min(event.addressEnd, event.addressStart + 256));
    words[at + EXTRA_END] = this.used;
    this.values[this.count] = event.value;
    this.count++;
  }

  kind(index: number): Kind {
    return (this.words[index * STRIDE + KIND]! & 0xff) as Kind;
  }

  note(index: number): number {
    return (this.words[index * STRIDE + KIND]! >> 8) & 0xff;
  }

  failure(index: number): number {
    return (this.words[index * STRIDE + KIND]! >> 16) & 0xff;
  }

  exact(index: number): boolean {
    return (this.words[index * STRIDE + KIND]! & (1 << 24)) !== 0;
  }

  line(index: number): number {
    return this.words[index * STRIDE + LINE]!;
  }

  /** Reply code of a reply, packed verb of a command, port of anything else. */
  number(index: number): number {
    return this.words[index * STRIDE + NUMBER]!;
  }

  value(index: number): number {
    return this.values[index]!;
  }

  textStart(index: number): number {
    return this.words[index * STRIDE + TEXT_START]!;
  }

  textEnd(index: number): number {
    return this.words[index * STRIDE + TEXT_END]!;
  }

  /** End of the address (or of a long verb), which begins where the text ends. */
  extraEnd(index: number): number {
    return this.words[index * STRIDE + EXTRA_END]!;
  }

  /** Wall clock in milliseconds on one time line, NaN without a time. Where no date is printed it counts from the first midnight. */
  timeMs(index: number): number {
    const ms = this.words[index * STRIDE + MS]!;
    if (ms === NO_TIME) return Number.NaN;
    const day = this.words[index * STRIDE + DAY]!;
    return (day < DATELESS_BELOW ? day - NO_DAY : day) * DAY_MS + ms;
  }

  /** Whether the event prints a date with its time. */
  dated(index: number): boolean {
    return this.words[index * STRIDE + DAY]! >= DATELESS_BELOW && this.words[index * STRIDE + MS]! !== NO_TIME;
  }

  /** Keeps the latest time seen. */
  private follow(day: number, ms: number, isDated: boolean): void {
    if (isDated) this.printsDates = true;
    if (day < this.latestDay || (day === this.latestDay && ms < this.latestMs)) this.runsBackwards = true;
    else {
      this.latestDay = day;
      this.latestMs = ms;
    }
  }

  /** Counts midnights where no date is printed, so that times go on. */
  private midnightsAt(ms: number): number {
    if (ms !== NO_TIME) {
      if (this.lastMs !== NO_TIME && ms < this.lastMs - HALF_DAY_MS) this.midnights++;
      this.lastMs = ms;
    }
    return NO_DAY + this.midnights;
  }

  private isUser(event: EventCursor): boolean {
    const length = event.userEnd - event.userStart;
    if (length !== this.userEnd - this.userStart) return false;
    for (let i = 0; i < length; i++)
      if (event.bytes[event.userStart + i] !== this.bytes[this.userStart + i]) return false;
    return true;
  }

  private keepUser(event: EventCursor): void {
    this.userStart = this.used;
    this.copy(event.bytes, event.userStart, Math.min(event.userEnd, event.userStart + 256));
    this.userEnd = this.used;
  }

  private keepPeer(event: EventCursor): void {
    this.peerStart = this.used;
    this.copy(event.bytes, event.peerStart, Math.min(event.peerEnd, event.peerStart + 256));
    this.peerEnd = this.used;
  }

  private copy(source: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (length <= 0) return;
    let used = this.used;
    if (used + length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.bytes.length * 2, used + length));
      larger.set(this.bytes.subarray(0, used));
      this.bytes = larger;
    }
    const bytes = this.bytes;
    for (let i = start; i < end; i++) bytes[used++] = source[i]!;
    this.used = used;
  }

  private grow(): void {
    const words = new Int32Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
    const values = new Float64Array(this.values.length * 2);
    values.set(this.values);
    this.values = values;
  }

  /** Whether the log grew so large that keeping it for another session would waste memory. */
  get oversized(): boolean {
    return this.words.length > 4096 * STRIDE || this.bytes.length > 1 << 18;
  }
}
