import { defineDiagnosis } from '../diagnosis.ts';
import { idleTimeoutsOf } from '../transfers/idle-timeouts.ts';
import { durationInWords, quotedReply } from '../wording.ts';

/** Connected, and did not log in in time. */
export default defineDiagnosis<{ reply: string; silenceMs: number | null; hasUser: boolean }>({
  id: 'login-timeout-421',
  group: 'login',
  title: 'no login in time',
  severity: 'notice',
  references: ['RFC 959 section 5.4 (421)'],
  explanation:
    'The client connected and did not finish its login in the time the server gives. Usual reasons: a health check, a port scan, a TLS client on a port for plain FTP, or a person at a terminal.',
  remedies: [{ side: 'client', text: 'If it is a health check, let it read the greeting and send QUIT.' }],
  triggers: { codes: [421] },
  *detect(session) {
    for (const { kind, reply, last, silenceMs } of idleTimeoutsOf(session)) {
      if (kind !== 'login') continue;
      yield {
        lines: [reply, ...(last === null ? [] : [last])],
        data: { reply: quotedReply(reply), silenceMs, hasUser: last !== null },
        side: 'client',
        certainty: 'likely',
        ...(silenceMs === null ? {} : { elapsedMs: silenceMs }),
      };
      return;
    }
  },
  message: ({ reply, silenceMs, hasUser }) =>
    `The client did not log in${silenceMs === null ? ' in time' : ` within ${durationInWords(silenceMs)}`}${hasUser ? '' : ', nor send any command'}, and the server closed the session: ${reply}.`,
});
