import { type Finding, OUTCOMES } from '../../core/report.ts';
import type { Session, Transfer } from '../../core/sessions/session.ts';
import { type Figures, type OverTime, THROUGHPUT_STEP } from './page-data.ts';

/** Widths of a bin of time, each a multiple of the one before, so that bins can be merged. */
const WIDTHS_MS = [
  1_000, 10_000, 60_000, 300_000, 600_000, 3_600_000, 21_600_000, 86_400_000, 604_800_000, 2_419_200_000,
] as const;
/** Bins that a chart can show side by side. */
const BINS_MAX = 400;
/** A shorter time says more about the clock than about the network. */
const MEASURED_MS_MIN = 1_000;

/** Counts what the page's charts and tiles show, over all sessions. */
export class FigureCounter {
  private readonly dated = new TimeBins();
  private readonly undated = new TimeBins();
  private readonly throughput = new Map<number, number>();
  private readonly controlTls = { none: 0, explicit: 0, implicit: 0, unknown: 0 };
  private dataPrivate = 0;
  private troubled = 0;

  add(session: Session, findings: readonly Finding[]): void {
    this.controlTls[session.tls.control]++;
    if (session.tls.data === 'private') this.dataPrivate++;
    if (findings.some(({ severity }) => severity === 'error' || severity === 'warning')) this.troubled++;
    const over = session.startedAt === null ? this.undated : this.dated;
    for (const transfer of session.transfers) this.addTransfer(transfer, over);
  }

  private addTransfer(transfer: Transfer, over: TimeBins): void {
    const { startMs, outcome, transferredBytes, durationMs, direction } = transfer;
    if (startMs !== null) over.add(startMs, OUTCOMES.indexOf(outcome));
    if (outcome !== 'completed' || direction === 'listing') return;
    if (!transferredBytes || durationMs === null || durationMs < MEASURED_MS_MIN) return;
    const perSecond = (transferredBytes * 1_000) / durationMs;
    const step = Math.floor(Math.log(Math.max(1, perSecond)) / Math.log(THROUGHPUT_STEP));
    this.throughput.set(step, (this.throughput.get(step) ?? 0) + 1);
  }

  figures(): Figures {
    const steps = [...this.throughput].sort(([a], [b]) => a - b);
    return {
      overTime: this.dated.list(true) ?? this.undated.list(false),
      throughput: steps.map(([step, count]) => [Math.round(THROUGHPUT_STEP ** step), count]),
      controlTls: this.controlTls,
      dataPrivate: this.dataPrivate,
      troubled: this.troubled,
    };
  }
}

/** Counts of outcomes by time, in bins that grow when there are too many. */
class TimeBins {
  private width = 0;
  private bins = new Map<number, Uint32Array>();

  add(ms: number, outcome: number): void {
    this.countAt(ms)[outcome]!++;
    while (this.bins.size > BINS_MAX && this.width < WIDTHS_MS.length - 1) this.widen();
  }

  private get binMs(): number {
    return WIDTHS_MS[this.width]!;
  }

  private countAt(ms: number): Uint32Array {
    const start = Math.floor(ms / this.binMs) * this.binMs;
    let counts = this.bins.get(start);
    if (counts === undefined) {
      counts = new Uint32Array(OUTCOMES.length);
      this.bins.set(start, counts);
    }
    return counts;
  }

  private widen(): void {
    this.width++;
    const narrow = this.bins;
    this.bins = new Map();
    for (const [start, counts] of narrow) {
      const into = this.countAt(start);
      for (let i = 0; i < into.length; i++) into[i]! += counts[i]!;
    }
  }

  list(isDated: boolean): OverTime | null {
    if (this.bins.size === 0) return null;
    // A few transfers in single seconds of a long day would be invisible lines.
    while (this.span() / this.binMs > BINS_MAX && this.width < WIDTHS_MS.length - 1) this.widen();
    const bins = [...this.bins].sort(([a], [b]) => a - b);
    return { isDated, binMs: this.binMs, bins: bins.map(([start, c]) => [start, c[0]!, c[1]!, c[2]!, c[3]!]) };
  }

  private span(): number {
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (const start of this.bins.keys()) {
      if (start < first) first = start;
      if (start > last) last = start;
    }
    return last - first;
  }
}
