import type { Evidence } from '../../report.ts';
import { BoundedMap } from '../bounded-map.ts';
import { defineObserver } from '../observer.ts';
import { bytesInWords, counted, durationInWords } from '../wording.ts';
import { medianOf } from './reply-times.ts';

const ENOUGH = 5;
const SLOW_SHARE = 0.25;
/** At a step of a second the speed of a shorter transfer means nothing. */
const SHORTEST_MS = 5000;
const KEYS = 5000;
const SAMPLES = 200;

interface Sample {
  readonly evidence: Evidence;
  readonly bytes: number;
  readonly ms: number;
  readonly perSecond: number;
}

/** A transfer much slower than the others of its client. */
export default defineObserver<{ source: string; direction: string; slowest: Sample; usual: number; others: number }>({
  id: 'throughput-outlier',
  group: 'health',
  title: 'transfer much slower than its peers',
  severity: 'notice',
  references: ['RFC 959 section 3.4.1'],
  explanation:
    'Transfers of the same client in the same direction are mostly much faster. A busy link or disk, a limiter, or a bad path at that time may be the reason.',
  remedies: [
    {
      side: 'network',
      text: 'Compare with the load of the link at that time; try several transfers at once to see a limit for each.',
    },
  ],
  observe() {
    const groups = new BoundedMap<{ key: string; samples: Sample[] }>(KEYS, (key) => ({ key, samples: [] }));
    return {
      row(row) {
        if (row.peer === null) return;
        for (const { line, text, direction, bytes, ms } of row.measured) {
          const { samples } = groups.of(`${direction} ${row.peer}`);
          if (samples.length >= SAMPLES) continue;
          const evidence = { input: row.input, line, text };
          samples.push({ evidence, bytes, ms, perSecond: (bytes * 1000) / Math.max(ms, 500) });
        }
      },
      *end() {
        for (const { key, samples } of groups.values()) {
          if (samples.length < ENOUGH) continue;
          const usual = medianOf(samples.map(({ perSecond }) => perSecond))!;
          const slow = samples.filter(({ perSecond, ms }) => ms >= SHORTEST_MS && perSecond < SLOW_SHARE * usual);
          if (slow.length === 0 || slow.length > samples.length / 3) continue;
          slow.sort((a, b) => a.perSecond - b.perSecond);
          const [direction = '', source = ''] = key.split(' ');
          yield {
            evidence: slow.slice(0, 4).map(({ evidence }) => evidence),
            data: { source, direction, slowest: slow[0]!, usual, others: slow.length - 1 },
            side: 'unknown',
            certainty: 'possible',
          };
        }
      },
    };
  },
  message: ({ source, direction, slowest, usual, others }) =>
    `A ${direction} with ${source} moved ${bytesInWords(slowest.bytes)} in ${durationInWords(slowest.ms)}, less than a quarter of the usual ${bytesInWords(usual)} a second${others === 0 ? '' : `; ${counted(others, 'other')} were slow too`}.`,
});
