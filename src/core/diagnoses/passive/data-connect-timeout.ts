import { Note } from '../../event.ts';
import type { Remedy } from '../../report.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { OPEN_PASSIVE_RANGE, openPassiveRange } from '../remedies.ts';
import { unreachedOf } from './unreachable.ts';

const ALLOW_OUTGOING: Remedy = {
  side: 'client',
  text: 'Allow outgoing connections to high ports; try another network to see which side blocks.',
};

/** The passive port does not answer. */
export default defineDiagnosis<{ command: string; address: string | null; port: number | null; isEncrypted: boolean }>({
  id: 'data-connect-timeout',
  group: 'passive',
  title: 'passive port that does not answer',
  severity: 'error',
  references: ['RFC 959 section 3.2', 'RFC 1579'],
  explanation:
    'Login and commands work, but the port that the server opened for the data connection never answers the client. Something drops the packets: mostly a firewall or a NAT router in front of the server that does not let its passive ports through, sometimes a filter on the side of the client.',
  remedies: [...OPEN_PASSIVE_RANGE, ALLOW_OUTGOING],
  triggers: {
    codes: [227, 229],
    notes: [Note.DataFailed, Note.ClientTimeout],
    traits: ['unused', 'troubled'],
    needs: ['client'],
  },
  follows: ['pasv-private-address', 'pasv-zero-address', 'pasv-wrong-public-address', 'epsv-blocked-pasv-works'],
  *detect(session) {
    for (const { index, data, failure, target, transfer, lines, isEncrypted } of unreachedOf(session)) {
      if (failure !== 'timeout') continue;
      yield {
        lines,
        data: { command: data.command, address: target.address, port: target.port, isEncrypted },
        side: 'network',
        certainty: 'likely',
        transfer,
        dataConnection: index,
        remedies: [...openPassiveRange(session), ALLOW_OUTGOING],
        wouldDecide:
          'whether other clients reach the same passive ports: if they do, the block is on the side of this client',
      };
    }
  },
  message: ({ command, address, port, isEncrypted }) => {
    const place = address === null ? '' : ` ${address}`;
    const where = port === null ? place : `${place} port ${port}`;
    const tls = isEncrypted
      ? ' Because of TLS no device on the path could have opened the port by reading the dialogue.'
      : '';
    return `The data connection after ${command}${where === '' ? '' : ` to${where}`} got no answer: a firewall or NAT drops it, most likely in front of the server.${tls}`;
  },
});
