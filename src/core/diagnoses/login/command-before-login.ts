import { packVerb, Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { isCommand } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** Commands that a client may send before it logs in. */
const ALLOWED: ReadonlySet<number> = new Set([
  Verb.USER,
  Verb.PASS,
  Verb.ACCT,
  Verb.AUTH,
  Verb.PBSZ,
  Verb.PROT,
  Verb.FEAT,
  Verb.HELP,
  Verb.HOST,
  Verb.NOOP,
  Verb.OPTS,
  Verb.QUIT,
  Verb.SYST,
  Verb.STAT,
  Verb.REIN,
  packVerb('CLNT'),
  packVerb('LANG'),
  packVerb('CSID'),
]);

/** Commands without a login. */
export default defineDiagnosis<{ verb: string; reply: string }>({
  id: 'command-before-login',
  group: 'login',
  title: 'command without a login',
  severity: 'notice',
  references: ['RFC 959 section 5.4 (530)'],
  explanation:
    'The client sent commands that need a login before it had logged in: it lost its place after a reconnect, ignored a refused login, or is a scanner.',
  remedies: [{ side: 'client', text: 'Log in first, and stop when the login is refused.' }],
  triggers: { codes: [530] },
  follows: ['login-wrong-credentials', 'tls-required-by-server', 'login-account-restricted', 'anonymous-refused'],
  *detect(session) {
    for (const exchange of session.exchanges) {
      if (exchange.final?.code === 230) return;
      if (!isCommand(exchange) || exchange.verbId === 0 || ALLOWED.has(exchange.verbId)) continue;
      if (exchange.final?.code !== 530) continue;
      yield {
        lines: [exchange, exchange.final],
        data: { verb: exchange.verb ?? '', reply: quotedReply(exchange.final) },
        side: 'client',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ verb, reply }) => `The client sent ${verb} before it had logged in: ${reply}.`,
});
