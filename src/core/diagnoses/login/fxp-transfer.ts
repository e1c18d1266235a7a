import { endpointOf } from '../../ftp/addresses.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { dataConnectionOf, transferOver } from '../dialogue.ts';
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
  triggers: { verbs: ['PORT', 'EPRT'], needs: ['server'] },
  *detect(session) {
    if (session.vantage !== 'server' || session.client.range !== 'public') return;
    for (const { exchange, address } of activeTargets(session)) {
      if (address === session.client.address || endpointOf(address, null).range !== 'public') continue;
      const index = dataConnectionOf(session, exchange);
      const over = index === null ? null : transferOver(session, index);
      if (over?.transfer.outcome !== 'completed') continue;
      yield {
        lines: [exchange, over.transfer.firstLine],
        data: { address, path: over.transfer.path },
        side: 'client',
        certainty: 'likely',
        transfer: over.index,
        dataConnection: index,
      };
      return;
    }
  },
  message: ({ address, path }) =>
    `The client had ${path === null ? 'a file' : `"${shortened(path, 80)}"`} transferred between this server and ${address}.`,
});
