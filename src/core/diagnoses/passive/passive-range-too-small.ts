import type { Evidence } from '../../report.ts';
import { defineObserver } from '../observer.ts';

const WINDOW_MS = 240_000;
const FULL = 0.8;
/** A range of one or two ports is meant for tests. */
const SMALLEST = 3;

/** Nearly all ports of the passive range are in use at a time. */
export default defineObserver<{ used: number; size: number; from: number; to: number }>({
  id: 'passive-range-too-small',
  group: 'passive',
  title: 'passive range nearly used up',
  severity: 'notice',
  references: ['RFC 959 section 3.2'],
  explanation:
    'Within four minutes the server offered nearly every port of its passive range. A used port stays blocked for some minutes, so that the range is about to run out.',
  remedies: [{ side: 'server', text: 'Make the passive range larger, and the rule in the firewall with it.' }],
  observe({ passiveRange }) {
    const size = passiveRange === null ? 0 : passiveRange.to - passiveRange.from + 1;
    const lastSeen = new Map<number, number>();
    let most = 0;
    let evidence: Evidence | null = null;
    return {
      row(row) {
        if (passiveRange === null || size < SMALLEST || row.vantage !== 'server') return;
        for (const { port, atMs, line } of row.passivePorts) {
          if (atMs === null || port < passiveRange.from || port > passiveRange.to) continue;
          lastSeen.set(port, atMs);
          let used = 0;
          for (const seen of lastSeen.values()) if (Math.abs(atMs - seen) <= WINDOW_MS) used++;
          if (used <= most) continue;
          most = used;
          evidence = { input: row.input, line, text: `port ${port}` };
        }
      },
      *end() {
        if (passiveRange === null || evidence === null || most <= FULL * size) return;
        const { from, to } = passiveRange;
        yield { evidence: [evidence], data: { used: most, size, from, to }, side: 'server', certainty: 'likely' };
      },
    };
  },
  message: ({ used, size, from, to }) =>
    `${used} of the ${size} ports ${from}-${to} were offered within four minutes; the passive range is about to run out.`,
});
