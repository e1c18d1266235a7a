import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf, isAnonymous, userAt } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';
import { isAuthAccepted } from './negotiation.ts';

/** TLS was tried, refused, and the login went on in clear. */
export default defineDiagnosis<{ reply: string }>({
  id: 'tls-fallback-to-cleartext',
  group: 'tls',
  title: 'login in clear after TLS had been refused',
  severity: 'warning',
  references: ['RFC 4217 section 15', 'curl manual (--ssl-reqd)'],
  explanation:
    'The client asked for TLS, the server refused, and the client sent the password without encryption. Anybody in between can force that by refusing AUTH in the name of the server.',
  remedies: [
    {
      side: 'client',
      text: 'Insist on TLS: curl --ssl-reqd in place of --ssl, FileZilla "Require explicit FTP over TLS".',
    },
    { side: 'server', text: 'Enable explicit FTP over TLS and install a certificate.' },
  ],
  triggers: { verbs: ['AUTH'], needs: ['authRefused'] },
  perInput: true,
  inMany: 'Clients asked for TLS, were refused, and sent their passwords in clear.',
  *detect(session) {
    if (session.tls.control === 'implicit' || session.tls.control === 'explicit' || isAuthAccepted(session)) return;
    const refused = [...commandsOf(session, [Verb.AUTH])].find(({ final }) => final !== null && final.code >= 400);
    if (refused === undefined) return;
    const pass = [...commandsOf(session, [Verb.PASS])].find(({ order }) => order > refused.order);
    if (pass === undefined) return;
    const isHarmless = isAnonymous(userAt(session, pass.order));
    yield {
      lines: [refused.final!, refused, pass],
      data: { reply: quotedReply(refused.final!) },
      severity: isHarmless || session.login === 'refused' ? 'notice' : 'warning',
      side: 'client',
      certainty: 'certain',
    };
  },
  message: ({ reply }) => `The client asked for TLS, the server refused (${reply}), and the login went on in clear.`,
});
