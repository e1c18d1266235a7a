import { defineDiagnosis } from '../diagnosis.ts';
import { setupOf } from '../dialogue.ts';

/** A passive port that is not in the range the server should use. */
export default defineDiagnosis<{ port: number; from: number; to: number; times: number }>({
  id: 'passive-port-outside-range',
  group: 'passive',
  title: 'passive port outside the given range',
  severity: 'warning',
  references: ['RFC 959 section 4.1.2 (PASV)', 'RFC 2428 section 3'],
  explanation:
    'The server offered a port outside the range that it is said to use. The setting may not be in force yet (IIS wants its service restarted), the range may be used up (ProFTPD then takes any port), or a NAT changes the number.',
  remedies: [
    { side: 'server', text: 'Restart the service after a change of the range, and make the range larger.' },
    { side: 'network', text: 'Switch off FTP helpers that change port numbers.' },
  ],
  triggers: { codes: [227, 229] },
  *detect(session, { passiveRange }) {
    if (passiveRange === null) return;
    const { from, to } = passiveRange;
    const outside = session.dataConnections.filter(
      ({ mode, endpoint }) =>
        mode === 'passive' && endpoint.port !== null && (endpoint.port < from || endpoint.port > to),
    );
    const first = outside[0];
    if (first === undefined) return;
    const exchange = setupOf(session, first);
    yield {
      lines: exchange === null ? [first.line] : [...exchange.replies, exchange],
      data: { port: first.endpoint.port!, from, to, times: outside.length },
      side: 'server',
      certainty: session.vantage === 'server' ? 'certain' : 'likely',
      dataConnection: session.dataConnections.indexOf(first),
    };
  },
  message: ({ port, from, to, times }) =>
    `The server offered port ${port}, outside its range ${from}-${to}${times === 1 ? '' : ` (${times} times in this session)`}.`,
});
