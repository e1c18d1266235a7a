import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** ABOR when nothing was under way any more. */
export default defineDiagnosis<{ reply: string }>({
  id: 'abor-without-426',
  group: 'transfers',
  title: 'ABOR with nothing to abort',
  severity: 'info',
  references: ['RFC 959 section 4.1.3 (ABOR)'],
  explanation:
    'The client sent ABOR, and the server answered it without a 426: no transfer was under way, or it had just ended.',
  remedies: [],
  triggers: { verbs: ['ABOR'] },
  *detect(session) {
    for (const abort of commandsOf(session, [Verb.ABOR])) {
      const { final } = abort;
      if (final === null || (final.code !== 225 && final.code !== 226)) continue;
      const isNeeded = session.transfers.some(({ outcome }) => outcome === 'aborted');
      if (isNeeded || abort.replies.some(({ code }) => code === 426)) continue;
      yield {
        lines: [abort, ...abort.replies],
        data: { reply: quotedReply(final) },
        side: 'unknown',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ reply }) => `The client sent ABOR when no transfer was under way any more: ${reply}.`,
});
