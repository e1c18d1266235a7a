import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf, isAnonymous, userAt } from '../dialogue.ts';
import { REQUIRE_TLS } from '../remedies.ts';
import { shortened } from '../wording.ts';

/** A password went over the network without encryption. */
export default defineDiagnosis<{ user: string | null; isPublic: boolean; isAccepted: boolean }>({
  id: 'cleartext-login',
  group: 'tls',
  title: 'password sent without encryption',
  severity: 'warning',
  references: ['RFC 4217 section 15', 'RFC 2577 section 6'],
  explanation:
    'Name and password went over the control connection in clear. Everybody on the path can read them, and the files as well.',
  remedies: REQUIRE_TLS,
  triggers: { verbs: ['PASS'], traits: ['plain'] },
  perInput: true,
  inMany: 'Users logged in without encryption: names, passwords and files can be read by everybody on the path.',
  follows: ['tls-fallback-to-cleartext'],
  *detect(session) {
    if (session.tls.control !== 'none') return;
    for (const pass of commandsOf(session, [Verb.PASS])) {
      const user = userAt(session, pass.order) ?? session.user;
      if (isAnonymous(user)) continue;
      const isLocal = session.client.range === 'loopback' || session.server.range === 'loopback';
      yield {
        lines: [pass, ...pass.replies],
        data: {
          user,
          isPublic: session.client.range === 'public' || session.server.range === 'public',
          isAccepted: session.login === 'accepted',
        },
        severity: isLocal ? 'notice' : 'warning',
        side: 'client',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ user, isPublic, isAccepted }) => {
    const who = user === null ? 'A user' : `"${shortened(user, 60)}"`;
    const did = isAccepted ? 'logged in' : 'sent a password';
    return `${who} ${did} without encryption${isPublic ? ' over a public network' : ''}: the password could be read on the way.`;
  },
});
