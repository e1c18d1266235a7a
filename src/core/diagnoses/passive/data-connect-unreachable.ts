import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { unreachedOf } from './unreachable.ts';

/** There is no route to the address of the data connection. */
export default defineDiagnosis<{ command: string; address: string | null }>({
  id: 'data-connect-unreachable',
  group: 'passive',
  title: 'no route to the address of the data connection',
  severity: 'error',
  references: ['RFC 959 section 3.2'],
  explanation:
    'The client has no route to the address that the data connection is to be made to: mostly an inner or wrong address in 227, sometimes a VPN that does not carry it.',
  remedies: [
    { side: 'server', text: 'Announce the address that clients reach it at.' },
    { side: 'client', text: 'Check the routes, above all with a VPN that carries only part of the traffic.' },
  ],
  triggers: { codes: [227, 229], notes: [Note.DataFailed], traits: ['unused', 'troubled'], needs: ['client'] },
  follows: ['pasv-private-address', 'pasv-zero-address', 'pasv-wrong-public-address', 'epsv-blocked-pasv-works'],
  *detect(session) {
    for (const { index, data, failure, target, transfer, lines } of unreachedOf(session)) {
      if (failure !== 'no-route') continue;
      yield {
        lines,
        data: { command: data.command, address: target.address },
        side: 'unknown',
        certainty: 'possible',
        transfer,
        dataConnection: index,
        wouldDecide: 'whether other clients reach that address',
      };
    }
  },
  message: ({ command, address }) =>
    `The client found no route for the data connection after ${command}${address === null ? '' : ` to ${address}`}.`,
});
