import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsBetween, exchangeOf } from '../dialogue.ts';

/** Keep-alive commands while data flows. */
export default defineDiagnosis<{ times: number; isRefused: boolean }>({
  id: 'noop-during-transfer',
  group: 'health',
  title: 'NOOP during a transfer',
  severity: 'notice',
  references: ['RFC 959 section 5.4', 'RFC 959 section 4.1.3 (ABOR)'],
  explanation:
    'The client sent NOOP while a transfer was under way. Servers queue or refuse it, and some clients take its 200 for the end of the transfer.',
  remedies: [{ side: 'client', text: 'Use TCP keepalive in place of NOOP during transfers.' }],
  triggers: { verbs: ['NOOP'] },
  *detect(session) {
    let times = 0;
    for (const [index, transfer] of session.transfers.entries()) {
      const exchange = exchangeOf(session, transfer);
      if (exchange?.preliminary == null || exchange.final === null) continue;
      const noops = commandsBetween(session, exchange.preliminary.order, exchange.final.order).filter(
        ({ verbId }) => verbId === Verb.NOOP,
      );
      const first = noops[0];
      if (first === undefined || times > 0) continue;
      times += noops.length;
      yield {
        lines: [first, ...first.replies, exchange],
        data: { times: noops.length, isRefused: (first.final?.code ?? 0) >= 400 },
        side: 'client',
        certainty: 'certain',
        transfer: index,
      };
    }
  },
  message: ({ times, isRefused }) =>
    `The client sent NOOP ${times === 1 ? '' : `${times} times `}while a transfer was under way${isRefused ? ', and the server refused it' : ''}.`,
});
