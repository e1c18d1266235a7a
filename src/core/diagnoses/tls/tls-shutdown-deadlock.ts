import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf, isEncrypted, transferOf } from '../dialogue.ts';
import { serverOf } from '../products.ts';
import { quotedReply } from '../wording.ts';

/** Client and server wait for each other to end TLS. */
export default defineDiagnosis<{ reply: string }>({
  id: 'tls-shutdown-deadlock',
  group: 'tls',
  title: 'both sides wait for the end of TLS',
  severity: 'error',
  references: ['RFC 8446 section 6.1 (close_notify)', 'RFC 4217 section 12'],
  explanation:
    'After an upload over TLS the client waits for the server to end TLS, and IIS waits for the client to close the connection, until the server gives up. The file is complete.',
  remedies: [{ side: 'client', text: 'Update curl to a version newer than 8.13; try the upload again.' }],
  triggers: { codes: [425, 550], needs: ['encrypted'] },
  *detect(session) {
    if (!isEncrypted(session) || serverOf(session).product !== 'iis') return;
    for (const { exchange, reply } of answersOf(session, [425, 550], /minimum bandwidth/i)) {
      const transfer = transferOf(session, exchange);
      if (transfer === null || session.transfers[transfer]!.direction !== 'upload') continue;
      yield {
        lines: [reply, exchange],
        data: { reply: quotedReply(reply) },
        side: 'client',
        certainty: 'possible',
        transfer,
        wouldDecide: 'whether the client had sent every byte before the silence',
      };
      return;
    }
  },
  message: ({ reply }) =>
    `The upload over TLS ended in silence until IIS gave up (${reply}); probably client and server waited for each other to end TLS.`,
});
