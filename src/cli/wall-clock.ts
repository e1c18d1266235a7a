import { format } from 'date-fns/format';
import { isValid } from 'date-fns/isValid';
import { parse } from 'date-fns/parse';
import { sub } from 'date-fns/sub';
import { UsageError } from './failures.ts';

const ISO = "yyyy-MM-dd'T'HH:mm:ss.SSS";
const DATES = ['yyyy-MM-dd'] as const;
const TIMES = ['yyyy-MM-dd HH:mm', 'yyyy-MM-dd HH:mm:ss', 'yyyy-MM-dd HH:mm:ss.SSS'] as const;
const SPANS = { m: 'minutes', h: 'hours', d: 'days', w: 'weeks' } as const;
const ACCEPTED = '2026-01-31, "2026-01-31 14:00", 2026-01-31T14:00:05, or a span before now: 30m, 2h, 3d, 1w';

/**
 * A point of time as typed, as ISO 8601 wall clock. A span (`2h`) is counted back from `now`. A date alone is its first
 * moment, or its last for `edge` `end`.
 */
export function parseTime(option: string, text: string, edge: 'start' | 'end', now: Date): string {
  const span = /^(\d{1,6})([mhdw])$/.exec(text);
  if (span !== null) return format(sub(now, { [SPANS[span[2] as keyof typeof SPANS]]: Number(span[1]) }), ISO);
  const spaced = text.trim().replace('T', ' ');
  for (const pattern of DATES) {
    const date = parse(spaced, pattern, now);
    if (isValid(date)) return `${format(date, 'yyyy-MM-dd')}T${edge === 'start' ? '00:00:00.000' : '23:59:59.999'}`;
  }
  for (const pattern of TIMES) {
    const time = parse(spaced, pattern, now);
    if (isValid(time)) return format(time, ISO);
  }
  throw new UsageError(`${option}: "${text}" is no time. Accepted are ${ACCEPTED}.`);
}
