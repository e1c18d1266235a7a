import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply, shortened } from '../wording.ts';
import { refusalsFor } from './refusals.ts';

/** The account may not log in. */
export default defineDiagnosis<{ user: string | null; reply: string }>({
  id: 'login-account-restricted',
  group: 'login',
  title: 'account that may not log in',
  severity: 'error',
  references: ['RFC 959 section 5.4 (530)'],
  explanation:
    'The server knows the account and does not let it in: it is disabled, may not come from this address, is on a list of forbidden users, or only anonymous logins are allowed.',
  remedies: [
    { side: 'server', text: 'Enable the account, or allow this address.' },
    { side: 'vsftpd', text: 'Look at userlist_file with userlist_deny, at local_enable, and at /etc/shells.' },
  ],
  triggers: { codes: [530, 521, 421, 532, 550], needs: ['sentAway'] },
  *detect(session) {
    if (session.login === 'accepted') return;
    const refused = refusalsFor(session, 'account')[0];
    if (refused === undefined) return;
    yield {
      lines: [refused.reply, refused.exchange],
      data: { user: refused.user, reply: quotedReply(refused.reply) },
      side: 'server',
      certainty: 'certain',
    };
  },
  message: ({ user, reply }) =>
    `The account${user === null ? '' : ` "${shortened(user, 60)}"`} may not log in: ${reply}.`,
});
