import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { unreachedOf } from './unreachable.ts';

/** The passive port refuses the connection. */
export default defineDiagnosis<{ command: string; address: string | null; port: number | null }>({
  id: 'data-connect-refused',
  group: 'passive',
  title: 'passive port that refuses the connection',
  severity: 'error',
  references: ['RFC 959 section 3.2'],
  explanation:
    'The port announced for the data connection refuses it at once: nothing listens there. The port may be forwarded to the wrong host, a firewall may reject it, or the address is not that of the FTP server.',
  remedies: [
    {
      side: 'network',
      text: 'Check that the passive ports are forwarded to the host that runs the FTP server, unchanged.',
    },
    { side: 'server', text: 'Check the address that it announces, and its own firewall.' },
  ],
  triggers: { codes: [227, 229], notes: [Note.DataFailed], traits: ['unused', 'troubled'], needs: ['client'] },
  follows: ['pasv-private-address', 'pasv-zero-address', 'pasv-wrong-public-address', 'epsv-blocked-pasv-works'],
  *detect(session) {
    for (const { index, data, failure, target, transfer, lines } of unreachedOf(session)) {
      if (failure !== 'refused') continue;
      yield {
        lines,
        data: { command: data.command, address: target.address, port: target.port },
        side: 'server',
        certainty: 'likely',
        transfer,
        dataConnection: index,
      };
    }
  },
  message: ({ command, address, port }) => {
    const where = [address ?? '', port === null ? '' : `port ${port}`].filter(Boolean).join(' ');
    return `The data connection after ${command}${where === '' ? '' : ` to ${where}`} was refused: nothing listens there, or a firewall rejects it.`;
  },
});
