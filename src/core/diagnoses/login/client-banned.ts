import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply, shortened } from '../wording.ts';
import { sentAwayAnswers, sentAwayBy } from './server-limits.ts';

/** The server refuses this address. */
export default defineDiagnosis<{ said: string }>({
  id: 'client-banned',
  group: 'login',
  title: 'address refused by the server',
  severity: 'error',
  references: ['RFC 2577 section 5'],
  explanation:
    'The server does not talk to this address: it is banned for failed logins, or an address filter keeps it out. Other clients behind the same NAT are refused with it.',
  remedies: [
    {
      side: 'server',
      text: 'Lift the ban, after the reason is cured (often a job that logs in with an old password).',
    },
  ],
  triggers: { codes: [421, 530, 550], notes: [Note.PeerRefused], needs: ['sentAway'] },
  *detect(session) {
    for (const { exchange, reply } of sentAwayAnswers(session, 'ban')) {
      yield { lines: [reply, exchange], data: { said: quotedReply(reply) }, side: 'server', certainty: 'certain' };
      return;
    }
    const remark = session.remarks.find(({ note, text }) => note === Note.PeerRefused && sentAwayBy(text) !== 'limit');
    if (remark !== undefined)
      yield { lines: [remark], data: { said: `"${shortened(remark.text)}"` }, side: 'server', certainty: 'certain' };
  },
  message: ({ said }) => `The server refuses this address: ${said}.`,
});
