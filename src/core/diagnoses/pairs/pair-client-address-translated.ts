import { classifyAddress } from '../../ftp/addresses.ts';
import { definePairDiagnosis } from './pair-diagnosis.ts';

/** The server sees another address than the client's own. */
export default definePairDiagnosis<{ readonly own: string; readonly seen: string }>({
  id: 'pair-client-address-translated',
  group: 'pairs',
  title: "client's address translated on the way",
  severity: 'info',
  references: ['RFC 3022'],
  explanation:
    'The client is behind address translation, which is normal. The address that the server saw is the one to look for in its other logs and in firewalls.',
  remedies: [],
  *detect({ client, server }) {
    const own = client.client;
    const seen = server.client;
    if (own.range === null || seen.range === null || own.family !== seen.family) return;
    if (classifyAddress(own.address!).plain === classifyAddress(seen.address!).plain) return;
    yield {
      client: [client.exchanges[0] ?? null],
      server: [server.exchanges[0] ?? null],
      data: { own: own.address!, seen: seen.address! },
      side: 'network',
      certainty: 'certain',
    };
  },
  message: ({ own, seen }) => `The client is ${own} by its own record; the server saw it as ${seen}.`,
});
