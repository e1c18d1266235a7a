import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { isCommand } from '../dialogue.ts';

const HARMLESS: ReadonlySet<number> = new Set([Verb.QUIT, Verb.FEAT, Verb.AUTH, Verb.NOOP, Verb.SYST, Verb.HELP]);

/** Somebody connected and did not log in. */
export default defineDiagnosis<{ commands: number }>({
  id: 'connect-without-login',
  group: 'login',
  title: 'session without a login',
  severity: 'info',
  references: ['RFC 959 section 5.4'],
  explanation:
    'The connection was closed without USER. At a regular interval and from one address that is monitoring; otherwise mostly a port scan.',
  remedies: [],
  perInput: true,
  inMany: 'Clients connected and left without a login: monitoring where it is regular, otherwise mostly port scans.',
  follows: [
    'login-timeout-421',
    'foreign-protocol-on-control',
    'implicit-tls-mixup',
    'client-banned',
    'too-many-connections',
  ],
  triggers: { traits: ['noLogin'] },
  *detect(session) {
    if (session.vantage !== 'server' || session.incomplete) return;
    if (session.end === 'unfinished' || session.login === 'accepted' || session.exchanges.length > HARMLESS.size * 2)
      return;
    let commands = 0;
    for (const exchange of session.exchanges) {
      if (!isCommand(exchange)) continue;
      commands++;
      if (!HARMLESS.has(exchange.verbId)) return;
    }
    if (session.user !== null || session.transfers.length > 0 || session.remarks.length > 0) return;
    yield { lines: [session.firstLine, session.lastLine], data: { commands }, side: 'client', certainty: 'likely' };
  },
  message: ({ commands }) =>
    `A client connected and left without a login${commands === 0 ? ' or any other command' : ''}.`,
});
