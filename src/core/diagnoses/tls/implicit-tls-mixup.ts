import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { isCommand } from '../dialogue.ts';
import { shortened } from '../wording.ts';

const PLAIN_ANSWER =
  /wrong version number|illegal version|unexpected TLS packet|unknown protocol|unsupported record version|record layer failure/i;
const IMPLICIT_PORT = 990;
/** The first byte of a TLS record of a handshake, as a log shows it. */
const CLIENT_HELLO = /^[^A-Za-z]?\x16|^\\x16\\x03|^\u0016\u0003/;

/** Implicit TLS on a port for plain FTP, or the reverse. */
export default defineDiagnosis<{ kind: 'tls-to-plain' | 'plain-to-tls' | 'hello-received'; said: string | null }>({
  id: 'implicit-tls-mixup',
  group: 'tls',
  title: 'implicit TLS on one side only',
  severity: 'error',
  references: ['RFC 4217 section 4', 'curl manual (--ssl-reqd)'],
  explanation:
    'With implicit TLS (ftps://, mostly port 990) the client begins with TLS at once; with explicit TLS (port 21) it begins in clear and sends AUTH TLS. If the two sides do not do the same, one waits for the other, or takes its greeting for a broken TLS record.',
  remedies: [
    {
      side: 'client',
      text: 'Explicit: curl --ssl-reqd ftp://host. Implicit: curl ftps://host:990. FileZilla: choose the same under Encryption.',
    },
  ],
  triggers: {
    notes: [Note.TlsFailed, Note.ClientError, Note.ClientTimeout],
    codes: [500, 501, 421, 530],
    needs: ['noLogin'],
  },
  *detect(session) {
    if (session.vantage === 'server') {
      const hello = session.exchanges.find(
        (exchange) => exchange.verbId === 0 && CLIENT_HELLO.test(exchange.verb ?? ''),
      );
      if (hello !== undefined && session.tls.control !== 'implicit' && session.login !== 'accepted')
        yield {
          lines: [hello, ...hello.replies],
          data: { kind: 'hello-received', said: null },
          side: 'client',
          certainty: 'certain',
        };
      return;
    }
    if (session.exchanges.some(isCommand)) return;
    const failed = session.remarks.find(
      ({ note, text }) => (note === Note.TlsFailed || note === Note.ClientError) && PLAIN_ANSWER.test(text),
    );
    if (failed !== undefined) {
      yield {
        lines: [failed],
        data: { kind: 'tls-to-plain', said: shortened(failed.text) },
        side: 'client',
        certainty: 'likely',
      };
      return;
    }
    const isSilent = session.exchanges.length === 0 && session.server.port === IMPLICIT_PORT;
    const waited = session.remarks.find(({ note }) => note === Note.ClientTimeout || note === Note.ClientError);
    const hasTls = session.remarks.some(({ note }) => note === Note.TlsHandshake || note === Note.TlsConnected);
    if (
      isSilent &&
      waited !== undefined &&
      !hasTls &&
      session.connectAttempts.some(({ outcome }) => outcome === 'connected')
    )
      yield { lines: [waited], data: { kind: 'plain-to-tls', said: null }, side: 'client', certainty: 'likely' };
  },
  message: ({ kind, said }) => {
    if (kind === 'hello-received') return 'The client began with TLS on a port where the server expects plain FTP.';
    if (kind === 'plain-to-tls')
      return 'The client waited for a greeting on port 990, where servers expect TLS first; it has to use implicit TLS there.';
    return `The client began with TLS, and the server answered in clear ("${said}"): the port is not for implicit TLS.`;
  },
});
