import { OPEN_PASSIVE_RANGE } from '../remedies.ts';
import { definePairDiagnosis } from './pair-diagnosis.ts';
import { type UnmadeConnection, unmadeConnectionsOf } from './unreachable-pairs.ts';

/** The client tried the port that the server had opened, and the server never saw it. */
export default definePairDiagnosis<UnmadeConnection>({
  id: 'pair-data-syn-lost',
  group: 'pairs',
  title: 'attempt at the data connection lost on the way',
  severity: 'error',
  references: ['RFC 959 section 3.2', 'RFC 1579'],
  explanation:
    'The port that the client tried is the one that the server had opened, and the server saw nobody come. The announcement was right; a firewall or a missing port forwarding between the two drops or rejects the connection.',
  remedies: OPEN_PASSIVE_RANGE,
  *detect(sessions) {
    for (const unmade of unmadeConnectionsOf(sessions))
      if (unmade.atServer === 'nobody-came')
        yield {
          client: [unmade.failed, unmade.setup.client.final],
          server: [unmade.setup.server.final],
          data: unmade,
          side: 'network',
          certainty: 'certain',
          transfer: unmade.connection.transfer,
        };
  },
  message({ connection }) {
    const how = connection.client.failure === 'timeout' ? 'got no answer' : 'was turned away';
    return `The client tried port ${connection.client.endpoint.port}, which the server had opened, and ${how}; the server saw nobody come. Something between them blocks the port.`;
  },
});
