import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';
import { durationInWords } from '../wording.ts';
import { medianOf, replyTimesOf } from './reply-times.ts';

const SLOW_MS = 2000;

/** The server takes long to check a password. */
export default defineDiagnosis<{ ms: number }>({
  id: 'slow-login',
  group: 'health',
  title: 'slow login',
  severity: 'notice',
  references: ['RFC 959 section 5.4'],
  explanation:
    'The answer to the password came late, while other commands are answered quickly: the directory service (LDAP, AD, PAM) is slow, or the server delays clients with failed logins.',
  remedies: [
    {
      side: 'server',
      text: 'Check the directory service; clear counters of failed logins that slow this client down.',
    },
  ],
  triggers: { codes: [230], traits: ['slow'] },
  perInput: true,
  inMany: 'The server took seconds to accept passwords, much longer than for other commands.',
  *detect(session) {
    if (session.resolutionMs === null) return;
    for (const pass of commandsOf(session, [Verb.PASS])) {
      const answered = pass.replies[0]?.atMs ?? null;
      if (pass.final?.code !== 230 || answered === null || pass.atMs === null) continue;
      const ms = answered - pass.atMs;
      if (ms < SLOW_MS + session.resolutionMs) return;
      const usual = medianOf(replyTimesOf(session).map((time) => time.ms));
      if (usual === null || usual * 4 > ms) return;
      yield { lines: [pass, ...pass.replies], data: { ms }, side: 'server', certainty: 'likely', elapsedMs: ms };
      return;
    }
  },
  message: ({ ms }) =>
    `The server took ${durationInWords(ms)} to accept the password, much longer than for other commands.`,
});
