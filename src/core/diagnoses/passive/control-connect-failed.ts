import { Failure, Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { shortened } from '../wording.ts';

/** There was no FTP session at all. */
export default defineDiagnosis<{
  where: string | null;
  how: 'refused' | 'timeout' | 'no-route' | 'no-name' | 'unknown';
  said: string;
}>({
  id: 'control-connect-failed',
  group: 'passive',
  title: 'control connection that did not come about',
  severity: 'error',
  references: ['RFC 959 section 2.3'],
  explanation:
    'The client could not connect to the server. Refused: the host is there, but nothing listens on that port. No answer: a firewall drops the packets, or the host is down.',
  remedies: [
    { side: 'client', text: 'Check the name and the port: 21 for FTP and explicit TLS, 990 for implicit TLS.' },
    { side: 'server', text: 'Check that the FTP service runs and that the firewall lets its port through.' },
  ],
  triggers: { notes: [Note.ConnectFailed, Note.ClientError, Note.ConnectAttempt] },
  *detect(session) {
    if (session.vantage !== 'client' || session.exchanges.length > 0) return;
    if (session.connectAttempts.some(({ outcome }) => outcome === 'connected')) return;
    const failures = session.remarks.filter(({ note }) => note === Note.ConnectFailed);
    const error = session.remarks.find(({ note }) => note === Note.ClientError || note === Note.ClientTimeout);
    const shown = failures[failures.length - 1] ?? (session.connectAttempts.length > 0 ? error : undefined);
    if (shown === undefined || session.remarks.some(({ note }) => note === Note.TlsFailed)) return;
    const attempt = session.connectAttempts[session.connectAttempts.length - 1];
    const port = attempt?.port == null ? '' : ` port ${attempt.port}`;
    yield {
      lines: [
        ...failures.slice(-3),
        ...(error === undefined ? [] : [error]),
        ...(attempt === undefined ? [] : [attempt.line]),
      ],
      data: {
        where: attempt === undefined ? null : `${attempt.address}${port}`,
        how: WAYS[shown.failure] ?? (shown.note === Note.ClientTimeout ? 'timeout' : 'unknown'),
        said: shortened(shown.text),
      },
      side: shown.failure === Failure.Refused ? 'server' : shown.failure === Failure.NoName ? 'client' : 'network',
      certainty: 'likely',
    };
  },
  message: ({ where, how, said }) => {
    const to = where === null ? '' : ` to ${where}`;
    if (how === 'refused') return `The connection${to} was refused: no FTP server listens there.`;
    if (how === 'timeout') return `The connection${to} got no answer: a firewall drops it, or the host is down.`;
    if (how === 'no-route') return `There is no route${to}.`;
    if (how === 'no-name') return `The server's name could not be resolved: "${said}".`;
    return `The connection${to} did not come about: "${said}".`;
  },
});

const WAYS: Readonly<Record<number, 'refused' | 'timeout' | 'no-route' | 'no-name'>> = {
  [Failure.Refused]: 'refused',
  [Failure.Timeout]: 'timeout',
  [Failure.NoRoute]: 'no-route',
  [Failure.NoName]: 'no-name',
};
