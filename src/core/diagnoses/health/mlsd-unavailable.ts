import { perText } from '../../bytes/per-text.ts';
import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';

/** Some servers log only the first and last line of the reply to FEAT. */
const WHOLE_FEAT_LINES = 4;

/** Whether a whole reply to FEAT names neither MLST nor MLSD. */
const lacksMlsd = perText((reply) => {
  const features = reply.split('\n');
  return features.length >= WHOLE_FEAT_LINES && !features.some((line) => /\bMLS[TD]\b/.test(line));
});

/** The server has no MLSD. */
export default defineDiagnosis<{ isRefused: boolean }>({
  id: 'mlsd-unavailable',
  group: 'health',
  title: 'no MLSD',
  severity: 'info',
  references: ['RFC 3659 section 7.8'],
  explanation:
    'The server does not know MLSD, so the client has to read the free text of LIST: times without seconds or year, in the zone of the server.',
  remedies: [],
  triggers: { verbs: ['FEAT', 'MLSD'] },
  perInput: true,
  inMany: 'The server has no MLSD; clients read the free text of LIST.',
  *detect(session) {
    for (const mlsd of commandsOf(session, [Verb.MLSD])) {
      if (mlsd.final === null || (mlsd.final.code !== 500 && mlsd.final.code !== 502)) continue;
      yield { lines: [mlsd.final, mlsd], data: { isRefused: true }, side: 'server', certainty: 'certain' };
      return;
    }
    const feat = [...commandsOf(session, [Verb.FEAT])].find(({ final }) => final?.code === 211);
    const list = [...commandsOf(session, [Verb.LIST])][0];
    if (feat?.final == null || list === undefined) return;
    if (!lacksMlsd(feat.final.text)) return;
    yield { lines: [feat.final, list], data: { isRefused: false }, side: 'server', certainty: 'certain' };
  },
  message: ({ isRefused }) =>
    isRefused
      ? 'The server does not know MLSD; the client has to use LIST.'
      : 'FEAT lists no MLST, and the client uses LIST.',
});
