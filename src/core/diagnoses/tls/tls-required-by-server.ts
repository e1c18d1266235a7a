import { defineDiagnosis } from '../diagnosis.ts';
import { refusalsFor } from '../login/refusals.ts';
import { REQUIRE_TLS } from '../remedies.ts';
import { quotedReply } from '../wording.ts';

/** The server lets nobody in without TLS. */
export default defineDiagnosis<{ verb: string; reply: string }>({
  id: 'tls-required-by-server',
  group: 'tls',
  title: 'login in clear refused',
  severity: 'error',
  references: ['RFC 4217 section 4'],
  explanation: 'The server demands TLS, and the client tried to log in without it.',
  remedies: [
    REQUIRE_TLS[0]!,
    { side: 'client', text: 'Do not use ftps:// for that: it means implicit TLS, mostly on port 990.' },
  ],
  triggers: { codes: [421, 503, 530, 534, 550, 522], needs: ['sentAway'] },
  *detect(session) {
    if (session.tls.control === 'explicit' || session.tls.control === 'implicit') {
      const before = refusalsFor(session, 'tls-required')[0];
      // The client learned it and went on with TLS.
      if (before === undefined || session.login === 'accepted') return;
    }
    const refused = refusalsFor(session, 'tls-required')[0];
    if (refused === undefined) return;
    yield {
      lines: [refused.reply, refused.exchange],
      data: { verb: refused.exchange.verb ?? '', reply: quotedReply(refused.reply) },
      side: 'client',
      certainty: 'certain',
    };
  },
  message: ({ verb, reply }) =>
    `The server demands TLS before the login, and the client sent ${verb} without it: ${reply}.`,
});
