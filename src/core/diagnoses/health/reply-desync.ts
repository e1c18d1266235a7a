import { Verb } from '../../ftp/verbs.ts';
import type { Exchange, Reply, Session } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf } from '../dialogue.ts';
import { quotedReply, transferInWords } from '../wording.ts';

/** Replies that fit no command. */
export default defineDiagnosis<{ what: string; reply: string }>({
  id: 'reply-desync',
  group: 'health',
  title: 'replies out of step with commands',
  severity: 'error',
  references: ['RFC 959 section 5.4', 'RFC 1123 section 4.1.2.11'],
  explanation:
    'The server sent a reply that no command waited for. If it is a 426 after a 226 of the same transfer, the first reply counts and the file is complete; the second is an error of the server. Otherwise a device in between may have changed the dialogue, or a client that pipelines commands has lost count: every later reply then answers the wrong command.',
  remedies: [
    {
      side: 'client',
      text: 'Find the first command where the count is off; try without a proxy or FTP helper in between.',
    },
    { side: 'server', text: 'Update it, if it sends two final replies for one transfer.' },
  ],
  triggers: { codes: [425, 426, 451, 226], traits: ['troubled'] },
  *detect(session) {
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const exchange = exchangeOf(session, transfer);
      const stray = exchange === null ? null : strayReply(session, exchange);
      if (exchange === null || stray === null) continue;
      yield {
        lines: [stray, exchange.final!, exchange],
        data: { what: transferInWords(transfer), reply: quotedReply(stray) },
        severity: 'notice',
        side: 'server',
        certainty: 'likely',
        transfer: index,
      };
      return;
    }
  },
  message: ({ what, reply }) =>
    `${what} had been reported complete, and the server then sent ${reply} as well; the first reply counts.`,
});

/** The error after the success of the same transfer, where no ABOR explains it. */
function strayReply(session: Session, exchange: Exchange): Reply | null {
  const { final } = exchange;
  if (final === null || final.code >= 300) return null;
  const stray = exchange.replies.find(
    ({ code, order }) => order > final.order && (code === 426 || code === 425 || code === 451),
  );
  if (stray === undefined) return null;
  return session.exchanges.some(({ verbId, order }) => verbId === Verb.ABOR && order > exchange.order) ? null : stray;
}
