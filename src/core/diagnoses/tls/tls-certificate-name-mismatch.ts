import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { remarkOf } from '../dialogue.ts';
import { shortened } from '../wording.ts';
import { isLoggedIn, OTHER_NAME, TLS_NOTES, tlsRemark } from './tls-texts.ts';

/** The server's certificate names another host. */
export default defineDiagnosis<{ said: string; goesOn: boolean }>({
  id: 'tls-certificate-name-mismatch',
  group: 'tls',
  title: 'certificate for another host name',
  severity: 'error',
  references: ['RFC 9525', 'RFC 4217 section 10.1'],
  explanation:
    'The certificate of the server does not name the host that the client asked for. Mostly the client used an address or an alias in place of the certified name.',
  remedies: [
    { side: 'client', text: 'Connect by a name that the certificate holds.' },
    { side: 'server', text: 'Have a certificate issued for the name that clients use.' },
  ],
  triggers: { notes: TLS_NOTES },
  follows: ['host-command-refused'],
  *detect(session) {
    const remark = remarkOf(session, [Note.CertificateMismatch]) ?? tlsRemark(session, OTHER_NAME);
    if (remark === null) return;
    const goesOn = isLoggedIn(session) || session.transfers.length > 0;
    yield {
      lines: [remark],
      data: { said: shortened(remark.text), goesOn },
      severity: goesOn ? 'notice' : 'error',
      side: 'client',
      certainty: 'possible',
    };
  },
  message: ({ said, goesOn }) =>
    `The server's certificate is for another host name: "${said}"${goesOn ? '; the client went on all the same' : ''}.`,
});
