import { Verb } from '../../ftp/verbs.ts';
import type { Exchange } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandAfter, commandsOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** The server does not do active mode. */
export default defineDiagnosis<{ verb: string; reply: string; isIpv6: boolean; noWayLeft: boolean; worked: boolean }>({
  id: 'active-mode-refused',
  group: 'address-family',
  title: 'active mode refused',
  severity: 'notice',
  references: ['RFC 959 section 4.1.2 (PORT)', 'RFC 2428 section 2'],
  explanation:
    'The server refuses PORT or EPRT: active mode is switched off there, or it does not accept the address that the client names.',
  remedies: [
    { side: 'client', text: 'Use passive mode: PASV or EPSV on IPv4, EPSV on IPv6.' },
    { side: 'vsftpd', text: 'Set port_enable=YES if active mode is wanted.' },
  ],
  triggers: { verbs: ['PORT', 'EPRT'] },
  follows: [
    'port-private-address',
    'port-malformed',
    'port-on-ipv6-control',
    'eprt-family-mismatch',
    'bounce-attempt',
    'epsv-all-violation',
    'epsv-refused-on-ipv6',
    'epsv-522-unsupported-protocol',
    'eprt-refused-fallback-port',
    'passive-mode-refused',
  ],
  *detect(session) {
    if (session.login !== 'accepted' && session.login !== 'unknown') return;
    for (const exchange of commandsOf(session, [Verb.EPRT, Verb.PORT])) {
      const { final } = exchange;
      if (final === null || final.code < 500 || final.code === 503 || final.code === 530 || final.code === 522)
        continue;
      if (exchange.verbId === Verb.EPRT && commandAfter(session, exchange.order, isPortAccepted) !== null) continue;
      const isIpv6 = session.controlFamily === 'ipv6';
      const epsv = session.exchanges.find(
        ({ verbId, final: answer }) => verbId === Verb.EPSV && (answer?.code ?? 0) >= 400,
      );
      yield {
        lines: [final, exchange],
        data: {
          verb: exchange.verb ?? '',
          reply: quotedReply(final),
          isIpv6,
          noWayLeft: isIpv6 && epsv !== undefined,
          worked: session.transfers.some(({ outcome }) => outcome === 'completed'),
        },
        side: 'server',
        certainty: 'likely',
        remedies:
          isIpv6 && epsv !== undefined
            ? []
            : [
                { side: 'client', text: isIpv6 ? 'Use passive mode (EPSV).' : 'Use passive mode (EPSV or PASV).' },
                { side: 'vsftpd', text: 'Set port_enable=YES if active mode is wanted.' },
              ],
      };
      return;
    }
  },
  message: ({ verb, reply, noWayLeft, worked }) => {
    const said = `The server refused active mode (${verb}): ${reply}`;
    if (noWayLeft) return `${said}. It refused EPSV too, and on IPv6 no other way is left.`;
    return `${said}${worked ? '; the client went on without it' : ''}.`;
  },
});

function isPortAccepted({ verbId, final }: Exchange): boolean {
  return verbId === Verb.PORT && final?.code === 200;
}
