import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** Bytes between AUTH and the handshake. */
export default defineDiagnosis<{ reply: string }>({
  id: 'plaintext-before-tls',
  group: 'tls',
  title: 'data between AUTH and the TLS handshake',
  severity: 'error',
  references: ['RFC 4217 section 15', 'CVE-2011-1575'],
  explanation:
    'Something was sent in clear after AUTH and before the handshake. The client does not wait for the reply, or somebody tries to slip commands into the encrypted session.',
  remedies: [
    { side: 'client', text: 'Wait for the 234 reply before sending anything.' },
    { side: 'server', text: 'Keep the server current; it was right to refuse.' },
  ],
  triggers: { codes: [503] },
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [503], /Received additional data|Spurious data/i)) {
      if (exchange.verbId !== Verb.AUTH && exchange.verb !== null) continue;
      yield { lines: [reply, exchange], data: { reply: quotedReply(reply) }, side: 'client', certainty: 'possible' };
      return;
    }
  },
  message: ({ reply }) =>
    `The client sent something between AUTH and the TLS handshake, and the server refused it: ${reply}.`,
});
