import { Note } from '../../event.ts';
import type { Session, Transfer } from '../../sessions/session.ts';
import { exchangeOf, remarksBetween, spanOf } from '../dialogue.ts';
import { perSession } from '../per-session.ts';
import { bytesInWords, durationInWords } from '../wording.ts';

/** How long a transfer ran, and how much of it arrived, each with how well it is known. */
export interface Extent {
  /** See {@link elapsedMsOf}. */
  readonly elapsedMs: number | null;
  /** The clock's step: the true time lies within one step of `elapsedMs`. */
  readonly resolutionMs: number;
  /** Null where nothing says it. */
  readonly movedBytes: number | null;
  readonly isExact: boolean;
  /** Where `movedBytes` is known from. */
  readonly source: 'client' | 'server' | 'resume' | null;
  readonly expectedBytes: number | null;
}

/** How long a transfer ran: from the 1yz reply to the end; null without times. */
export function elapsedMsOf(session: Session, transfer: Transfer): number | null {
  const exchange = exchangeOf(session, transfer);
  const start = exchange?.preliminary?.atMs ?? transfer.startMs;
  const end = exchange?.final?.atMs ?? transfer.endMs;
  return start !== null && end !== null && end >= start ? end - start : null;
}

/** The extent of a session's transfer. A resume of the same path later in the session tells how much the first try moved. */
export function extentOf(session: Session, index: number): Extent {
  const transfer = session.transfers[index]!;
  const resumed = resumeOf(session, index);
  const cut = cutOf(session, transfer);
  const moved = transfer.transferredBytes ?? cut ?? resumed;
  return {
    elapsedMs: elapsedMsOf(session, transfer),
    resolutionMs: session.resolutionMs ?? 0,
    movedBytes: moved,
    isExact: transfer.transferredBytes === null || transfer.bytesExact,
    source: transfer.transferredBytes !== null || cut !== null ? session.vantage : resumed === null ? null : 'resume',
    expectedBytes: transfer.announcedBytes,
  };
}

/** What had arrived when the client says how many bytes are missing. */
function cutOf(session: Session, transfer: Transfer): number | null {
  const { from, to } = spanOf(session, transfer);
  const cut = remarksBetween(session, from, to, [Note.TransferCut])[0];
  const expected = transfer.announcedBytes;
  if (cut === undefined || expected === null || !(cut.value <= expected)) return null;
  return expected - cut.value - (transfer.restartOffset ?? 0);
}

function resumeOf(session: Session, index: number): number | null {
  const first = session.transfers[index]!;
  if (first.path === null || first.type === 'ascii') return null;
  const offset = session.transfers[nextTries(session)[index]!]?.restartOffset ?? null;
  if (offset === null || offset <= (first.restartOffset ?? 0)) return null;
  return offset - (first.restartOffset ?? 0);
}

/** For each transfer the index of the next one of the same path and direction; -1 = none. */
const nextTries = perSession((session) => {
  const next = new Int32Array(session.transfers.length);
  const seen = new Map<string, number>();
  for (let i = next.length - 1; i >= 0; i--) {
    const { path, direction } = session.transfers[i]!;
    const key = `${direction} ${path}`;
    next[i] = seen.get(key) ?? -1;
    seen.set(key, i);
  }
  return next;
});

/** A time that a clock of coarse steps measured: `58 s`, `less than 1 s`. */
export function elapsedInWords(ms: number, resolutionMs: number): string {
  return ms < resolutionMs ? `less than ${durationInWords(resolutionMs)}` : durationInWords(ms);
}

/** `after 58 s, with 1,234 of 5,000 bytes (24 %)`; empty where nothing is known. */
export function extentInWords(extent: Extent): string {
  const parts: string[] = [];
  const { elapsedMs, movedBytes, expectedBytes } = extent;
  if (elapsedMs !== null) parts.push(`after ${elapsedInWords(elapsedMs, extent.resolutionMs)}`);
  const about = extent.isExact ? '' : 'about ';
  if (movedBytes !== null && expectedBytes !== null && expectedBytes > 0 && movedBytes <= expectedBytes) {
    const share = Math.floor((movedBytes / expectedBytes) * 100);
    parts.push(`with ${about}${bytesInWords(movedBytes)} of ${bytesInWords(expectedBytes)} (${share} %)`);
  } else if (movedBytes !== null) parts.push(`with ${about}${bytesInWords(movedBytes)}`);
  else if (expectedBytes !== null) parts.push(`with an unknown part of ${bytesInWords(expectedBytes)}`);
  return parts.join(', ');
}

/** From how long on devices on the path commonly forget a silent control connection. */
export const IDLE_DROP_MS = 240_000;
