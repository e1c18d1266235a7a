import { endpointOf } from '../../ftp/addresses.ts';
import { readExtendedHostPort, readHostPort } from '../../ftp/endpoints.ts';
import { Verb } from '../../ftp/verbs.ts';
import type { Exchange, Session } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf, dataConnectionOf, transferOver } from '../dialogue.ts';
import { isUnroutable } from '../passive/unroutable.ts';
import { USE_PASSIVE_MODE } from '../remedies.ts';
import { quotedReply } from '../wording.ts';

/** Active mode with an address that the server cannot reach. */
export default defineDiagnosis<{ verb: string; address: string; peer: string | null; reply: string | null }>({
  id: 'port-private-address',
  group: 'address-family',
  title: 'active mode with an inner address',
  severity: 'warning',
  gravest: 'error',
  references: ['RFC 959 section 4.1.2 (PORT)', 'RFC 1579'],
  explanation:
    'In active mode the server connects to the address in PORT or EPRT. The client stands behind NAT and names its inner address, where the server cannot reach it. A helper in the NAT router can rewrite PORT, but not under TLS.',
  remedies: [
    ...USE_PASSIVE_MODE,
    {
      side: 'client',
      text: 'If active mode is a must: curl -P with the public address and a port range (-P address:lo-hi), and forward that range.',
    },
  ],
  triggers: { verbs: ['PORT', 'EPRT'] },
  *detect(session) {
    for (const exchange of commandsOf(session, [Verb.PORT, Verb.EPRT])) {
      const address = addressIn(exchange);
      if (address === null || !isUnroutable(endpointOf(address, null))) continue;
      // There the address is the smaller problem.
      if (exchange.verbId === Verb.PORT && session.controlFamily === 'ipv6') continue;
      const { final } = exchange;
      const isRefused = final !== null && final.code >= 400 && final.code !== 530;
      const peer = peerBeyond(session, address, isRefused);
      if (peer === undefined) continue;
      const index = dataConnectionOf(session, exchange);
      const failed = index !== null && transferOver(session, index)?.transfer.outcome === 'failed';
      yield {
        lines: [exchange, ...exchange.replies],
        data: { verb: exchange.verb ?? '', address, peer, reply: isRefused ? quotedReply(final) : null },
        severity: failed || isRefused ? 'error' : 'warning',
        side: 'client',
        certainty: 'likely',
        dataConnection: index,
      };
      return;
    }
  },
  message: ({ verb, address, peer, reply }) => {
    const seen = peer === null ? '' : `, while the control connection is with ${peer}`;
    return `${verb} names the inner address ${address}${seen}: the server cannot connect there${reply === null ? '' : `, and refused it with ${reply}`}.`;
  },
});

function addressIn({ verbId, argument }: Exchange): string | null {
  const target = verbId === Verb.PORT ? readHostPort(argument ?? '') : readExtendedHostPort(argument ?? '');
  return target?.address ?? null;
}

/**
 * The address that the server sees the client at, where it is another; null where it is not known but the server's refusal
 * shows as much; undefined where nothing is wrong. A client's transcript names the server's end only.
 */
function peerBeyond(session: Session, address: string, isRefused: boolean): string | null | undefined {
  if (session.vantage === 'server') {
    const { address: peer, range } = session.client;
    return peer !== null && range === 'public' && peer !== address ? peer : undefined;
  }
  const { address: server, range } = session.server;
  if (range === 'public') return server;
  return isRefused && range === 'private' && server !== null && networkPrefix(server) !== networkPrefix(address)
    ? server
    : undefined;
}

/** Private networks that differ in their first byte are different networks, whatever the masks. */
function networkPrefix(address: string): string {
  return address.split('.')[0] ?? '';
}
