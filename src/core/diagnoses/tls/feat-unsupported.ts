import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** The server does not tell its features. */
export default defineDiagnosis<{ reply: string }>({
  id: 'feat-unsupported',
  group: 'tls',
  title: 'FEAT refused',
  severity: 'info',
  references: ['RFC 2389 section 3'],
  explanation: 'The server does not know FEAT. Clients have to guess what it can do: UTF-8 names, MLSD, EPSV, resume.',
  remedies: [],
  triggers: { verbs: ['FEAT'] },
  perInput: true,
  inMany: 'The server does not tell its features: it refuses FEAT.',
  *detect(session) {
    for (const feat of commandsOf(session, [Verb.FEAT])) {
      if (feat.final === null || (feat.final.code !== 500 && feat.final.code !== 502)) continue;
      yield {
        lines: [feat.final, feat],
        data: { reply: quotedReply(feat.final) },
        side: 'server',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ reply }) => `The server does not tell its features: ${reply}.`,
});
