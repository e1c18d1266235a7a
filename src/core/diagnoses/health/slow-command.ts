import { defineDiagnosis } from '../diagnosis.ts';
import { durationInWords } from '../wording.ts';
import { medianOf, replyTimesOf } from './reply-times.ts';

const SLOW_MS = 3000;
const TIMES_SLOWER = 10;
const ENOUGH = 5;

/** One command is far slower than the others. */
export default defineDiagnosis<{ verb: string; ms: number; usualMs: number }>({
  id: 'slow-command',
  group: 'health',
  title: 'command far slower than the others',
  severity: 'info',
  references: ['RFC 959 section 5.4'],
  explanation:
    'The server took much longer for one command than for the others: a large directory, a checksum, a slow disk.',
  remedies: [
    { side: 'server', text: 'Split large directories; exclude the FTP folders from scanning on every access.' },
  ],
  triggers: { codes: [200, 250, 213, 257, 227, 229], traits: ['slow'] },
  perInput: true,
  inMany: 'Some commands took the server seconds, where it usually answers at once.',
  *detect(session) {
    if (session.resolutionMs === null || session.exchanges.length < ENOUGH) return;
    const times = replyTimesOf(session);
    if (times.length < ENOUGH) return;
    let slowest = times[0]!;
    for (const time of times) if (time.ms > slowest.ms) slowest = time;
    if (slowest.ms < SLOW_MS + session.resolutionMs) return;
    const usualMs = medianOf(times.map(({ ms }) => ms))!;
    if (slowest.ms < TIMES_SLOWER * Math.max(usualMs, session.resolutionMs / 10)) return;
    yield {
      lines: [slowest.exchange, slowest.exchange.replies[0]!],
      data: { verb: slowest.exchange.verb ?? '', ms: slowest.ms, usualMs },
      side: 'server',
      certainty: 'likely',
    };
  },
  message: ({ verb, ms, usualMs }) =>
    `${verb} took ${durationInWords(ms)}, where the server usually answers within ${durationInWords(Math.max(usualMs, 1))}.`,
});
