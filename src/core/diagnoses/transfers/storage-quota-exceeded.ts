import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf, transferOf } from '../dialogue.ts';
import { quotedReply, shortened } from '../wording.ts';
import { fileProblemOf } from './file-replies.ts';

const STORES: readonly number[] = [Verb.STOR, Verb.APPE, Verb.STOU, Verb.MKD, Verb.ALLO];

/** The account may not store as much. */
export default defineDiagnosis<{ path: string | null; reply: string }>({
  id: 'storage-quota-exceeded',
  group: 'transfers',
  title: 'quota or size limit reached',
  severity: 'error',
  references: ['RFC 959 section 4.2.1 (552)'],
  explanation:
    'The server refused to store the file because the account may not use more space, or because the file is too large.',
  remedies: [
    { side: 'server', text: 'Raise the quota or the size limit of the account.' },
    { side: 'client', text: 'Delete files that are not needed; SITE QUOTA shows the limit where the server knows it.' },
  ],
  triggers: { codes: [552, 452, 451, 550] },
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [552, 452, 451, 550], undefined, STORES)) {
      const problem = fileProblemOf(reply.text);
      if (problem !== 'quota' && !(reply.code === 552 && problem !== 'disk-full')) continue;
      const transfer = transferOf(session, exchange);
      yield {
        lines: [reply, exchange],
        data: { path: exchange.argument, reply: quotedReply(reply) },
        side: 'server',
        certainty: 'certain',
        transfer,
      };
      return;
    }
  },
  message: ({ path, reply }) =>
    `The server did not store ${path === null ? 'the file' : `"${shortened(path, 80)}"`} because a limit was reached: ${reply}.`,
});
