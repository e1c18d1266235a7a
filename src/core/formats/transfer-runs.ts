import { isDigit, numberAt } from '../bytes/ascii.ts';
import { Direction, type EventCursor, Kind, NO_DAY, NO_TIME, Note } from '../event.ts';
import { emitSessionOver } from './session-over.ts';

/** Longer silence between two transfers begins another session: no server keeps an idle one that long. */
const SILENCE_SECONDS = 3600;
const DAY_SECONDS = 86_400;
const DAY_MS = 86_400_000;

/**
 * Sessions of logs that print finished transfers and nothing else: consecutive lines of one peer and one user count as one,
 * because nothing tells sessions apart.
 */
export class TransferRuns {
  /** The session of the line taken last. */
  key: number;

  private readonly firstKey: number;
  private peer = 0;
  private user = 0;
  private lastSeconds = 0;

  /** `firstKey`: below it no session has a key. */
  constructor(firstKey = 1) {
    this.firstKey = firstKey;
    this.key = firstKey - 1;
  }

  /** Takes a line whose end is in `out`, of a transfer that took `seconds`; sets the key, and closes the session before. */
  take(out: EventCursor, peer: number, user: number, seconds: number): boolean {
    const end = out.day === NO_DAY ? this.lastSeconds : out.day * DAY_SECONDS + out.ms / 1000;
    const same = this.key >= this.firstKey && peer === this.peer && user === this.user;
    if (same && end - seconds - this.lastSeconds <= SILENCE_SECONDS) {
      this.lastSeconds = Math.max(end, this.lastSeconds);
      out.key = this.key;
      return false;
    }
    if (this.key >= this.firstKey) emitSessionOver(out, this.key);
    this.peer = peer;
    this.user = user;
    this.lastSeconds = end;
    out.key = ++this.key;
    return true;
  }
}

/** What a line says of its transfer. */
export interface LoggedTransfer {
  pathStart: number;
  pathEnd: number;
  userStart: number;
  userEnd: number;
  peerStart: number;
  peerEnd: number;
  direction: (typeof Direction)[keyof typeof Direction];
  /** NaN if not said. */
  sizeBytes: number;
  /** How long it took, NaN if not said. The line was written at its end. */
  durationMs: number;
  complete: boolean;
  /** 0 = ASCII, 1 = image, NaN if not said. */
  type: number;
}

/** A transfer to be filled in. */
export function blankTransfer(): LoggedTransfer {
  return {
    pathStart: 0,
    pathEnd: 0,
    userStart: 0,
    userEnd: 0,
    peerStart: 0,
    peerEnd: 0,
    direction: Direction.Download,
    sizeBytes: Number.NaN,
    durationMs: Number.NaN,
    complete: true,
    type: Number.NaN,
  };
}

/** Emits the beginning and the end of a finished transfer; key and end time are in `out`. */
export function emitTransfer(out: EventCursor, transfer: LoggedTransfer): void {
  const { day, ms } = out;
  if (ms !== NO_TIME && transfer.durationMs > 0) setBack(out, transfer.durationMs);
  emitNote(out, transfer, Note.TransferStarted, transfer.direction);
  if (!Number.isNaN(transfer.type)) emitNote(out, transfer, Note.TransferType, transfer.type);
  out.day = day;
  out.ms = ms;
  emitNote(out, transfer, transfer.complete ? Note.TransferDone : Note.TransferFailed, transfer.sizeBytes);
}

/** Sets the clock in `out` back by `durationMs`. */
export function setBack(out: EventCursor, durationMs: number): void {
  const days = Math.floor((out.ms - durationMs) / DAY_MS);
  if (days < 0 && out.day === NO_DAY) return;
  out.ms -= durationMs + days * DAY_MS;
  if (out.day !== NO_DAY) out.day += days;
}

/** Milliseconds of the `2.992` seconds at `start`; 0 for no number. */
export function millisecondsAt(bytes: Uint8Array, start: number, end: number): number {
  let ms = Math.max(0, numberAt(bytes, start, end)) * 1000;
  let i = start;
  while (i < end && isDigit(bytes[i]!)) i++;
  for (let weight = 100, k = i + 1; weight >= 1 && k < end && isDigit(bytes[k]!); k++, weight /= 10)
    ms += numberAt(bytes, k, k + 1) * weight;
  return ms;
}

function emitNote(out: EventCursor, transfer: LoggedTransfer, note: Note, value: number): void {
  out.clear(Kind.Note);
  out.note = note;
  out.value = value;
  out.userStart = transfer.userStart;
  out.userEnd = transfer.userEnd;
  out.peerStart = transfer.peerStart;
  out.peerEnd = transfer.peerEnd;
  if (note !== Note.TransferType) {
    out.textStart = transfer.pathStart;
    out.textEnd = transfer.pathEnd;
  }
  out.emit();
}
