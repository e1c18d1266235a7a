import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf } from '../dialogue.ts';
import { quotedReply, shortened } from '../wording.ts';
import { isLoggedIn, NO_COMMON, TLS_NOTES, tlsRemark } from './tls-texts.ts';

/** Client and server have no TLS version or cipher in common. */
export default defineDiagnosis<{ said: string }>({
  id: 'tls-version-or-cipher-mismatch',
  group: 'tls',
  title: 'no TLS version or cipher in common',
  severity: 'error',
  references: ['RFC 8996', 'RFC 4217 section 10.1'],
  explanation:
    'The handshake failed because client and server share no TLS version or no cipher suite. Current programs refuse what is older than TLS 1.2; FileZilla Server 0.9 knows nothing newer.',
  remedies: [
    { side: 'server', text: 'Update the server and let it offer TLS 1.2 and 1.3.' },
    { side: 'client', text: 'Update the client; do not lower its minimum version for good.' },
  ],
  triggers: { codes: [421], notes: TLS_NOTES },
  follows: ['implicit-tls-mixup'],
  *detect(session) {
    if (isLoggedIn(session)) return;
    for (const { exchange, reply } of answersOf(session, [421], /^Negotiation failed/i)) {
      yield { lines: [reply, exchange], data: { said: quotedReply(reply) }, side: 'unknown', certainty: 'possible' };
      return;
    }
    const remark = tlsRemark(session, NO_COMMON);
    if (remark === null) return;
    yield {
      lines: [remark],
      data: { said: `"${shortened(remark.text)}"` },
      side: 'unknown',
      certainty: 'likely',
      wouldDecide: 'which TLS versions each side offers',
    };
  },
  message: ({ said }) => `The TLS handshake failed, most likely for want of a common version or cipher: ${said}.`,
});
