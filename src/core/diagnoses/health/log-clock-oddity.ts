import type { Exchange, Reply } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { isCommand } from '../dialogue.ts';
import { durationInWords } from '../wording.ts';

const HOUR_MS = 3_600_000;
const TOLERANCE_MS = 1500;

/** Time runs backwards in the log. */
export default defineDiagnosis<{ backMs: number; isHour: boolean }>({
  id: 'log-clock-oddity',
  group: 'health',
  title: 'time that runs backwards',
  severity: 'notice',
  references: [],
  explanation:
    'A later line of the session has an earlier time. The clock was set, or summer time ended; durations around that line are wrong. If day and month are in question, the order that was assumed may be wrong too.',
  remedies: [
    { side: 'server', text: 'Keep the clock right by NTP.' },
    { side: 'server', text: 'If only dates are off, read the log with --date-order dmy or mdy.' },
  ],
  triggers: { traits: ['backwards'] },
  *detect(session) {
    if (session.startMs === null) return;
    let latest = session.startMs;
    const events: (Exchange | Reply)[] = [];
    for (const exchange of session.exchanges) {
      if (isCommand(exchange)) events.push(exchange);
      events.push(...exchange.replies);
    }
    events.sort((a, b) => a.order - b.order);
    for (const event of events) {
      const at = event.atMs;
      if (at === null) continue;
      if (latest - at > TOLERANCE_MS + (session.resolutionMs ?? 0)) {
        const isHour = Math.abs(latest - at - HOUR_MS) < HOUR_MS / 20;
        yield { lines: [event], data: { backMs: latest - at, isHour }, side: 'unknown', certainty: 'certain' };
        return;
      }
      if (at > latest) latest = at;
    }
  },
  message: ({ backMs, isHour }) =>
    `The log's time goes back by ${durationInWords(backMs)} within the session${isHour ? ', as at the end of summer time' : ''}; durations around it are wrong.`,
});
