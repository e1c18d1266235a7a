import { defineDiagnosis } from '../diagnosis.ts';
import { setupOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';
import { fallbacksOf, isAccepted, isRefused } from './set-up.ts';

/** EPRT refused, and PORT used in its place. */
export default defineDiagnosis<{ reply: string }>({
  id: 'eprt-refused-fallback-port',
  group: 'address-family',
  title: 'EPRT refused, PORT used',
  severity: 'notice',
  references: ['RFC 2428 section 2'],
  explanation:
    'The server, or a device in between, does not accept EPRT, and the client went back to PORT. It costs one round trip for each control connection and works on IPv4 only.',
  remedies: [{ side: 'client', text: 'curl --disable-eprt saves the round trip; passive mode is better still.' }],
  triggers: { verbs: ['EPRT'] },
  follows: ['epsv-all-violation'],
  *detect(session) {
    for (const { first, firstIndex, next } of fallbacksOf(session, 'EPRT', 'PORT')) {
      if (!isRefused(first) || !isAccepted(next) || first.replyCode === 503 || first.replyCode === 530) continue;
      const refused = setupOf(session, first);
      const used = setupOf(session, next);
      if (refused?.final == null) continue;
      yield {
        lines: [refused.final, refused, ...(used === null ? [] : [used, ...used.replies])],
        data: { reply: quotedReply(refused.final) },
        side: 'server',
        certainty: 'likely',
        dataConnection: firstIndex,
      };
      return;
    }
  },
  message: ({ reply }) => `EPRT was refused with ${reply}, and PORT was used instead.`,
});
