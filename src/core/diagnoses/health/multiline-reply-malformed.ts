import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply } from '../wording.ts';

/** A multi-line reply without an end. */
export default defineDiagnosis<{ verb: string | null; reply: string }>({
  id: 'multiline-reply-malformed',
  group: 'health',
  title: 'multi-line reply that never ends',
  severity: 'notice',
  references: ['RFC 959 section 4.2'],
  explanation:
    'A reply that begins with a code and a hyphen has to end with a line that holds the same code and a blank. Without it the client waits until it gives up. The server, or a device that changes replies, left it out.',
  remedies: [{ side: 'server', text: 'Update it; check greetings and messages that an administrator wrote.' }],
  needsWhole: true,
  triggers: { traits: ['unended'] },
  *detect(session) {
    for (const exchange of session.exchanges)
      for (const reply of exchange.replies) {
        if (!reply.isUnended) continue;
        // The log itself may leave the last line out; only a client that then waits shows that it was missing.
        if (session.vantage !== 'client' || session.end === 'unfinished') continue;
        yield {
          lines: [reply, exchange],
          data: { verb: exchange.verb, reply: quotedReply(reply) },
          side: 'server',
          certainty: 'likely',
        };
        return;
      }
  },
  message: ({ verb, reply }) =>
    `The multi-line reply ${verb === null ? 'that greets the client' : `to ${verb}`} never ends: ${reply}. The client waits for its last line.`,
});
