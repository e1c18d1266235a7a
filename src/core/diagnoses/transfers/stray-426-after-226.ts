import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf } from '../dialogue.ts';
import { quotedReply, transferInWords } from '../wording.ts';

/** An error reply after the transfer had been reported complete. */
export default defineDiagnosis<{ what: string; reply: string }>({
  id: 'stray-426-after-226',
  group: 'transfers',
  title: 'error reply after a complete transfer',
  severity: 'notice',
  references: ['RFC 959 section 5.4'],
  explanation:
    'The server reported the transfer as complete and then sent an error for it as well. The first reply counts; the second is an error of the server and may put replies and commands out of step.',
  remedies: [{ side: 'server', text: 'Update the server.' }],
  triggers: { codes: [425, 426, 451] },
  *detect(session) {
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const exchange = exchangeOf(session, transfer);
      const final = exchange?.final;
      if (exchange == null || final == null || final.code >= 300) continue;
      if (session.exchanges.some(({ verbId, order }) => verbId === Verb.ABOR && order > exchange.order)) continue;
      const stray = [...exchange.replies, ...unsolicitedAfter(index)].find(
        ({ code, order }) => order > final.order && (code === 426 || code === 425 || code === 451),
      );
      if (stray === undefined) continue;
      yield {
        lines: [stray, final, exchange],
        data: { what: transferInWords(transfer), reply: quotedReply(stray) },
        side: 'server',
        certainty: 'likely',
        transfer: index,
      };
      return;
    }

    function unsolicitedAfter(index: number) {
      const at = session.transfers[index]!.exchange;
      const next = at === null ? undefined : session.exchanges[at + 1];
      return next !== undefined && next.verbId === 0 && next.verb === null ? next.replies : [];
    }
  },
  message: ({ what, reply }) => `${what} had been reported complete, and the server then sent ${reply} as well.`,
});
