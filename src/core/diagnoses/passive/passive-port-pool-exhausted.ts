import { Verb } from '../../ftp/verbs.ts';
import { mismatchedEpsv } from '../address-family/epsv-argument.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf } from '../dialogue.ts';
import { OPEN_PASSIVE_RANGE } from '../remedies.ts';
import { quotedReply } from '../wording.ts';

const NO_PORT =
  /Could not create socket|Can['’]t create socket|listening failed|reserved TCP ports are busy|Cannot prepare for data|vsf_sysutil_(?:bind|listen)|Internal error/i;
const NO_ADDRESS = /no usable IP address/i;

/** The server has no passive port to offer. */
export default defineDiagnosis<{ verb: string; reply: string; isLive421: boolean }>({
  id: 'passive-port-pool-exhausted',
  group: 'passive',
  title: 'no free passive port',
  severity: 'error',
  references: ['RFC 959 section 4.2 (421, 425)'],
  explanation:
    'The server answered PASV or EPSV with an error because it could not open a port. Mostly the passive range is too small: each transfer needs a port of its own, and a used one stays blocked for some minutes. The range should have more ports than transfers are started in four minutes.',
  remedies: [
    { side: 'server', text: 'Make the passive range larger, and the firewall rule with it; limit parallel transfers.' },
    ...OPEN_PASSIVE_RANGE.slice(1),
  ],
  triggers: { verbs: ['PASV', 'EPSV'], needs: ['setUpRefused'] },
  follows: ['epsv-argument-family-mismatch', 'external-address-lookup-failed'],
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [421, 425, 500], NO_PORT, [Verb.PASV, Verb.EPSV])) {
      if (NO_ADDRESS.test(reply.text)) continue;
      // It was asked for a family that it does not listen in.
      if ([...mismatchedEpsv(session)].some((asked) => asked.exchange === exchange)) continue;
      yield {
        lines: [reply, exchange],
        data: { verb: exchange.verb ?? '', reply: quotedReply(reply), isLive421: reply.code === 421 },
        side: 'server',
        certainty: 'likely',
      };
      return;
    }
  },
  message: ({ verb, reply, isLive421 }) =>
    `The server could not open a port for ${verb}: ${reply}. Its passive range is probably used up.${isLive421 ? ' The session goes on in spite of the 421; curl takes it for a timeout.' : ''}`,
});
