import { Failure, Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';

/** An IPv6 address is published, and nothing listens there. */
export default defineDiagnosis<{ address: string; port: number | null }>({
  id: 'server-ipv4-only',
  group: 'address-family',
  title: 'IPv6 address without a server behind it',
  severity: 'notice',
  references: ['RFC 8305'],
  explanation:
    'The name has an IPv6 address, but a connection to it is refused at once, while IPv4 works: the server listens on IPv4 only.',
  remedies: [
    { side: 'server', text: 'Listen on IPv6 too, or remove the AAAA record.' },
    { side: 'FileZilla Server 1.x', text: 'Add a listener on the address ::.' },
    { side: 'vsftpd', text: 'Set listen_ipv6=YES.' },
  ],
  triggers: { notes: [Note.ConnectFailed] },
  *detect(session) {
    if (session.controlFamily !== 'ipv4') return;
    const attempt = session.connectAttempts.find(({ family, outcome }) => family === 'ipv6' && outcome === 'failed');
    if (attempt === undefined) return;
    const refused = session.remarks.find(
      ({ note, failure, address }) =>
        note === Note.ConnectFailed && failure === Failure.Refused && (address === null || address === attempt.address),
    );
    if (refused === undefined) return;
    yield {
      lines: [refused, attempt.line],
      data: { address: attempt.address, port: attempt.port },
      side: 'server',
      certainty: 'likely',
    };
  },
  message: ({ address, port }) =>
    `${address}${port === null ? '' : ` port ${port}`} (IPv6) refused the connection, IPv4 worked: the server listens on IPv4 only.`,
});
