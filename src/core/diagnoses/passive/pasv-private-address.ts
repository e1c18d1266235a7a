import { defineDiagnosis } from '../diagnosis.ts';
import { setupOf, transferOver } from '../dialogue.ts';
import { ANNOUNCE_PUBLIC_ADDRESS, IGNORE_ANNOUNCED_ADDRESS } from '../remedies.ts';
import { unroutablesOf } from './unroutable.ts';

interface Data {
  readonly announced: string;
  readonly peer: string;
  readonly vantage: 'client' | 'server';
  readonly isEncrypted: boolean;
  readonly outcome: 'repaired' | 'worked' | 'failed' | 'unknown';
  readonly times: number;
}

/** 227 names an address that the client cannot reach. */
export default defineDiagnosis<Data>({
  id: 'pasv-private-address',
  group: 'passive',
  title: 'unroutable address in the reply to PASV',
  severity: 'error',
  references: ['RFC 959 section 4.1.2 (PASV)', 'RFC 1918'],
  explanation:
    'The server stands behind NAT and announces its inner address in 227. A client outside cannot connect there, unless it ignores the address, or a device on the path rewrites it, which no device can do under TLS. EPSV carries no address and is not affected.',
  remedies: [...ANNOUNCE_PUBLIC_ADDRESS, ...IGNORE_ANNOUNCED_ADDRESS],
  triggers: { codes: [227], traits: ['unroutable'] },
  *detect(session) {
    const all = [...unroutablesOf(session)];
    const outcomes = all.map(({ index, repair }) => outcomeOf(index, repair !== null));
    // Where it worked once, the client does not go there, and what failed failed for another reason.
    const telling = (['worked', 'failed', 'repaired'] as const).map((wanted) => outcomes.indexOf(wanted));
    const at = telling.find((index) => index >= 0) ?? 0;
    const shown = all[at];
    if (shown === undefined) return;
    const outcome = outcomes[at]!;
    const exchange = setupOf(session, shown.data);
    yield {
      lines: [...(exchange?.replies ?? [shown.data.line]), ...(shown.repair === null ? [] : [shown.repair])],
      data: {
        announced: shown.data.endpoint.address!,
        peer: shown.peer,
        vantage: session.vantage,
        isEncrypted: session.tls.control === 'explicit' || session.tls.control === 'implicit',
        outcome,
        times: all.length,
      },
      severity: outcome === 'repaired' ? 'notice' : outcome === 'worked' ? 'warning' : 'error',
      side: 'server',
      certainty: session.vantage === 'server' && outcome === 'worked' ? 'likely' : 'certain',
      dataConnection: shown.index,
      ...(session.vantage === 'server'
        ? { wouldDecide: "the client's transcript: it shows the address that reached it" }
        : {}),
    };

    function outcomeOf(index: number, isRepaired: boolean): Data['outcome'] {
      const transfer = transferOver(session, index)?.transfer;
      const isUntried = session.dataConnections[index]!.outcome === 'unused' && session.vantage === 'server';
      if (transfer === undefined || transfer.outcome === 'unfinished' || isUntried)
        return isRepaired ? 'repaired' : 'unknown';
      if (transfer.outcome === 'failed') return 'failed';
      return isRepaired ? 'repaired' : 'worked';
    }
  },
  message: ({ announced, peer, vantage, isEncrypted, outcome, times }) => {
    const often = times === 1 ? '' : ` (${times} times)`;
    const said = `The reply to PASV announces ${announced}${often}, which ${vantage === 'server' ? `a client at ${peer}` : 'a client outside'} cannot reach`;
    if (outcome === 'repaired') return `${said}; this client used the server's own address instead, others will fail.`;
    if (outcome !== 'worked') return `${said}.`;
    if (vantage === 'client') return `${said}; it worked here all the same.`;
    const how = isEncrypted
      ? 'It worked here, so this client ignores the address'
      : 'It worked here, so this client ignores the address or a device on the path rewrites it';
    return `${said}. ${how}; others will fail.`;
  },
});
