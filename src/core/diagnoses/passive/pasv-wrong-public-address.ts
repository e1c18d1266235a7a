import { defineDiagnosis } from '../diagnosis.ts';
import { setupOf, transferOver } from '../dialogue.ts';
import { ANNOUNCE_PUBLIC_ADDRESS } from '../remedies.ts';
import { foreignAddresses, isFailed } from './foreign-address.ts';

/** 227 names a public address that does not lead to the server. */
export default defineDiagnosis<{ announced: string; server: string }>({
  id: 'pasv-wrong-public-address',
  group: 'passive',
  title: 'wrong public address in the reply to PASV',
  severity: 'error',
  references: ['RFC 959 section 4.1.2 (PASV)'],
  explanation:
    'The 227 reply names a public address that is not the one the client talks to, and the data connection to it failed: the address set in the server is out of date or wrong.',
  remedies: [
    { side: 'server', text: 'Set a host name (dynamic DNS) in place of an address that changes.' },
    ...ANNOUNCE_PUBLIC_ADDRESS,
  ],
  triggers: { codes: [227], traits: ['client'] },
  *detect(session) {
    for (const { index, data, announced, server } of foreignAddresses(session)) {
      if (!isFailed(data)) continue;
      const exchange = setupOf(session, data);
      yield {
        lines: exchange === null ? [data.line] : [...exchange.replies, exchange],
        data: { announced, server },
        side: 'server',
        certainty: 'likely',
        dataConnection: index,
        transfer: transferOver(session, index)?.index ?? null,
      };
      return;
    }
  },
  message: ({ announced, server }) =>
    `The reply to PASV names ${announced}, where no data connection came about; the server itself is at ${server}. The address set in the server is probably out of date.`,
});
