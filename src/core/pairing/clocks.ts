import type { Alignment } from './alignment.ts';
import type { Fingerprint } from './fingerprint.ts';

const DAY_MS = 86_400_000;
/** Zones are whole quarters of an hour apart. */
const ZONE_STEP_MS = 900_000;
/** How late a program may print what it did. */
const PRINTING_MS = 250;
/** Pauses that are worth comparing, in milliseconds; shorter ones are alike in any two sessions. */
const TELLING_PAUSE_MS = 2000;

/** How the two clocks stand to each other: server's time minus client's. */
export interface ClockOffset {
  readonly ms: number;
  readonly plusMinusMs: number;
  /** Whether one side prints no date: the offset is then known but for whole days. */
  readonly daysUnknown: boolean;
  /** Pauses of more than two seconds that both records show at the same place. */
  readonly pauses: number;
}

/** What the times of two records say: nothing, that they do not go together, or the offset. */
export type ClockComparison = ClockOffset | 'contradictory' | null;

/**
 * Intersects what each exchange says of the offset between the clocks: the server received the command after the client sent
 * it, and the client received the reply after the server sent it.
 */
export function compareClocks(client: Fingerprint, server: Fingerprint, alignment: Alignment): ClockComparison {
  const a = client.steps;
  const b = server.steps;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let pauses = 0;
  let previous = -1;
  for (let n = 0; n < alignment.client.length; n++) {
    const i = alignment.client[n]!;
    const j = alignment.server[n]!;
    const sent = a.verbs[i] === 0 ? Number.NaN : b.sentMs[j]! + server.resolutionMs - a.sentMs[i]!;
    const answered = b.answeredMs[j]! - a.answeredMs[i]! - client.resolutionMs;
    if (sent < high) high = sent;
    if (answered > low) low = answered;
    if (Number.isNaN(sent)) continue;
    if (previous >= 0) {
      const p = alignment.client[previous]!;
      const q = alignment.server[previous]!;
      const step = Math.max(TELLING_PAUSE_MS, 2 * client.resolutionMs, 2 * server.resolutionMs);
      if (a.sentMs[i]! - a.sentMs[p]! >= step && b.sentMs[j]! - b.sentMs[q]! >= step) pauses++;
    }
    previous = n;
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
  if (low > high + PRINTING_MS + Math.max(client.resolutionMs, server.resolutionMs)) return 'contradictory';
  const daysUnknown = !client.dated || !server.dated;
  const middle = (low + high) / 2;
  return {
    ms: Math.round(daysUnknown ? nearest(middle, DAY_MS) : middle),
    plusMinusMs: Math.ceil(Math.abs(high - low) / 2),
    daysUnknown,
    pauses,
  };
}

/** What is left of `ms` after the nearest whole multiple of `step`. */
function nearest(ms: number, step: number): number {
  return ms - Math.round(ms / step) * step;
}

/** The part of an offset that zones do not explain. */
export function beyondZones(ms: number): number {
  return nearest(ms, ZONE_STEP_MS);
}
