import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';

/** Connected, and no greeting came. */
export default defineDiagnosis<{ address: string | null; isClosed: boolean }>({
  id: 'no-welcome',
  group: 'health',
  title: 'connection without a greeting',
  severity: 'notice',
  references: ['RFC 959 section 5.4 (220)'],
  explanation:
    'The connection came about, and the server sent no greeting. Possible reasons: the port expects TLS first, the server has banned the address, it is overloaded, or something else than an FTP server listens there.',
  remedies: [
    {
      side: 'client',
      text: 'On port 990 use implicit TLS; try from another address to see whether this one is banned.',
    },
    { side: 'server', text: 'Look in its log for the address of the client.' },
  ],
  triggers: { notes: [Note.ClientTimeout, Note.ClientError, Note.ConnectionLost] },
  follows: ['ssh-on-ftp-port', 'implicit-tls-mixup', 'client-banned', 'tls-certificate-untrusted'],
  *detect(session) {
    if (session.vantage !== 'client' || session.exchanges.length > 0) return;
    if (!session.connectAttempts.some(({ outcome }) => outcome === 'connected')) return;
    if (session.remarks.some(({ note }) => note === Note.TlsFailed || note === Note.TlsHandshake)) return;
    const end = session.remarks.find(
      ({ note }) => note === Note.ConnectionLost || note === Note.ClientTimeout || note === Note.ClientError,
    );
    if (end === undefined) return;
    yield {
      lines: [end, session.connectAttempts[0]!.line],
      data: { address: session.server.address, isClosed: end.note === Note.ConnectionLost },
      side: 'server',
      certainty: 'possible',
      wouldDecide: "the server's log",
    };
  },
  message: ({ address, isClosed }) =>
    `${address === null ? 'The server' : address} took the connection and ${isClosed ? 'closed it without a greeting' : 'sent no greeting'}.`,
});
