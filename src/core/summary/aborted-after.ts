import { NETWORK_SECONDS, TIMERS, type Timer, timersAround } from '../diagnoses/timers.ts';
import type { AbortedAfter } from '../report.ts';

/** Where a time is near no timer, the bounds between which it is counted, in seconds. */
const ROUND_SECONDS = [0, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800] as const;
/** Timers that can end a transfer which has begun. */
const ENDS: readonly Timer['ends'][] = ['transfer', 'idle', 'reply'];
const TIMER_SECONDS = [
  ...new Set([...TIMERS.filter(({ ends }) => ENDS.includes(ends)).map(({ seconds }) => seconds), ...NETWORK_SECONDS]),
];

/** Half the width of the bin around a timer: as far as clocks in whole seconds put it off, or 1 %. */
function halfWidthMs(seconds: number): number {
  return Math.max(1_000, seconds * 10);
}

/** Bounds of the bins in milliseconds, such that each timer is inside a narrow bin of its own. */
const BOUNDS = boundsOf();

function boundsOf(): readonly number[] {
  const windows = TIMER_SECONDS.map((seconds) => {
    const half = halfWidthMs(seconds);
    return { from: seconds * 1_000 - half, to: seconds * 1_000 + half };
  });
  const rounds = ROUND_SECONDS.map((seconds) => seconds * 1_000).filter((ms) =>
    windows.every(({ from, to }) => ms <= from || ms >= to),
  );
  const bounds = new Set([...rounds, ...windows.flatMap(({ from, to }) => [from, to])]);
  return [...bounds].sort((a, b) => a - b);
}

/** Counts aborted transfers by how long they had lasted. */
export class AbortTimes {
  private readonly counts = new Uint32Array(BOUNDS.length);

  add(durationMs: number): void {
    let bin = BOUNDS.length - 1;
    while (bin > 0 && BOUNDS[bin]! > durationMs) bin--;
    this.counts[bin]!++;
  }

  list(): AbortedAfter[] {
    const rows: AbortedAfter[] = [];
    this.counts.forEach((transfers, bin) => {
      if (transfers === 0) return;
      const fromMs = BOUNDS[bin]!;
      const timer = TIMER_SECONDS.find((seconds) => fromMs === seconds * 1_000 - halfWidthMs(seconds));
      const timers = timer === undefined ? [] : timersAround(timer * 1_000, null, ENDS);
      rows.push({ fromMs, toMs: BOUNDS[bin + 1] ?? null, transfers, timers });
    });
    return rows;
  }
}
