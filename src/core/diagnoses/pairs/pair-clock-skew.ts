import { beyondZones, type ClockOffset } from '../../pairing/clocks.ts';
import { durationInWords } from '../wording.ts';
import { definePairDiagnosis } from './pair-diagnosis.ts';

/** Less than this no one has to know. */
const TOLD_FROM_MS = 1000;
/** More than this makes it hard to find the same moment in two logs. */
const WARNED_FROM_MS = 60_000;

/** The clocks of the two records differ. */
export default definePairDiagnosis<ClockOffset>({
  id: 'pair-clock-skew',
  group: 'pairs',
  title: 'clocks of the two records differ',
  severity: 'info',
  references: ['RFC 5905'],
  explanation:
    'Commands and replies that both records time show how far apart their clocks are. A whole number of quarter hours is a difference of time zones; the rest is a clock that is wrong.',
  remedies: [
    { side: 'client', text: 'Synchronise the clock (NTP).' },
    { side: 'server', text: 'Synchronise the clock (NTP); log in UTC.' },
  ],
  *detect({ client, server, clock }) {
    if (clock === null || Math.abs(clock.ms) - clock.plusMinusMs < TOLD_FROM_MS) return;
    const wrong = Math.abs(beyondZones(clock.ms)) - clock.plusMinusMs;
    yield {
      client: [client.exchanges[0] ?? null],
      server: [server.exchanges[0] ?? null],
      data: clock,
      side: 'unknown',
      certainty: 'certain',
      severity: wrong > WARNED_FROM_MS ? 'warning' : 'info',
    };
  },
  message(clock) {
    const side = clock.ms > 0 ? 'ahead of' : 'behind';
    const doubt = clock.plusMinusMs === 0 ? '' : `, give or take ${durationInWords(clock.plusMinusMs)}`;
    const isZone = Math.abs(beyondZones(clock.ms)) <= clock.plusMinusMs + TOLD_FROM_MS;
    const why = isZone ? ': a difference of time zones' : '';
    const days = clock.daysUnknown ? ', whole days aside' : '';
    return `The server's clock is ${durationInWords(Math.abs(clock.ms))} ${side} the client's${doubt}${days}${why}.`;
  },
});
