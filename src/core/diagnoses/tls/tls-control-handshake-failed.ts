import { Note } from '../../event.ts';
import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { shortened } from '../wording.ts';
import { EXPIRED, isLoggedIn, NO_COMMON, OTHER_NAME, UNTRUSTED } from './tls-texts.ts';

const TOLD_ELSEWHERE = /wrong version number|illegal version|unexpected TLS packet|-15\b/i;

/** TLS on the control connection did not come about, and the text does not say why. */
export default defineDiagnosis<{ said: string }>({
  id: 'tls-control-handshake-failed',
  group: 'tls',
  title: 'failed TLS handshake on the control connection',
  severity: 'notice',
  references: ['RFC 4217 section 10.1'],
  explanation:
    'The server accepted AUTH, and the handshake then failed for a reason that the transcript does not tell: a device that inspects TLS, a certificate that one side cannot use, or an error of one of the programs.',
  remedies: [
    { side: 'server', text: 'Look in its log for the error of the handshake; check certificate and key.' },
    { side: 'network', text: 'Check whether a firewall inspects or rewrites FTP; switch that off.' },
  ],
  triggers: { notes: [Note.TlsFailed] },
  follows: ['tls-version-or-cipher-mismatch', 'implicit-tls-mixup', 'server-crash-oops'],
  *detect(session) {
    if (isLoggedIn(session)) return;
    const failed = session.remarks.find(({ note }) => note === Note.TlsFailed);
    if (failed === undefined) return;
    const known = [UNTRUSTED, EXPIRED, OTHER_NAME, NO_COMMON, TOLD_ELSEWHERE];
    if (known.some((text) => text.test(failed.text))) return;
    const auth = session.exchanges.find(({ verbId, final }) => verbId === Verb.AUTH && final?.code === 234);
    if (auth === undefined && session.exchanges.length > 0) return;
    yield {
      lines: [failed, ...(auth === undefined ? [] : [...auth.replies, auth])],
      data: { said: shortened(failed.text) },
      side: 'unknown',
      certainty: 'possible',
      wouldDecide: "the other side's log of the handshake",
    };
  },
  message: ({ said }) => `TLS on the control connection failed: "${said}". The transcript does not tell why.`,
});
