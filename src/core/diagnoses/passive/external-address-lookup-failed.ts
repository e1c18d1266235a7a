import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** The server cannot find out its own public address. */
export default defineDiagnosis<{ said: string }>({
  id: 'external-address-lookup-failed',
  group: 'passive',
  title: "lookup of the server's own public address failed",
  severity: 'error',
  references: ['RFC 959 section 4.1.2 (PASV)'],
  explanation:
    'The server is set to announce a host name or an address that it looks up elsewhere, and the lookup failed. It cannot answer PASV then; EPSV needs no address.',
  remedies: [
    { side: 'server', text: 'Enter the public address itself, or repair name resolution on the server.' },
    { side: 'client', text: 'Use EPSV, which carries no address.' },
  ],
  triggers: { codes: [421], notes: [Note.Other, Note.ServerError] },
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [421, 425], /no usable IP address/i)) {
      yield { lines: [reply, exchange], data: { said: quotedReply(reply) }, side: 'server', certainty: 'certain' };
      return;
    }
    const remark = session.remarks.find(
      ({ note, text }) => (note === Note.Other || note === Note.ServerError) && /^Host '.*' lookup failed/i.test(text),
    );
    if (remark !== undefined)
      yield { lines: [remark], data: { said: `"${remark.text}"` }, side: 'server', certainty: 'certain' };
  },
  message: ({ said }) => `The server could not find its own public address for PASV: ${said}.`,
});
