import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply } from '../wording.ts';
import { refusalsFor } from './refusals.ts';

/** An anonymous login was tried and refused. */
export default defineDiagnosis<{ reply: string; isClient: boolean }>({
  id: 'anonymous-refused',
  group: 'login',
  title: 'anonymous login refused',
  severity: 'info',
  gravest: 'error',
  references: ['RFC 1635'],
  explanation:
    'Somebody tried to log in as "anonymous". Scanners do so all the time; curl does so when it is given no user name.',
  remedies: [{ side: 'client', text: 'Give curl the user name: -u NAME, or ftp://NAME@host/.' }],
  triggers: { codes: [430, 530, 331], traits: ['noLogin'] },
  perInput: true,
  inMany: 'Anonymous logins were tried and refused.',
  *detect(session) {
    if (session.login === 'accepted') return;
    const refused = refusalsFor(session, 'anonymous')[0];
    if (refused === undefined) return;
    yield {
      lines: [refused.reply, refused.exchange],
      data: { reply: quotedReply(refused.reply), isClient: session.vantage === 'client' },
      severity: session.vantage === 'client' ? 'error' : 'info',
      side: 'client',
      certainty: session.vantage === 'client' ? 'certain' : 'likely',
    };
  },
  message: ({ reply, isClient }) =>
    `The server does not accept anonymous logins: ${reply}.${isClient ? ' The client has to be given a user name.' : ''}`,
});
