import type { PairedExchange } from '../../pairing/paired.ts';
import { quotedReply } from '../wording.ts';
import { definePairDiagnosis } from './pair-diagnosis.ts';

interface Altered {
  readonly first: PairedExchange;
  readonly count: number;
}

/** Share of the common exchanges from which on the records are out of step rather than altered. */
const OUT_OF_STEP = 0.25;

/** A reply reached the client with another code or text than the server logged. */
export default definePairDiagnosis<Altered>({
  id: 'pair-reply-altered',
  group: 'pairs',
  title: 'reply changed on the way',
  severity: 'warning',
  references: ['RFC 959 section 4.2'],
  explanation:
    'The server logged one reply and the client received another to the same command. A proxy or a firewall that takes part in the dialogue does that; a replaced greeting is common, a replaced code makes the client act on what the server never said.',
  remedies: [{ side: 'network', text: 'Look for an FTP proxy or a firewall that inspects FTP on the path.' }],
  *detect({ client, server, exchanges }) {
    if (client.gaps.includes('desynchronised') || server.gaps.includes('desynchronised')) return;
    const common = exchanges.filter((exchange) => exchange.client !== null && exchange.server !== null);
    for (const [difference, severity] of KINDS) {
      const altered = common.filter((exchange) => exchange.difference === difference && isPlain(exchange));
      const first = altered[0];
      if (first === undefined || altered.length > Math.max(1, OUT_OF_STEP * common.length)) continue;
      yield {
        client: [first.client!.final],
        server: [first.server!.final],
        data: { first, count: altered.length },
        side: 'network',
        certainty: 'likely',
        severity,
      };
    }
  },
  message({ first: { client, server }, count }) {
    const command = client!.verb === null ? 'The greeting' : `The reply to ${client!.verb}`;
    const more = count === 1 ? '' : ` The same goes for ${count - 1} more.`;
    return `${command} left the server as ${quotedReply(server!.final!)} and reached the client as ${quotedReply(client!.final!)}.${more}`;
  },
});

const KINDS = [
  ['code-differs', 'warning'],
  ['text-differs', 'notice'],
] as const;

/** One reply on either side, so that the final replies are those of the same moment. */
function isPlain({ client, server }: PairedExchange): boolean {
  return (
    client!.replies.filter(({ code }) => code >= 200).length === 1 &&
    server!.replies.filter(({ code }) => code >= 200).length === 1
  );
}
