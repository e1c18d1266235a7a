import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** SIZE refused because of the transfer type. */
export default defineDiagnosis<{ reply: string }>({
  id: 'size-refused-in-ascii',
  group: 'transfers',
  title: 'SIZE refused in ASCII mode',
  severity: 'notice',
  references: ['RFC 3659 section 4.2'],
  explanation:
    'The server tells no size while TYPE A is set, because it would have to convert the file to count it. It does not mean that the file is missing or cannot be fetched.',
  remedies: [{ side: 'client', text: 'Send TYPE I before SIZE.' }],
  triggers: { verbs: ['SIZE'], traits: ['refused'] },
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [550, 504, 501], /ASCII/i, [Verb.SIZE])) {
      yield { lines: [reply, exchange], data: { reply: quotedReply(reply) }, side: 'client', certainty: 'certain' };
      return;
    }
  },
  message: ({ reply }) => `The server tells no size in ASCII mode: ${reply}. The file itself is not affected.`,
});
