import { defineDiagnosis } from '../diagnosis.ts';
import { shortened } from '../wording.ts';
import { EXPIRED, isLoggedIn, TLS_NOTES, tlsRemark } from './tls-texts.ts';

/** The server's certificate is out of date. */
export default defineDiagnosis<{ said: string; notAfter: string | null; goesOn: boolean }>({
  id: 'tls-certificate-expired',
  group: 'tls',
  title: 'certificate out of date',
  severity: 'error',
  references: ['RFC 5280 section 4.1.2.5'],
  explanation:
    'The certificate of the server has expired, or is not valid yet. A wrong clock of the client gives the same message.',
  remedies: [
    { side: 'server', text: 'Renew the certificate, and let the renewal run by itself.' },
    { side: 'client', text: 'Check the clock.' },
  ],
  triggers: { notes: TLS_NOTES },
  *detect(session) {
    const remark = tlsRemark(session, EXPIRED);
    if (remark === null) return;
    const goesOn = isLoggedIn(session) || /continuing anyway/i.test(remark.text);
    yield {
      lines: [remark],
      data: { said: shortened(remark.text), notAfter: session.tls.certificate?.notAfter ?? null, goesOn },
      severity: goesOn ? 'notice' : 'error',
      side: 'server',
      certainty: 'likely',
    };
  },
  message: ({ said, notAfter, goesOn }) =>
    `The server's certificate is out of date${notAfter === null ? '' : ` (valid until ${shortened(notAfter, 40)})`}: "${said}"${goesOn ? '; the client went on all the same' : ''}.`,
});
