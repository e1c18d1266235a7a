import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** PORT where only EPRT can work. */
export default defineDiagnosis<{ reply: string | null }>({
  id: 'port-on-ipv6-control',
  group: 'address-family',
  title: 'PORT on IPv6',
  severity: 'error',
  references: ['RFC 959 section 4.1.2 (PORT)', 'RFC 2428 section 2'],
  explanation: 'PORT carries a four-byte address and cannot name an IPv6 client. EPRT can; EPSV is better still.',
  remedies: [{ side: 'client', text: 'Use passive mode (EPSV), or EPRT.' }],
  triggers: { verbs: ['PORT'] },
  follows: ['epsv-all-violation'],
  *detect(session) {
    for (const exchange of commandsOf(session, [Verb.PORT])) {
      const { final } = exchange;
      const isTold = final !== null && /connected using IPv6/i.test(final.text);
      if (session.controlFamily !== 'ipv6' && !isTold) continue;
      yield {
        lines: [exchange, ...exchange.replies],
        data: { reply: final === null ? null : quotedReply(final) },
        side: 'client',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ reply }) =>
    `The client sent PORT on an IPv6 connection; only EPRT can name its address${reply === null ? '' : `. The server answered ${reply}`}.`,
});
