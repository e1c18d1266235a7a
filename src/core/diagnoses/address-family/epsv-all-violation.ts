import { packVerb, Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply } from '../wording.ts';
import { acceptedEpsvAll } from './epsv-argument.ts';

const OTHERS: readonly number[] = [Verb.PASV, Verb.PORT, Verb.EPRT, packVerb('LPSV'), packVerb('LPRT')];

/** The client promised to use EPSV only, and did not. */
export default defineDiagnosis<{ verb: string; reply: string | null; isRefused: boolean }>({
  id: 'epsv-all-violation',
  group: 'address-family',
  title: 'other set-up command after EPSV ALL',
  severity: 'error',
  references: ['RFC 2428 sections 3 and 4'],
  explanation:
    'After EPSV ALL a client has promised to set up data connections by EPSV only; the server has to refuse PORT, EPRT, PASV and the like for the rest of the session.',
  remedies: [{ side: 'client', text: 'Leave EPSV ALL out of the script, or use EPSV throughout.' }],
  triggers: { verbs: ['EPSV'], traits: ['epsvArgument'] },
  *detect(session) {
    const promise = acceptedEpsvAll(session);
    if (promise === null) return;
    const broken = session.exchanges.find(({ verbId, order }) => order > promise.order && OTHERS.includes(verbId));
    if (broken === undefined) return;
    const isRefused = broken.final !== null && broken.final.code >= 400;
    yield {
      lines: [broken, ...broken.replies, promise],
      data: {
        verb: broken.verb ?? '',
        reply: broken.final === null ? null : quotedReply(broken.final),
        isRefused,
      },
      severity: isRefused ? 'error' : 'warning',
      side: 'client',
      certainty: 'certain',
    };
  },
  message: ({ verb, reply, isRefused }) =>
    `The client sent ${verb} after it had promised by EPSV ALL to use nothing but EPSV${reply === null ? '' : `; the server answered ${reply}`}.${isRefused ? ' Only a new session helps.' : ''}`,
});
