import { defineDiagnosis } from '../diagnosis.ts';
import { serverOf } from '../products.ts';
import { timerNear } from '../timers.ts';
import { durationInWords, quotedReply } from '../wording.ts';
import { idleTimeoutsOf } from './idle-timeouts.ts';

/** The server closed a session that did nothing. */
export default defineDiagnosis<{ reply: string; silenceMs: number | null; timer: string | null }>({
  id: 'idle-timeout-421',
  group: 'transfers',
  title: 'idle session closed by the server',
  severity: 'notice',
  references: ['RFC 959 section 5.4 (421)', 'RFC 1123 section 4.1.3.2'],
  explanation:
    'Nothing was sent on the control connection for as long as the server allows, and it closed the session. That is by design; a client that wants to go on logs in again.',
  remedies: [
    { side: 'client', text: 'Connect again when there is something to do; FileZilla can send keep-alive commands.' },
    { side: 'server', text: 'Raise the limit if scripts think longer between two commands.' },
  ],
  triggers: { codes: [421] },
  follows: ['data-connection-never-arrived', 'active-connect-failed', 'login-timeout-421'],
  *detect(session) {
    const { product } = serverOf(session);
    for (const { kind, reply, last, silenceMs } of idleTimeoutsOf(session)) {
      if (kind !== 'idle') continue;
      const timer = silenceMs === null ? null : timerNear(silenceMs, product, 'idle', session.resolutionMs);
      yield {
        lines: [reply, ...(last === null ? [] : [last])],
        data: { reply: quotedReply(reply), silenceMs, timer: timer?.name ?? null },
        side: 'client',
        certainty: 'certain',
        ...(silenceMs === null ? {} : { elapsedMs: silenceMs }),
      };
      return;
    }
  },
  message: ({ reply, silenceMs, timer }) => {
    if (/Session time/i.test(reply))
      return `The server ended the session when its time limit for sessions was reached: ${reply}.`;
    const after = silenceMs === null ? '' : ` after ${durationInWords(silenceMs)} without a command`;
    return `The server closed the idle session${after}: ${reply}.${timer === null ? '' : ` That is the default of its "${timer}".`}`;
  },
});
