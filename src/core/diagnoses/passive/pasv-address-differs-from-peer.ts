import { defineDiagnosis } from '../diagnosis.ts';
import { setupOf } from '../dialogue.ts';
import { foreignAddresses, isFailed } from './foreign-address.ts';

/** 227 names another public address than the server's. */
export default defineDiagnosis<{ announced: string; server: string }>({
  id: 'pasv-address-differs-from-peer',
  group: 'passive',
  title: 'another public address in the reply to PASV',
  severity: 'warning',
  references: ['RFC 959 section 4.1.2 (PASV)', 'CVE-2020-8284'],
  explanation:
    'The 227 reply names a public address that is not the one the client talks to. A server with several addresses or behind a load balancer may mean it; it can also be an outdated setting, or an attempt to send the client elsewhere. curl ignores it since 7.74.0.',
  remedies: [
    { side: 'server', text: 'Announce the address that clients reach it at.' },
    { side: 'client', text: 'curl before 7.74.0: add --ftp-skip-pasv-ip.' },
  ],
  triggers: { codes: [227], traits: ['client'] },
  *detect(session) {
    for (const { index, data, announced, server } of foreignAddresses(session)) {
      if (isFailed(data)) continue;
      const exchange = setupOf(session, data);
      yield {
        lines: exchange === null ? [data.line] : [...exchange.replies, exchange],
        data: { announced, server },
        severity: data.outcome === 'used' && data.connectedTo?.address === server ? 'notice' : 'warning',
        side: 'server',
        certainty: 'likely',
        dataConnection: index,
      };
      return;
    }
  },
  message: ({ announced, server }) =>
    `The reply to PASV names ${announced}, while the client talks to ${server}. Either the server has several addresses, or its setting is out of date.`,
});
