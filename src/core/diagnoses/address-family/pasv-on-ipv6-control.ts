import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

const TOLD = /connected using IPv6|PASV on IPv6|IPv6-conformant/i;

/** PASV where only EPSV can work. */
export default defineDiagnosis<{ reply: string | null; isAfterEpsv: boolean }>({
  id: 'pasv-on-ipv6-control',
  group: 'address-family',
  title: 'PASV on IPv6',
  severity: 'error',
  references: ['RFC 959 section 4.1.2 (PASV)', 'RFC 2428 section 1'],
  explanation:
    'PASV carries a four-byte address and cannot be used on an IPv6 control connection; the client has to send EPSV. Servers refuse it, or answer with an address that cannot be used.',
  remedies: [
    { side: 'client', text: 'Use EPSV on IPv6; update a client that does not know it, or connect over IPv4.' },
  ],
  triggers: { verbs: ['PASV'], traits: ['ipv6', 'setUpRefused'] },
  follows: ['epsv-refused-on-ipv6', 'epsv-all-violation'],
  *detect(session) {
    for (const exchange of commandsOf(session, [Verb.PASV])) {
      const { final } = exchange;
      const isTold = final !== null && TOLD.test(final.text);
      if (session.controlFamily !== 'ipv6' && !isTold) continue;
      if (session.login !== 'accepted' && !isTold) continue;
      yield {
        lines: [exchange, ...exchange.replies],
        data: {
          reply: final === null ? null : quotedReply(final),
          isAfterEpsv: session.exchanges.some(({ verbId, order }) => verbId === Verb.EPSV && order < exchange.order),
        },
        severity: final !== null && final.code < 300 ? 'warning' : 'error',
        side: 'client',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ reply, isAfterEpsv }) =>
    `The client sent PASV on an IPv6 connection${isAfterEpsv ? ' after EPSV had not worked' : ''}, where only EPSV can be used${reply === null ? '' : `: ${reply}`}.`,
});
