import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandAfter, commandsOf } from '../dialogue.ts';

/** USER, and then no PASS. */
export default defineDiagnosis<{ next: string | null }>({
  id: 'user-without-password',
  group: 'login',
  title: 'USER without PASS',
  severity: 'notice',
  references: ['RFC 959 section 5.4'],
  explanation:
    'The server asked for a password, and the client sent none: a scan for valid names, a broken client, or a person who gave up.',
  remedies: [],
  triggers: { codes: [331, 332], traits: ['noLogin'] },
  needsWhole: true,
  follows: [
    'login-timeout-421',
    'control-connection-broken',
    'idle-timeout-421',
    'server-unavailable',
    'foreign-protocol-on-control',
  ],
  *detect(session) {
    if (session.login === 'accepted' || session.end === 'unfinished') return;
    for (const user of commandsOf(session, [Verb.USER])) {
      if (user.final?.code !== 331) continue;
      const next = commandAfter(session, user.order);
      if (next !== null && next.verbId !== Verb.QUIT) continue;
      if (session.exchanges.some(({ verbId }) => verbId === Verb.PASS)) continue;
      yield {
        lines: [user, ...user.replies, ...(next === null ? [] : [next])],
        data: { next: next?.verb ?? null },
        side: 'client',
        certainty: 'likely',
      };
      return;
    }
  },
  message: ({ next }) => `The client sent USER and then no password${next === null ? '' : `, but ${next}`}.`,
});
