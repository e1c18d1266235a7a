import { defineDiagnosis } from '../diagnosis.ts';
import { setupOf } from '../dialogue.ts';

/** After 229 the client went to another address than the control connection's. */
export default defineDiagnosis<{ control: string; data: string }>({
  id: 'data-host-differs-after-229',
  group: 'address-family',
  title: 'data connection after EPSV to another address',
  severity: 'notice',
  references: ['RFC 2428 section 3'],
  explanation:
    'A 229 reply stands for the address of the control connection. The client looked the name up again and reached another address, such as another node of a cluster, which does not wait for it.',
  remedies: [
    { side: 'client', text: 'Update it; a current curl uses the address of the control connection.' },
    { side: 'server', text: 'Give each node a name of its own for FTP.' },
  ],
  triggers: { codes: [229], traits: ['client'] },
  *detect(session) {
    const control = session.server.address;
    if (session.vantage !== 'client' || control === null || session.proxy !== null) return;
    for (let index = 0; index < session.dataConnections.length; index++) {
      const data = session.dataConnections[index]!;
      const used = data.connectedTo?.address ?? null;
      if (data.command !== 'EPSV' || data.replyCode !== 229 || used === null || used === control) continue;
      if (data.connectedTo!.family !== session.server.family || session.server.family === 'unknown') continue;
      const setup = setupOf(session, data);
      yield {
        lines: setup === null ? [data.line] : [...setup.replies, setup],
        data: { control, data: used },
        side: 'client',
        certainty: 'certain',
        dataConnection: index,
      };
      return;
    }
  },
  message: ({ control, data }) =>
    `After EPSV the client connected to ${data}, although the control connection is with ${control}; 229 stands for the same address.`,
});
