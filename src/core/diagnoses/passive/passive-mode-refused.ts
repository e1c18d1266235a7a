import { Verb } from '../../ftp/verbs.ts';
import type { Remedy } from '../../report.ts';
import type { Exchange } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';
import { listed, quotedReply } from '../wording.ts';

interface Data {
  /** `PASV with "502 …"`, one for each command. */
  readonly refused: readonly string[];
  /** `PORT with "500 …"` where active mode was refused as well. */
  readonly alsoActive: string | null;
  /** PORT or EPRT where it was accepted in their place. */
  readonly active: string | null;
}

/** Replies that are about something else than passive mode: the order of commands, the login, a port, protection. */
const OTHER_CODES: readonly number[] = [421, 425, 503, 521, 522, 530, 536];
const OTHER_TEXT = /EPSV ALL|IPv6|\bPROT\b|PBSZ|TLS|SSL|socket|\bports?\b/i;

const SWITCH_ON: readonly Remedy[] = [
  { side: 'server', text: 'Switch passive mode on, with a port range that its firewall lets through.' },
  { side: 'vsftpd', text: 'Set pasv_enable=YES.' },
  { side: 'Pure-FTPd', text: 'Start it without -N (NAT mode), which leaves active mode only.' },
];
const USE_ACTIVE_MODE: Remedy = {
  side: 'client',
  text: 'Use active mode: curl -P -, FileZilla with transfer mode Active.',
};

/** The server does not do passive mode. */
export default defineDiagnosis<Data>({
  id: 'passive-mode-refused',
  group: 'passive',
  title: 'passive mode refused',
  severity: 'notice',
  references: ['RFC 959 section 4.1.2 (PASV)', 'RFC 1123 section 4.1.2.6'],
  explanation:
    'The server refuses PASV, and EPSV where it was tried: passive mode is switched off there, or the server does not know it. Active mode is left, which needs a client that the server can connect to.',
  remedies: [...SWITCH_ON, USE_ACTIVE_MODE],
  triggers: { verbs: ['PASV'], traits: ['setUpRefused'] },
  follows: [
    'passive-port-pool-exhausted',
    'external-address-lookup-failed',
    'prot-p-required',
    'epsv-all-violation',
    'pasv-on-ipv6-control',
  ],
  *detect(session) {
    if (session.login === 'refused' || session.controlFamily === 'ipv6') return;
    const setups = [...commandsOf(session, [Verb.PASV, Verb.EPSV])].filter(({ argument }) => !argument);
    const refused = setups.filter((exchange) => isRefused(exchange) && !OTHER_TEXT.test(exchange.final!.text));
    if (refused.length < setups.length || !refused.some(({ verbId }) => verbId === Verb.PASV)) return;
    const last = new Map(refused.map((exchange) => [exchange.verb, exchange]));
    const active = [...commandsOf(session, [Verb.PORT, Verb.EPRT])];
    const accepted = active.find(({ final }) => final !== null && final.code < 300);
    const rejected = active.find(isRefused);
    const told = [...last.values(), ...(accepted === undefined && rejected !== undefined ? [rejected] : [])];
    yield {
      lines: told.flatMap((exchange) => [exchange.final!, exchange]),
      data: {
        refused: [...last.values()].map(inWords),
        active: accepted?.verb ?? null,
        alsoActive: accepted === undefined && rejected !== undefined ? inWords(rejected) : null,
      },
      side: 'server',
      certainty: 'likely',
      ...(active.length === 0 ? {} : { remedies: SWITCH_ON }),
    };
  },
  message: ({ refused, alsoActive, active }) => {
    const said = `The server refused passive mode: ${listed(refused)}`;
    if (alsoActive !== null)
      return `${said}. It refused active mode too (${alsoActive}), so that no way is left to set up a data connection.`;
    return active === null ? `${said}.` : `${said}; the client used active mode (${active}) in its place.`;
  },
});

function isRefused({ final }: Exchange): boolean {
  return final !== null && final.code >= 400 && !OTHER_CODES.includes(final.code);
}

function inWords(exchange: Exchange): string {
  return `${exchange.verb} with ${quotedReply(exchange.final!)}`;
}
