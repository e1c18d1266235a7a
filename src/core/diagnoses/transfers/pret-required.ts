import { packVerb, Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf, commandsOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

const REFUSALS: readonly number[] = [425, 500, 501, 502, 503, 504, 550];

/** PRET is missing, or not known. */
export default defineDiagnosis<{ reply: string; isRefused: boolean }>({
  id: 'pret-required',
  group: 'transfers',
  title: 'PRET missing or not known',
  severity: 'warning',
  references: ['curl manual (--ftp-pret)'],
  explanation:
    'Distributed servers such as drftpd want to know by PRET what will be transferred before they answer PASV. Other servers do not know the command.',
  remedies: [{ side: 'client', text: 'Add --ftp-pret for such a server, and leave it out for others.' }],
  triggers: { codes: REFUSALS, verbs: ['PRET'], needs: ['refused'] },
  *detect(session) {
    for (const pret of commandsOf(session, [packVerb('PRET')])) {
      if (pret.final === null || pret.final.code < 500) continue;
      yield {
        lines: [pret.final, pret],
        data: { reply: quotedReply(pret.final), isRefused: true },
        side: 'client',
        certainty: 'certain',
      };
      return;
    }
    for (const { exchange, reply } of answersOf(session, REFUSALS, /\bPRET\b/, [Verb.PASV, Verb.EPSV, Verb.LIST])) {
      yield {
        lines: [reply, exchange],
        data: { reply: quotedReply(reply), isRefused: false },
        side: 'client',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ reply, isRefused }) =>
    isRefused ? `The server does not know PRET: ${reply}.` : `The server wants PRET before this command: ${reply}.`,
});
