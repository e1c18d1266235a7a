import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply, shortened } from '../wording.ts';
import { sentAwayAnswers, sentAwayBy } from './server-limits.ts';

/** A limit of connections is reached. */
export default defineDiagnosis<{ said: string }>({
  id: 'too-many-connections',
  group: 'login',
  title: 'limit of connections reached',
  severity: 'error',
  references: ['RFC 959 section 5.4 (421, 530)'],
  explanation:
    'The server takes no more sessions for this user, this address or at all. The client opens many at a time, or old sessions that broke off still count.',
  remedies: [
    {
      side: 'client',
      text: 'Use fewer connections: FileZilla Site Manager > Transfer Settings > limit simultaneous connections; curl --parallel-max.',
    },
    { side: 'server', text: 'Raise the limit per user or address, or let idle sessions end sooner.' },
  ],
  triggers: { codes: [120, 421, 530, 500, 550], notes: [Note.PeerRefused], needs: ['sentAway'] },
  *detect(session) {
    for (const { exchange, reply } of sentAwayAnswers(session, 'limit')) {
      yield { lines: [reply, exchange], data: { said: quotedReply(reply) }, side: 'client', certainty: 'likely' };
      return;
    }
    const remark = session.remarks.find(({ note, text }) => note === Note.PeerRefused && sentAwayBy(text) === 'limit');
    if (remark !== undefined)
      yield { lines: [remark], data: { said: `"${shortened(remark.text)}"` }, side: 'client', certainty: 'likely' };
  },
  message: ({ said }) => `The server takes no more connections: ${said}.`,
});
