import { Note } from '../../event.ts';
import { isTransferVerb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf, isEncrypted, remarkOf, transferOf } from '../dialogue.ts';
import { quotedReply, shortened } from '../wording.ts';

const FAILED =
  /Unknown TLS error|SSL connection failed|ALPN|EPROTO|making the data connection secure|TLS negotiation failed/i;
const NOT_RESUMED = /resum|session reuse/i;

/** TLS on the data connection did not come about. */
export default defineDiagnosis<{ said: string }>({
  id: 'tls-data-handshake-failed',
  group: 'tls',
  title: 'failed TLS handshake on the data connection',
  severity: 'error',
  references: ['RFC 4217 section 10.2'],
  explanation:
    'The control connection is encrypted, and the TLS handshake of the data connection failed. The client may have begun no handshake there (no PROT P), or the two sides disagree on version, cipher or certificate.',
  remedies: [
    { side: 'client', text: 'Send PROT P, and update its TLS library.' },
    { side: 'server', text: 'Use the same certificate and TLS versions for data as for control connections.' },
  ],
  triggers: { codes: [425, 450, 522], notes: [Note.DataTlsFailed] },
  follows: ['tls-session-not-resumed', 'client-refuses-unresumed-tls', 'prot-p-required'],
  *detect(session) {
    if (session.tls.control === 'none') return;
    for (const { exchange, reply } of answersOf(session, [425, 450, 522], FAILED)) {
      if (!isTransferVerb(exchange.verbId) || NOT_RESUMED.test(reply.text)) continue;
      const transfer = transferOf(session, exchange);
      yield {
        lines: [reply, exchange],
        data: { said: quotedReply(reply) },
        side: 'client',
        certainty: 'likely',
        transfer,
        dataConnection: transfer === null ? null : session.transfers[transfer]!.dataConnection,
      };
      return;
    }
    const remark = remarkOf(session, [Note.DataTlsFailed]);
    if (remark === null || !isEncrypted(session) || NOT_RESUMED.test(remark.text)) return;
    yield { lines: [remark], data: { said: `"${shortened(remark.text)}"` }, side: 'client', certainty: 'possible' };
  },
  message: ({ said }) => `The TLS handshake on the data connection failed: ${said}.`,
});
