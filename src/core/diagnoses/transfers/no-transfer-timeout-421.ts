import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply } from '../wording.ts';
import { idleTimeoutsOf } from './idle-timeouts.ts';

/** The server closed a session that transferred nothing, keep-alive or not. */
export default defineDiagnosis<{ reply: string; keptAlive: boolean }>({
  id: 'no-transfer-timeout-421',
  group: 'transfers',
  title: 'session without transfers closed by the server',
  severity: 'notice',
  references: ['RFC 959 section 5.4 (421)'],
  explanation:
    'Some servers close sessions in which no transfer takes place for some time, whatever commands are sent. Keep-alive commands do not help against that limit.',
  remedies: [
    { side: 'client', text: 'Connect again when there is something to transfer.' },
    {
      side: 'FileZilla Server 0.9',
      text: 'General settings > Timeout settings: raise "No Transfer timeout", or set it to 0.',
    },
    { side: 'ProFTPD', text: 'Raise TimeoutNoTransfer, or set it to 0.' },
  ],
  triggers: { codes: [421] },
  follows: ['data-connection-never-arrived', 'active-connect-failed'],
  *detect(session) {
    for (const { kind, reply, last } of idleTimeoutsOf(session)) {
      if (kind !== 'no-transfer') continue;
      yield {
        lines: [reply, ...(last === null ? [] : [last])],
        data: { reply: quotedReply(reply), keptAlive: last?.verbId === Verb.NOOP },
        side: 'server',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ reply, keptAlive }) =>
    `The server closed the session because nothing was transferred: ${reply}.${keptAlive ? " The client's NOOPs do not count for this limit." : ''}`,
});
