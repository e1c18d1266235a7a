import { defineDiagnosis } from '../diagnosis.ts';
import { shortened } from '../wording.ts';
import { EXPIRED, isLoggedIn, OTHER_NAME, TLS_NOTES, tlsRemark, UNTRUSTED } from './tls-texts.ts';

/** The client does not trust the server's certificate. */
export default defineDiagnosis<{ said: string; goesOn: boolean }>({
  id: 'tls-certificate-untrusted',
  group: 'tls',
  title: 'certificate from an unknown issuer',
  severity: 'error',
  references: ['RFC 4217 section 10.1', 'libcurl error codes (CURLE_PEER_FAILED_VERIFICATION, 60)'],
  explanation:
    'The certificate of the server is signed by itself or by an issuer that the client does not know. The client cannot tell the server from somebody in between.',
  remedies: [
    { side: 'server', text: 'Install a certificate of a public authority, with the whole chain.' },
    { side: 'client', text: 'Trust just this certificate: curl --cacert FILE or --pinnedpubkey; -k only for a test.' },
  ],
  triggers: { notes: TLS_NOTES },
  *detect(session) {
    const remark = tlsRemark(session, UNTRUSTED);
    if (remark === null || EXPIRED.test(remark.text) || OTHER_NAME.test(remark.text)) return;
    const goesOn = isLoggedIn(session) || /continuing anyway|skipping|ignored/i.test(remark.text);
    yield {
      lines: [remark],
      data: { said: shortened(remark.text), goesOn },
      severity: goesOn ? 'notice' : 'error',
      side: 'server',
      certainty: 'certain',
    };
  },
  message: ({ said, goesOn }) =>
    goesOn
      ? `The client does not know the issuer of the server's certificate and went on all the same: "${said}".`
      : `The client does not trust the server's certificate and gave up: "${said}".`,
});
