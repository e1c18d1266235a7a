import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply, shortened } from '../wording.ts';
import { epsvWithArgument } from './epsv-argument.ts';

/** EPSV with an argument that RFC 2428 does not know. */
export default defineDiagnosis<{ argument: string; reply: string | null }>({
  id: 'epsv-argument-invalid',
  group: 'address-family',
  title: 'EPSV with an unknown argument',
  severity: 'notice',
  references: ['RFC 2428 sections 2 and 3'],
  explanation: 'EPSV takes no argument, 1 (IPv4), 2 (IPv6) or ALL. Everything else has no meaning.',
  remedies: [{ side: 'client', text: 'Send EPSV without an argument.' }],
  triggers: { verbs: ['EPSV'], traits: ['epsvArgument'] },
  *detect(session) {
    for (const { exchange, argument } of epsvWithArgument(session)) {
      if (argument === '1' || argument === '2' || argument === 'ALL') continue;
      yield {
        lines: [exchange, ...exchange.replies],
        data: { argument, reply: exchange.final === null ? null : quotedReply(exchange.final) },
        side: 'client',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ argument, reply }) =>
    `The client sent EPSV with the argument "${shortened(argument, 40)}", which has no meaning${reply === null ? '' : `; the server answered ${reply}`}.`,
});
