import type { Throughput } from '../report.ts';
import type { Transfer } from '../sessions/session.ts';

/** Steps of a doubling: each is 9 % wide, so that its middle is within 5 % of what it holds. */
const STEPS = 8;
/** Below a byte a second everything is one step, and 2^48 bytes a second is beyond any wire. */
const STEPS_MAX = 48 * STEPS;
/** A duration is told from the clock's step only when it is several of them. */
const STEPS_OF_CLOCK = 2;

/** Counts transfers by their bytes a second, on a scale of equal ratios. */
export class ThroughputCounter {
  private readonly downloads = new Uint32Array(STEPS_MAX + 1);
  private readonly uploads = new Uint32Array(STEPS_MAX + 1);

  /** `resolutionMs`: the clock's smallest step. */
  add({ direction, outcome, transferredBytes, durationMs }: Transfer, resolutionMs: number | null): void {
    if (transferredBytes === null || durationMs === null || durationMs === 0) return;
    if (outcome !== 'completed' || direction === 'listing' || transferredBytes === 0) return;
    if (durationMs < (resolutionMs ?? 0) * STEPS_OF_CLOCK) return;
    const step = Math.floor(Math.log2((transferredBytes * 1_000) / durationMs) * STEPS);
    (direction === 'download' ? this.downloads : this.uploads)[Math.max(0, Math.min(STEPS_MAX, step))]!++;
  }

  list(): Throughput[] {
    const rows: Throughput[] = [];
    for (const [direction, counts] of [['download', this.downloads] as const, ['upload', this.uploads] as const]) {
      const transfers = counts.reduce((sum, count) => sum + count, 0);
      if (transfers === 0) continue;
      const at = (percent: number) => rateAt(counts, transfers, percent);
      rows.push({
        direction,
        transfers,
        percentiles: { p5: at(5), p25: at(25), p50: at(50), p75: at(75), p95: at(95) },
      });
    }
    return rows;
  }
}

/** The bytes a second that `percent` of the transfers do not exceed: the middle of their step. */
function rateAt(counts: Uint32Array, transfers: number, percent: number): number {
  let left = Math.ceil((transfers * percent) / 100);
  const step = counts.findIndex((count) => {
    left -= count;
    return left <= 0;
  });
  return Math.round(2 ** ((step + 0.5) / STEPS));
}
