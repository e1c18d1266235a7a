import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply } from '../wording.ts';
import { sentAwayAnswers } from './server-limits.ts';

/** The server is closed, for everybody or by its administrator. */
export default defineDiagnosis<{ said: string }>({
  id: 'server-unavailable',
  group: 'login',
  title: 'server closed by its administrator',
  severity: 'error',
  references: ['RFC 959 section 5.4 (421)'],
  explanation: 'The server is locked, shutting down or too busy, or its administrator ended the session.',
  remedies: [
    { side: 'server', text: 'Unlock or start the service.' },
    { side: 'client', text: 'Try again later.' },
  ],
  triggers: { codes: [421, 530, 550], needs: ['sentAway'] },
  *detect(session) {
    for (const { exchange, reply } of sentAwayAnswers(session, 'unavailable')) {
      yield { lines: [reply, exchange], data: { said: quotedReply(reply) }, side: 'server', certainty: 'certain' };
      return;
    }
  },
  message: ({ said }) => `The server ended the session or takes none at the moment: ${said}.`,
});
