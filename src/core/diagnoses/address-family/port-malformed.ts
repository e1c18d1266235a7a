import { readExtendedHostPort, readHostPort } from '../../ftp/endpoints.ts';
import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf, dataConnectionOf } from '../dialogue.ts';
import { USE_PASSIVE_MODE } from '../remedies.ts';
import { quotedReply, shortened } from '../wording.ts';

/** Neither command has letters but those of IPv6 addresses. */
const BLOTTED = /[g-z*<[]/i;

/** PORT or EPRT whose argument cannot be read. */
export default defineDiagnosis<{ verb: string; argument: string; reply: string }>({
  id: 'port-malformed',
  group: 'address-family',
  title: 'malformed PORT or EPRT',
  severity: 'error',
  references: ['RFC 959 section 5.3.2', 'RFC 2428 section 2'],
  explanation:
    'PORT takes six numbers from 0 to 255, h1,h2,h3,h4,p1,p2, with the port as p1*256+p2; EPRT takes |family|address|port|. The server refused what the client sent because it is neither.',
  remedies: [
    {
      side: 'client',
      text: 'Correct the script that builds the argument: p1 is the port divided by 256, p2 the rest.',
    },
    ...USE_PASSIVE_MODE,
  ],
  triggers: { verbs: ['PORT', 'EPRT'] },
  *detect(session) {
    for (const exchange of commandsOf(session, [Verb.PORT, Verb.EPRT])) {
      const { final } = exchange;
      const argument = exchange.argument ?? '';
      // What whoever posted the transcript blotted out is no fault of the client's.
      if (final === null || final.code < 400 || final.code === 530 || BLOTTED.test(argument)) continue;
      if (!isMalformed(exchange.verbId, argument) || /EPSV ALL/i.test(final.text)) continue;
      yield {
        lines: [exchange, final],
        data: { verb: exchange.verb ?? '', argument, reply: quotedReply(final) },
        side: 'client',
        certainty: 'certain',
        dataConnection: dataConnectionOf(session, exchange),
      };
      return;
    }
  },
  message: ({ verb, argument, reply }) =>
    `The argument of "${verb} ${shortened(argument, 60)}" is malformed, and the server refused it: ${reply}.`,
});

function isMalformed(verb: number, argument: string): boolean {
  const target = verb === Verb.PORT ? readHostPort(argument) : readExtendedHostPort(argument);
  return target === null || target.address === null || target.port < 1 || target.port > 65535;
}
