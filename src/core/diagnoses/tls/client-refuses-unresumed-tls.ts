import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';

/** The client does not accept a data connection without resumption. */
export default defineDiagnosis<null>({
  id: 'client-refuses-unresumed-tls',
  group: 'tls',
  title: 'TLS session not resumed, refused by the client',
  severity: 'error',
  references: ['RFC 4217 section 10.2'],
  explanation:
    "FileZilla remembers that a server resumes TLS sessions on data connections and refuses one that does not, since it could be somebody else's. The server may have been restarted, another node of a cluster may answer, or somebody intercepts the connection.",
  remedies: [
    { side: 'server', text: 'In a cluster, let the nodes share the keys of their session tickets.' },
    { side: 'client', text: 'Make sure that nobody intercepts the connection, then connect again.' },
  ],
  triggers: { notes: [Note.TlsNotResumed, Note.DataTlsFailed, Note.TlsFailed, Note.Other, Note.ClientError] },
  *detect(session) {
    if (session.vantage !== 'client') return;
    const remark = session.remarks.find(({ text }) => /TLS session resumption on data connection failed/i.test(text));
    if (remark !== undefined) yield { lines: [remark], data: null, side: 'server', certainty: 'likely' };
  },
  message: () =>
    'FileZilla refused the data connection because the server did not resume the TLS session, as it had done before.',
});
