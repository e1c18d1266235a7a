import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';
import { isAuthAccepted } from './negotiation.ts';

/** The server does not do TLS, and the client insists. */
export default defineDiagnosis<{ method: string; reply: string }>({
  id: 'auth-refused',
  group: 'tls',
  title: 'TLS refused by the server',
  severity: 'error',
  references: ['RFC 4217 section 4', 'RFC 2228 section 3'],
  explanation:
    'The server refuses AUTH: TLS is not set up there, or its certificate or key cannot be loaded. A client that insists on TLS gives up then.',
  remedies: [
    { side: 'server', text: 'Enable explicit FTP over TLS and install a certificate with its key.' },
    { side: 'IIS', text: 'Bind a certificate to the FTP site (FTP SSL Settings).' },
    { side: 'vsftpd', text: 'Set ssl_enable=YES and rsa_cert_file=.' },
  ],
  triggers: { verbs: ['AUTH'], needs: ['authRefused'] },
  follows: ['too-many-connections', 'server-unavailable', 'client-banned'],
  *detect(session) {
    if (isAuthAccepted(session) || session.tls.control === 'implicit' || session.tls.control === 'explicit') return;
    const refused = [...commandsOf(session, [Verb.AUTH])].filter(({ final }) => final !== null && final.code >= 400);
    const last = refused[refused.length - 1];
    if (last === undefined) return;
    // A login in clear after it is told as such.
    const goesOn = session.exchanges.some(({ verbId, order }) => verbId === Verb.USER && order > last.order);
    if (goesOn || session.incomplete) return;
    yield {
      lines: [last.final!, ...refused],
      data: { method: last.argument ?? '', reply: quotedReply(last.final!) },
      side: 'server',
      certainty: 'certain',
    };
  },
  message: ({ method, reply }) =>
    `The server refuses TLS (AUTH ${method}: ${reply}), and the client did not log in without it.`,
});
