import type { Exchange } from '../../sessions/session.ts';
import { familyInWords } from '../wording.ts';
import { definePairDiagnosis } from './pair-diagnosis.ts';

type Known = 'ipv4' | 'ipv6';

/** The control connection is of another family at its other end. */
export default definePairDiagnosis<{ readonly client: Known; readonly server: Known }>({
  id: 'pair-address-family-translated',
  group: 'pairs',
  title: 'address family translated on the way',
  severity: 'notice',
  references: ['RFC 6384', 'RFC 2428 section 3'],
  explanation:
    'The client speaks IPv6 and the server sees IPv4, or the reverse: a translator (NAT64, 464XLAT) or a proxy stands between them. EPSV carries no address and passes it; PASV, PORT and EPRT name addresses that mean nothing on the other side.',
  remedies: [{ side: 'client', text: 'Use EPSV; avoid PASV and active mode on this path.' }],
  *detect({ client, server }) {
    const a = client.controlFamily;
    const b = server.controlFamily;
    if (a === 'unknown' || b === 'unknown' || a === b) return;
    yield {
      client: [firstOf(client.exchanges)],
      server: [firstOf(server.exchanges)],
      data: { client: a, server: b },
      side: 'network',
      certainty: 'certain',
    };
  },
  message: ({ client, server }) =>
    `The client speaks ${familyInWords(client)}, the server sees ${familyInWords(server)}: the path between them translates.`,
});

function firstOf(exchanges: readonly Exchange[]): Exchange | null {
  return exchanges[0] ?? null;
}
