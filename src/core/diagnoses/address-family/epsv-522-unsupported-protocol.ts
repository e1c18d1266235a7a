import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf } from '../dialogue.ts';
import { familyInWords, quotedReply } from '../wording.ts';
import { supportedFamilies } from './supported-families.ts';

/** To a transfer or PROT the code speaks of TLS (RFC 4217 section 10.2). */
const SET_UPS: readonly number[] = [Verb.EPSV, Verb.EPRT];

/** The server does not speak the family asked for. */
export default defineDiagnosis<{ verb: string; reply: string; control: 'ipv4' | 'ipv6' | null; contradicts: boolean }>({
  id: 'epsv-522-unsupported-protocol',
  group: 'address-family',
  title: 'address family refused by the server',
  severity: 'warning',
  references: ['RFC 2428 sections 2 and 3'],
  explanation:
    'The server answers 522 to EPSV or EPRT: it does not speak the network protocol that was asked for, and lists those it does (1 = IPv4, 2 = IPv6).',
  remedies: [
    { side: 'client', text: 'Send EPSV without an argument; connect over IPv4 (curl -4) if the server has no IPv6.' },
    { side: 'FileZilla Server 0.9', text: 'Untick "Disable IPv6".' },
    { side: 'vsftpd', text: 'Set listen_ipv6=YES.' },
    { side: 'ProFTPD', text: 'Set UseIPv6 on.' },
  ],
  triggers: { codes: [522] },
  follows: ['epsv-argument-family-mismatch', 'epsv-argument-invalid', 'eprt-family-mismatch'],
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [522], undefined, SET_UPS)) {
      const control = session.controlFamily === 'unknown' ? null : session.controlFamily;
      const supported = supportedFamilies(reply.text);
      const contradicts = control !== null && supported !== null && !supported.includes(control);
      const isPlain = exchange.verbId === Verb.EPSV && (exchange.argument ?? '').trim() === '';
      yield {
        lines: [reply, exchange],
        data: { verb: exchange.verb ?? '', reply: quotedReply(reply), control, contradicts },
        side: contradicts || isPlain ? 'server' : 'client',
        certainty: contradicts || isPlain ? 'certain' : 'likely',
      };
      return;
    }
  },
  message: ({ verb, reply, control, contradicts }) => {
    const said = `The server refused the address family that ${verb} asked for: ${reply}.`;
    if (!contradicts || control === null) return said;
    return `${said} It contradicts itself: the control connection is ${familyInWords(control)}.`;
  },
});
