import { isRewritten } from '../../pairing/comparison.ts';
import type { PairedDataConnection } from '../../pairing/paired.ts';
import type { Endpoint } from '../../report.ts';
import { counted } from '../wording.ts';
import { definePairDiagnosis } from './pair-diagnosis.ts';

interface Rewriting {
  readonly first: PairedDataConnection;
  readonly count: number;
  readonly changed: { readonly address: boolean; readonly port: boolean };
}

/** 227, 229, PORT or EPRT name another address or port in the other record. */
export default definePairDiagnosis<Rewriting>({
  id: 'pair-nat-rewrote-227',
  group: 'pairs',
  title: 'address or port of the data connection changed on the way',
  severity: 'notice',
  references: ['RFC 959 section 4.1.2 (PASV, PORT)', 'RFC 2428 section 1', 'RFC 4217 section 5'],
  explanation:
    'A router or firewall reads the control connection and puts another address or port into 227 or PORT, so that data connections pass its address translation. That works only in clear: as soon as the login is encrypted, the original address arrives.',
  remedies: [
    {
      side: 'server',
      text: 'Fix a passive port range, announce the public address, and forward the ports unchanged; then no device has to read along and TLS works too.',
    },
    { side: 'network', text: 'Turn the FTP helper (ALG) off once the server announces the right address.' },
  ],
  *detect({ client, server, dataConnections }) {
    const rewritten = dataConnections.filter((connection) => {
      const changed = isRewritten(connection.client, connection.server);
      return changed.address || changed.port;
    });
    const first = rewritten[0];
    if (first === undefined) return;
    const fails = rewritten.some((connection) => connection.client.outcome === 'unreachable');
    const a = client.exchanges[first.client.exchange]!;
    const b = server.exchanges[first.server.exchange]!;
    const isPassive = first.client.mode === 'passive';
    yield {
      client: [isPassive ? a.final : a],
      server: [isPassive ? b.final : b],
      data: { first, count: rewritten.length, changed: isRewritten(first.client, first.server) },
      side: 'network',
      certainty: 'certain',
      severity: fails ? 'error' : 'notice',
      transfer: first.transfer,
    };
  },
  message({ first, count, changed }) {
    const { client, server } = first;
    const isPassive = client.mode === 'passive';
    const what = isPassive ? `The reply to ${client.command}` : client.command;
    const [sent, received] = isPassive ? [server.endpoint, client.endpoint] : [client.endpoint, server.endpoint];
    const from = isPassive ? 'left the server' : 'left the client';
    const to = isPassive ? 'reached the client' : 'reached the server';
    const times = count === 1 ? '' : ` The same happened to ${counted(count - 1, 'other data connection')}.`;
    return `${what} ${from} with ${named(sent, changed)} and ${to} with ${named(received, changed)}: a device between them changed it.${times}`;
  },
});

function named(endpoint: Endpoint, changed: Rewriting['changed']): string {
  const port = `port ${endpoint.port}`;
  if (!changed.address) return port;
  return changed.port ? `${endpoint.address}, ${port}` : `${endpoint.address}`;
}
