import { defineDiagnosis } from '../diagnosis.ts';
import { familyInWords, quotedReply } from '../wording.ts';
import { mismatchedEpsv } from './epsv-argument.ts';

/** The client asks for a family that it does not use itself. */
export default defineDiagnosis<{ asked: 'ipv4' | 'ipv6'; control: 'ipv4' | 'ipv6'; reply: string | null }>({
  id: 'epsv-argument-family-mismatch',
  group: 'address-family',
  title: 'EPSV with the other address family',
  severity: 'warning',
  references: ['RFC 2428 section 3'],
  explanation:
    'The client asks by EPSV 1 or EPSV 2 for another family than that of its control connection. The 229 reply names no address, so the client could not know where to connect. The argument has a purpose only in transfers between two servers.',
  remedies: [
    {
      side: 'client',
      text: 'Send EPSV without an argument. curl and FileZilla do so; look at scripts and quoted commands.',
    },
  ],
  triggers: { verbs: ['EPSV'], traits: ['epsvArgument'] },
  *detect(session) {
    for (const { exchange, asked, control } of mismatchedEpsv(session)) {
      yield {
        lines: [exchange, ...exchange.replies],
        data: { asked, control, reply: exchange.final === null ? null : quotedReply(exchange.final) },
        side: 'client',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ asked, control, reply }) =>
    `The client asked by EPSV for ${familyInWords(asked)} on an ${familyInWords(control)} control connection${reply === null ? '' : `; the server answered ${reply}`}. EPSV without an argument takes the right family by itself.`,
});
