import { endpointOf } from '../../ftp/addresses.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { shortened } from '../wording.ts';
import { activeTargets } from './active-targets.ts';

/** A file went from one server to another. */
export default defineDiagnosis<{ address: string; path: string | null }>({
  id: 'fxp-transfer',
  group: 'login',
  title: 'transfer between two servers',
  severity: 'notice',
  references: ['RFC 959 section 5.2 (figure 2)', 'RFC 4217 section 7'],
  explanation:
    'The data connection went to another host than the client: the client moved a file from one server to another (FXP). It cannot be protected by TLS in the usual way.',
  remedies: [{ side: 'server', text: 'Refuse foreign addresses in PORT and EPRT if that is not wanted.' }],
  triggers: { verbs: ['PORT', 'EPRT'] },
  *detect(session) {
    if (session.vantage !== 'server' || session.client.range !== 'public') return;
    for (const { exchange, address } of activeTargets(session)) {
      if (address === session.client.address || endpointOf(address, null).range !== 'public') continue;
      const index = session.dataConnections.findIndex((data) => session.exchanges[data.exchange] === exchange);
      const transfer = session.transfers.findIndex(
        ({ dataConnection, outcome }) => index >= 0 && dataConnection === index && outcome === 'completed',
      );
      if (transfer < 0) continue;
      yield {
        lines: [exchange, session.transfers[transfer]!.firstLine],
        data: { address, path: session.transfers[transfer]!.path },
        side: 'client',
        certainty: 'likely',
        transfer,
        dataConnection: index,
      };
      return;
    }
  },
  message: ({ address, path }) =>
    `The client had ${path === null ? 'a file' : `"${shortened(path, 80)}"`} transferred between this server and ${address}.`,
});
