import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { setupOf } from '../dialogue.ts';
import { ANNOUNCE_PUBLIC_ADDRESS } from '../remedies.ts';
import { repairOf } from './unroutable.ts';

/** The client went elsewhere than 227 said. */
export default defineDiagnosis<{ announced: string | null; used: string | null; isSet: boolean }>({
  id: 'pasv-address-overridden-by-client',
  group: 'passive',
  title: 'address in the reply to PASV ignored by the client',
  severity: 'notice',
  references: ['RFC 959 section 4.1.2 (PASV)', 'CVE-2020-8284'],
  explanation:
    'The client did not connect to the address in the 227 reply but to the address of the control connection. curl does so since 7.74.0, FileZilla where the announced address cannot be reached. It hides a wrong setting of the server: clients that obey the reply will fail.',
  remedies: ANNOUNCE_PUBLIC_ADDRESS,
  triggers: { notes: [Note.DataAddressReplaced] },
  follows: ['pasv-private-address', 'pasv-zero-address', 'pasv-wrong-public-address'],
  *detect(session) {
    for (let index = 0; index < session.dataConnections.length; index++) {
      const data = session.dataConnections[index]!;
      const repair = data.command === 'PASV' ? repairOf(session, index) : null;
      if (repair === null) continue;
      const announced = data.endpoint.address;
      const used = data.connectedTo?.address ?? repair.address ?? session.server.address;
      // curl says so of every PASV, also where both are the same.
      if (announced !== null && announced === used) continue;
      // A client that is told to do so does it whatever the server announces.
      const isSet = /\bsettings?\b/i.test(repair.text);
      yield {
        lines: [repair, ...(setupOf(session, data)?.replies ?? [data.line])],
        data: { announced, used, isSet },
        ...(isSet ? { severity: 'info', remedies: [] } : {}),
        side: isSet ? 'client' : 'server',
        certainty: 'certain',
        dataConnection: index,
      };
      return;
    }
  },
  message: ({ announced, used, isSet }) =>
    `The client ignored the address${announced === null ? '' : ` ${announced}`} in the reply to PASV${isSet ? ', as its settings say,' : ''} and ${isSet ? 'uses' : 'connected to'} ${used ?? "the server's own"} instead.`,
});
