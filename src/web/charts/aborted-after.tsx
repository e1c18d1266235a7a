import { counted, durationInWords, listed } from '../../core/diagnoses/wording.ts';
import type { AbortedAfter } from '../../core/report.ts';
import type { Cells } from '../data/messages.ts';
import { Figure } from '../parts/figure.tsx';
import { Bars } from './bars.tsx';

const TIMERS_NAMED = 4;

/** How long aborted transfers had lasted, with the timers that such a time fits. */
export function AbortedAfterChart({ abortedAfter }: { readonly abortedAfter: readonly AbortedAfter[] }) {
  const total = abortedAfter.reduce((sum, { transfers }) => sum + transfers, 0);
  const timed = abortedAfter.reduce((sum, { transfers, timers }) => sum + (timers.length > 0 ? transfers : 0), 0);
  const lead =
    timed === 0
      ? `${counted(total, 'transfer')}; none broke off at the time of a known timer.`
      : `${counted(total, 'transfer')}; ${timed} broke off when a known timer ends, which is marked.`;
  return (
    <Figure name="duration-before-abort" title="Duration before abort" lead={lead} cells={() => cellsOf(abortedAfter)}>
      <Bars
        caption="Aborted transfers by how long they had lasted"
        labels="Lasted"
        rows={abortedAfter.map((row) => ({
          key: String(row.fromMs),
          label: rangeInWords(row),
          parts: [{ label: 'aborted', count: row.transfers, tone: row.timers.length > 0 ? 'timer' : 'aborted' }],
          isMarked: row.timers.length > 0,
          ...(row.timers.length > 0 ? { note: listed(row.timers.slice(0, TIMERS_NAMED), 'or') } : {}),
        }))}
      />
    </Figure>
  );
}

function rangeInWords({ fromMs, toMs }: AbortedAfter): string {
  if (toMs === null) return `from ${durationInWords(fromMs)}`;
  if (fromMs === 0) return `under ${durationInWords(toMs)}`;
  return `${durationInWords(fromMs)} – ${durationInWords(toMs)}`;
}

function cellsOf(abortedAfter: readonly AbortedAfter[]): Cells {
  return [
    ['from ms', 'to ms', 'transfers', 'timers'],
    ...abortedAfter.map(({ fromMs, toMs, transfers, timers }) => [fromMs, toMs, transfers, timers.join('; ')]),
  ];
}
