import { type FirstClose, firstCloseOf } from '../../pairing/first-close.ts';
import type { PairedTransfer } from '../../pairing/paired.ts';
import { bytesInWords, quotedReply, shortened, transferInWords } from '../wording.ts';
import { definePairDiagnosis } from './pair-diagnosis.ts';

interface Closing {
  readonly transfer: PairedTransfer;
  readonly close: FirstClose;
}

/** Who ended a transfer that broke off, by both records. */
export default definePairDiagnosis<Closing>({
  id: 'pair-first-close',
  group: 'pairs',
  title: 'which side ended the transfer first',
  severity: 'info',
  references: ['RFC 959 section 3.2', 'RFC 959 section 4.2 (426)'],
  explanation:
    'A 426 tells only that the data connection broke for the server. What the client says of the same moment tells who ended it: the client by its own decision, the server by a timer, or, where each side says that the other one went away, something between them.',
  remedies: [],
  *detect(sessions) {
    for (const transfer of sessions.transfers) {
      if (transfer.client.outcome === 'completed' || transfer.server.outcome === 'completed') continue;
      if (transfer.client.outcome === 'failed' && transfer.server.outcome === 'failed') continue;
      const close = firstCloseOf(transfer, sessions);
      if (close.side === 'unknown') continue;
      yield {
        client: [close.clientLine, transfer.clientExchange],
        server: [transfer.serverExchange?.final ?? null, transfer.serverExchange],
        data: { transfer, close },
        side: close.side,
        certainty: close.certainty,
        transfer,
        decides: close.verdict === null ? null : { verdict: close.verdict, told: whoInWords(close) },
      };
    }
  },
  message({ transfer, close }) {
    const { client, server, serverExchange } = transfer;
    const final = serverExchange?.final ?? null;
    const reply = final === null ? '' : ` The server answered ${quotedReply(final)}.`;
    return `${transferInWords(client)} broke off. ${whoInWords(close)}${reply}${bytesOf(client, server)}`;
  },
});

function whoInWords({ side, because, clientLine }: FirstClose): string {
  const who = side === 'network' ? 'Neither side ended it' : `The ${side} ended it first`;
  const said = clientLine === null ? '' : ` ("${shortened(clientLine.text, 100)}")`;
  return `${who}: ${because}${said}.`;
}

function bytesOf(client: PairedTransfer['client'], server: PairedTransfer['server']): string {
  if (client.transferredBytes === null || server.transferredBytes === null) return '';
  const [sent, received] = client.direction === 'upload' ? [client, server] : [server, client];
  return ` ${bytesInWords(sent.transferredBytes!)} were sent, ${bytesInWords(received.transferredBytes!)} received.`;
}
