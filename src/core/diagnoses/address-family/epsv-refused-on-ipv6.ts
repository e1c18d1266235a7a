import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';
import { wentWell } from './set-up.ts';

/** EPSV refused where nothing can replace it. */
export default defineDiagnosis<{ reply: string; isActiveRefused: boolean; worked: boolean }>({
  id: 'epsv-refused-on-ipv6',
  group: 'address-family',
  title: 'EPSV refused on IPv6',
  severity: 'error',
  references: ['RFC 2428 section 3'],
  explanation:
    'On IPv6 EPSV is the only passive method: PASV carries a four-byte address. A server that refuses EPSV there leaves active mode with EPRT, and nothing at all if it refuses that too.',
  remedies: [
    { side: 'server', text: 'Allow EPSV, or update the server.' },
    { side: 'client', text: 'Connect over IPv4: curl -4, or the IPv4 address in place of the name.' },
  ],
  triggers: { verbs: ['EPSV'], needs: ['setUpRefused', 'ipv6'] },
  follows: ['epsv-argument-family-mismatch', 'epsv-argument-invalid', 'passive-port-pool-exhausted', 'prot-p-required'],
  *detect(session) {
    if (session.controlFamily !== 'ipv6' || session.login !== 'accepted') return;
    for (const exchange of commandsOf(session, [Verb.EPSV])) {
      const { final } = exchange;
      if (final === null || final.code < 400 || final.code === 503 || final.code === 530) continue;
      if ((exchange.argument ?? '').trim() !== '') continue;
      const active = session.exchanges.find(
        ({ verbId, order, final: answer }) =>
          verbId === Verb.EPRT && order > exchange.order && answer !== null && answer.code >= 400,
      );
      const worked = session.dataConnections.some(
        ({ command, outcome }, index) => command === 'EPRT' && outcome === 'used' && wentWell(session, index),
      );
      yield {
        lines: [final, exchange, ...(active === undefined ? [] : [active, ...active.replies])],
        data: { reply: quotedReply(final), isActiveRefused: active !== undefined, worked },
        ...(worked ? { severity: 'warning' } : {}),
        side: 'server',
        certainty: 'likely',
      };
      return;
    }
  },
  message: ({ reply, isActiveRefused, worked }) => {
    if (isActiveRefused)
      return `The server refuses both EPSV (${reply}) and EPRT on an IPv6 connection, which leaves no way to set up a data connection. Over IPv4 it may work.`;
    const said = `The server refuses EPSV on an IPv6 connection: ${reply}`;
    return worked
      ? `${said}. Active mode (EPRT) worked in its place; clients behind a firewall or NAT will fail.`
      : `${said}. PASV cannot replace it, since it carries IPv4 addresses only.`;
  },
});
