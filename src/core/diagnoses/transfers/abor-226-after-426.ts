import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandAfter, exchangeOf } from '../dialogue.ts';

/** The 226 after a 426 is the answer to ABOR. */
export default defineDiagnosis<{ code: number }>({
  id: 'abor-226-after-426',
  group: 'transfers',
  title: '226 that answers ABOR',
  severity: 'info',
  references: ['RFC 959 section 4.1.3 (ABOR)'],
  explanation:
    'ABOR during a transfer gets two replies: 426 ends the transfer, 226 says that the ABOR was carried out. The 226 is no sign that the file arrived.',
  remedies: [],
  triggers: { verbs: ['ABOR'] },
  perInput: true,
  inMany: 'A 226 after an aborted transfer answers ABOR; it does not mean that the file arrived.',
  *detect(session) {
    for (const [index, transfer] of session.transfers.entries()) {
      const exchange = exchangeOf(session, transfer);
      const final = exchange?.final;
      if (exchange == null || final == null || (final.code !== 426 && final.code !== 425)) continue;
      const abort = commandAfter(session, exchange.order, ({ verbId }) => verbId === Verb.ABOR);
      const done = abort?.replies.find(({ code }) => code === 226 || code === 225);
      if (abort === null || done === undefined) continue;
      yield {
        lines: [done, abort, final],
        data: { code: done.code },
        side: 'unknown',
        certainty: 'certain',
        transfer: index,
      };
      return;
    }
  },
  message: ({ code }) => `The ${code} after the aborted transfer answers ABOR; it does not mean that the file arrived.`,
});
