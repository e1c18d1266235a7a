import { isDataSetupVerb, isTransferVerb, Verb } from '../../ftp/verbs.ts';
import type { Exchange, Session } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';
import { dataProblemOf } from './data-replies.ts';

/** A transfer command without a data connection to go over. */
export default defineDiagnosis<{ verb: string; reply: string; isAfterRefusal: boolean }>({
  id: 'data-setup-missing',
  group: 'passive',
  title: 'transfer without a prepared data connection',
  severity: 'warning',
  references: ['RFC 959 section 3.3'],
  explanation:
    'Each transfer needs a data connection of its own, set up by PASV, EPSV, PORT or EPRT. The client sent a transfer command without one: it took an old one for still valid, or went on after the set-up had been refused.',
  remedies: [{ side: 'client', text: 'Send PASV or EPSV before every transfer, and stop when it is refused.' }],
  triggers: { codes: [425, 503] },
  follows: [
    'epsv-refused-on-ipv6',
    'passive-port-pool-exhausted',
    'external-address-lookup-failed',
    'port-private-address',
    'port-malformed',
    'epsv-all-violation',
    'pasv-on-ipv6-control',
    'port-on-ipv6-control',
    'active-mode-refused',
    'passive-mode-refused',
    'epsv-522-unsupported-protocol',
    'eprt-family-mismatch',
    'bounce-attempt',
    'prot-p-required',
  ],
  *detect(session) {
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const exchange = exchangeOf(session, transfer);
      const final = exchange?.final ?? null;
      if (exchange === null || final === null || transfer.outcome === 'completed') continue;
      const setup = setupBefore(session, exchange);
      const isNamed = final.code === 425 && dataProblemOf(final) === 'set-up-missing';
      const isOutOfOrder = final.code === 503 && /bad sequence/i.test(final.text);
      // A 425 for want of anything else: no set-up was ever accepted in a session that is seen from its start.
      const isBare = final.code === 425 && setup.isRefused && !session.incomplete;
      if (!isNamed && !isOutOfOrder && !isBare) continue;
      if (setup.isAccepted) continue;
      yield {
        lines: [final, exchange, ...(setup.exchange === null ? [] : [setup.exchange, ...setup.exchange.replies])],
        data: { verb: exchange.verb ?? '', reply: quotedReply(final), isAfterRefusal: setup.isRefused },
        side: 'client',
        certainty: 'likely',
        transfer: index,
      };
      return;
    }
  },
  message: ({ verb, reply, isAfterRefusal }) =>
    isAfterRefusal
      ? `The client sent ${verb} although its data connection had been refused: ${reply}.`
      : `The client sent ${verb} without setting up a data connection first: ${reply}.`,
});

interface SetupBefore {
  readonly exchange: Exchange | null;
  readonly isAccepted: boolean;
  readonly isRefused: boolean;
}

/** The last set-up since the transfer before, and whether it was accepted. */
function setupBefore(session: Session, transfer: Exchange): SetupBefore {
  let last: Exchange | null = null;
  for (const exchange of session.exchanges) {
    if (exchange.order >= transfer.order) break;
    if (isTransferVerb(exchange.verbId) || exchange.verbId === Verb.ABOR || exchange.verbId === Verb.REIN) last = null;
    else if (isDataSetupVerb(exchange.verbId)) last = exchange;
  }
  const code = last?.final?.code ?? null;
  return { exchange: last, isAccepted: code !== null && code < 300, isRefused: code !== null && code >= 400 };
}
