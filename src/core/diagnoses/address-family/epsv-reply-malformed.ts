import { Note } from '../../event.ts';
import { readExtendedPort } from '../../ftp/endpoints.ts';
import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf, commandAfter, remarksBetween } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** 229 that clients cannot read. */
export default defineDiagnosis<{ reply: string; isTold: boolean }>({
  id: 'epsv-reply-malformed',
  group: 'address-family',
  title: 'malformed reply to EPSV',
  severity: 'error',
  references: ['RFC 2428 section 3'],
  explanation:
    'A 229 reply has to hold the port as (|||port|): three equal delimiters, the port, the delimiter, with the fields for family and address left empty. Clients that cannot read it give up or fall back to PASV.',
  remedies: [
    { side: 'server', text: 'Update the server; check whether a device in between rewrites its replies.' },
    { side: 'client', text: 'curl --disable-epsv uses PASV on IPv4.' },
  ],
  triggers: { codes: [229], traits: ['unreadable', 'client'] },
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [229])) {
      if (exchange.verbId !== Verb.EPSV || readExtendedPort(reply.text) !== null) continue;
      // A reply that was cut or blotted out by whoever posted it shows no brackets with figures.
      if (!/[(|].*\d/.test(reply.text)) continue;
      const isCut = reply.text.includes('(') && !reply.text.includes(')');
      const next = commandAfter(session, exchange.order)?.order ?? Number.POSITIVE_INFINITY;
      const errors = remarksBetween(session, exchange.order, next, [Note.ClientError, Note.FallBack]);
      if (isCut && errors.length === 0) continue;
      yield {
        lines: [reply, ...errors, exchange],
        data: { reply: quotedReply(reply), isTold: errors.length > 0 },
        severity: session.dataConnections.some(({ outcome }) => outcome === 'used') ? 'warning' : 'error',
        side: 'server',
        certainty: 'likely',
      };
      return;
    }
  },
  message: ({ reply, isTold }) =>
    `The reply to EPSV is not in the form of RFC 2428: ${reply}${isTold ? ', and the client could not use it' : ''}.`,
});
