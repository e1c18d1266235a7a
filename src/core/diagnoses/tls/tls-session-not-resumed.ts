import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf, isEncrypted, remarkOf, transferOf } from '../dialogue.ts';
import { serverOf } from '../products.ts';
import { quotedReply } from '../wording.ts';

const NOT_RESUMED =
  /(?:TLS|SSL) session (?:of data connection )?(?:has )?not (?:been )?resumed|session (?:reuse|resumption) (?:is )?required|did not reuse (?:TLS|SSL) session/i;

/** The data connection did not take the control connection's TLS session up. */
export default defineDiagnosis<{ said: string; isVsftpd: boolean; times: number }>({
  id: 'tls-session-not-resumed',
  group: 'tls',
  title: 'data connection without resumption of the TLS session',
  severity: 'error',
  references: ['RFC 4217 section 10.2'],
  explanation:
    'The server wants the TLS session of the control connection to be resumed on each data connection, as proof that both come from the same client. The client opened a new session instead, so login works and every listing or transfer fails. FileZilla Server 1.x always demands it, 0.9 by option, vsftpd and ProFTPD unless told otherwise.',
  remedies: [
    { side: 'client', text: 'Update the client or its TLS library to one that resumes sessions.' },
    {
      side: 'client',
      text: 'Try TLS 1.2 (curl --tls-max 1.2): some libraries resume only there. Do not use --no-sessionid.',
    },
    {
      side: 'FileZilla Server 0.9',
      text: 'Weaker: untick "Require TLS session resumption on data connection when using PROT P".',
    },
    { side: 'vsftpd', text: 'Weaker: set require_ssl_reuse=NO.' },
    { side: 'ProFTPD', text: 'Weaker: set TLSOptions NoSessionReuseRequired.' },
  ],
  triggers: { codes: [425, 450, 522], notes: [Note.TlsNotResumed] },
  *detect(session) {
    const { product } = serverOf(session);
    const all = [...answersOf(session, [425, 450, 522], NOT_RESUMED)];
    const remark = remarkOf(session, [Note.TlsNotResumed]);
    const proftpd = [...answersOf(session, [425], /Operation not permitted/i)];
    const isProftpd = all.length === 0 && product === 'proftpd' && isEncrypted(session) && proftpd.length > 0;
    const first = (isProftpd ? proftpd : all)[0];
    if (first === undefined && remark === null) return;
    const transfer = first === undefined ? null : transferOf(session, first.exchange);
    const isVsftpd = first !== undefined && first.reply.code === 522 && product === 'vsftpd';
    yield {
      lines: [...(first === undefined ? [] : [first.reply, first.exchange]), ...(remark === null ? [] : [remark])],
      data: {
        said: first === undefined ? `"${remark!.text}"` : quotedReply(first.reply),
        isVsftpd,
        times: Math.max(1, (isProftpd ? proftpd : all).length),
      },
      side: 'client',
      certainty: isVsftpd || isProftpd ? 'likely' : 'certain',
      transfer,
      dataConnection: transfer === null ? null : session.transfers[transfer]!.dataConnection,
    };
  },
  message: ({ said, isVsftpd, times }) => {
    const often = times === 1 ? '' : ` (${times} times)`;
    const doubt = isVsftpd ? ' vsftpd gives this hint for any failed handshake, so another TLS error is possible.' : '';
    return `The client did not resume the control connection's TLS session on the data connection, and the server refused the transfer for it: ${said}${often}.${doubt}`;
  },
});
