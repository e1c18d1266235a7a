import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf, transferOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** IIS ends a data channel that is too slow. */
export default defineDiagnosis<{ reply: string }>({
  id: 'iis-minimum-bandwidth',
  group: 'transfers',
  title: 'data channel too slow for IIS',
  severity: 'error',
  references: ['Microsoft: FTP status codes in IIS 7.0 and later'],
  explanation:
    'IIS closes a data channel that stays below its minimum rate for some time. If the last byte had been sent and nothing followed, client and server may have waited for each other to end the connection.',
  remedies: [
    {
      side: 'client',
      text: 'Under TLS update the client: curl 8.13 and some others waited for the end of TLS from IIS.',
    },
    { side: 'IIS', text: 'Let the connection limits of the FTP site be less strict.' },
  ],
  triggers: { codes: [425] },
  follows: ['tls-shutdown-deadlock'],
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [425], /minimum bandwidth/i)) {
      const transfer = transferOf(session, exchange);
      yield {
        lines: [reply, exchange],
        data: { reply: quotedReply(reply) },
        side: 'unknown',
        certainty: 'possible',
        transfer,
        wouldDecide: "the client's count of bytes: if all were sent, it was the end of the connection that hung",
      };
      return;
    }
  },
  message: ({ reply }) => `IIS closed the data connection because nothing, or too little, moved on it: ${reply}.`,
});
