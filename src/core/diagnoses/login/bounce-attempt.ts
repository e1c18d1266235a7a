import { endpointOf } from '../../ftp/addresses.ts';
import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { dataConnectionOf, transferOver } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';
import { activeTargets } from './active-targets.ts';

const LAST_PRIVILEGED_PORT = 1023;

/** PORT or EPRT names a third party. */
export default defineDiagnosis<{ verb: string; target: string; peer: string; reply: string | null; isLow: boolean }>({
  id: 'bounce-attempt',
  group: 'login',
  title: 'active mode towards a third party',
  severity: 'error',
  references: ['RFC 2577 sections 2 and 3', 'RFC 4217 section 15'],
  explanation:
    'The client asks the server to connect to another host, or to a port of a system service. That is how a server is misused to scan or attack others; transfers between two servers (FXP) look the same.',
  remedies: [
    { side: 'server', text: 'Keep the check of addresses in PORT and EPRT on; allow FXP only where it is needed.' },
    { side: 'FileZilla Server 0.9', text: 'Update to 0.9.51 or later (CVE-2015-10003).' },
  ],
  triggers: { verbs: ['PORT', 'EPRT'], needs: ['server'] },
  follows: ['epsv-all-violation'],
  *detect(session) {
    if (session.vantage !== 'server' || session.client.address === null) return;
    for (const { exchange, address, port } of activeTargets(session)) {
      const { range } = endpointOf(address, null);
      const isForeign = range === 'public' && session.client.range === 'public' && address !== session.client.address;
      const isLow = port > 0 && port <= LAST_PRIVILEGED_PORT;
      // On a NAT64 or with mapped addresses the two cannot be compared.
      if ((!isForeign && !isLow) || (exchange.verbId === Verb.PORT && session.controlFamily === 'ipv6')) continue;
      const isRefused = exchange.final !== null && exchange.final.code >= 400;
      const index = dataConnectionOf(session, exchange);
      const isUsed = index !== null && transferOver(session, index)?.transfer.outcome === 'completed';
      // Accepted, and a file went there: a transfer between servers.
      if (isUsed && !isLow) continue;
      yield {
        lines: [exchange, ...exchange.replies],
        data: {
          verb: exchange.verb ?? '',
          target: `${address} port ${port}`,
          peer: session.client.address,
          reply: isRefused ? quotedReply(exchange.final!) : null,
          isLow,
        },
        severity: isRefused ? 'warning' : 'error',
        side: 'client',
        certainty: 'certain',
        dataConnection: index,
      };
      return;
    }
  },
  message: ({ verb, target, peer, reply, isLow }) =>
    `The client at ${peer} asked by ${verb} for a data connection to ${target}${isLow ? ', a port of a system service' : ', another host'}; ${reply === null ? 'the server accepted it' : `the server refused: ${reply}`}.`,
});
