import type { Pair } from '../../core/report.ts';
import { count, defineTable, flag, milliseconds, text } from './table.ts';

/** One row a session that both sides recorded. */
export const pairs = defineTable<Pair>({
  name: 'pairs',
  title: 'sessions that both sides recorded, one a row',
  columns: [
    text('pair', 'Id of the pair.', (pair) => pair.id),
    text('client_session', "Id of the session in the client's record.", (pair) => pair.client, 'client'),
    text('server_session', "Id of the session in the server's record.", (pair) => pair.server, 'server'),
    count(
      'confidence_percent',
      'How sure it is that both are one session, 0 to 100.',
      (pair) => Math.round(pair.confidence * 100),
      '%',
    ),
    milliseconds(
      'clock_skew_ms',
      "The server's clock minus the client's.",
      (pair) => pair.clockSkewMs?.value ?? null,
      'skew ms',
    ),
    milliseconds(
      'clock_skew_plus_minus_ms',
      'How far the skew may be off.',
      (pair) => pair.clockSkewMs?.plusMinus ?? null,
      '+/- ms',
    ),
    text(
      'client_seen_as',
      'Address under which the server saw the client, where it differs.',
      (pair) => pair.nat.clientSeenAs,
    ),
    text(
      'server_seen_as',
      'Address under which the client saw the server, where it differs.',
      (pair) => pair.nat.serverSeenAs,
    ),
    flag(
      'ports_rewritten',
      'Whether something between the two changed ports in the dialogue.',
      (pair) => pair.nat.portsRewritten,
      'rewritten',
    ),
    text('reasons', 'What the two have in common.', (pair) => pair.reasons.join(' ')),
  ],
  eachOfTotals(totals, take) {
    for (const pair of totals.pairs) take(pair);
  },
});
