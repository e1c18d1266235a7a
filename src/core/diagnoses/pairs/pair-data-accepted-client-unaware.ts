import { definePairDiagnosis } from './pair-diagnosis.ts';
import { type UnmadeConnection, unmadeConnectionsOf } from './unreachable-pairs.ts';

/** For the server the data connection stood, for the client it never did. */
export default definePairDiagnosis<UnmadeConnection>({
  id: 'pair-data-accepted-client-unaware',
  group: 'pairs',
  title: 'data connection that stood for the server only',
  severity: 'error',
  references: ['RFC 959 section 3.2'],
  explanation:
    'The server accepted the data connection, and the client got no answer to its attempt. The answer was lost, as when packets take two different ways, or a device between them answered in place of the client.',
  remedies: [
    {
      side: 'network',
      text: 'Trace the path in both directions; look for two routers or firewalls of which only one sees each direction, and for a proxy on the FTP ports.',
    },
  ],
  *detect(sessions) {
    for (const unmade of unmadeConnectionsOf(sessions))
      if (unmade.atServer === 'stood' && unmade.connection.client.failure === 'timeout')
        yield {
          client: [unmade.failed, unmade.setup.client.final],
          server: [unmade.connection.transfer?.serverExchange?.preliminary ?? null, unmade.setup.server.final],
          data: unmade,
          side: 'network',
          certainty: 'certain',
          transfer: unmade.connection.transfer,
        };
  },
  message: ({ connection }) =>
    `The server says that the data connection to port ${connection.server.endpoint.port} stood, the client says that it got no answer: the path loses packets from the server to the client, or a device between them answered.`,
});
