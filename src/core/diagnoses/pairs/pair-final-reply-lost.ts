import { type FirstClose, firstCloseOf } from '../../pairing/first-close.ts';
import type { PairedSessions, PairedTransfer } from '../../pairing/paired.ts';
import type { Remedy } from '../../report.ts';
import type { Reply } from '../../sessions/session.ts';
import { durationInWords, quotedReply, transferInWords } from '../wording.ts';
import { definePairDiagnosis, type PairFact } from './pair-diagnosis.ts';

interface Unheard {
  readonly transfer: PairedTransfer;
  readonly final: Reply;
  /** From the 1yz reply to the final one, by the server's clock. */
  readonly elapsedMs: number | null;
  readonly why: 'text-ends' | 'not-read' | 'lost';
}

/** The server sent a final reply that the client's record does not show. */
export default definePairDiagnosis<Unheard>({
  id: 'pair-final-reply-lost',
  group: 'pairs',
  title: "final reply that is not in the client's record",
  severity: 'error',
  references: ['RFC 959 section 5.4'],
  explanation:
    "The server sent its final reply to a transfer, and the client's record does not have it. The control connection may have been dropped while data flowed, as firewalls do with connections that are silent for long; the client may have left before it read the reply; or its record may just end earlier. What became of the file, the server's record tells.",
  remedies: [
    { side: 'client', text: "Check the file before you transfer it again: by the server's record it may be complete." },
    {
      side: 'network',
      text: 'Raise the idle limit of firewalls for the control connection, or let the client keep it alive (curl: --keepalive-time).',
    },
  ],
  *detect(sessions) {
    for (const transfer of sessions.transfers) {
      const final = transfer.serverExchange?.final ?? null;
      if (final === null || transfer.clientExchange === null || transfer.clientExchange.final !== null) continue;
      if (transfer.client.outcome === 'completed') continue;
      const fact = factOf(transfer, final, firstCloseOf(transfer, sessions), sessions);
      if (fact !== null) yield fact;
    }
  },
  message({ transfer, final, elapsedMs, why }) {
    const after = elapsedMs === null ? '' : ` after ${durationInWords(elapsedMs)}`;
    const said = `${transferInWords(transfer.client)}: the server answered ${quotedReply(final)}${after}`;
    if (why === 'lost') return `${said}, and the client never got that reply.`;
    if (why === 'not-read') return `${said}; the client ended its part before it read that reply.`;
    return `${said}; the client's record stops before that, while data could still flow. It was cut there, or the client ended.`;
  },
});

/** Where the client's record just stops, nothing is known to be lost but the record. */
const KEEP_THE_REST: readonly Remedy[] = [
  {
    side: 'client',
    text: 'Keep the whole output of the client and its exit status; compare sizes, and resume if the file is short.',
  },
];

function factOf(
  transfer: PairedTransfer,
  final: Reply,
  { clientEnd, clientLine, because: _ }: FirstClose,
  { server }: PairedSessions,
): PairFact<Unheard> | null {
  const { clientExchange, serverExchange } = transfer;
  const start = serverExchange!.preliminary?.atMs ?? null;
  const elapsedMs = start === null || final.atMs === null ? null : Math.max(0, final.atMs - start);
  const shown = {
    client: [clientLine, clientExchange!.preliminary, clientExchange],
    server: [final, serverExchange!.preliminary, serverExchange],
    transfer,
  };
  const data = (why: Unheard['why']): Unheard => ({ transfer, final, elapsedMs, why });
  switch (clientEnd) {
    case 'text-ends':
      return {
        ...shown,
        data: data('text-ends'),
        remedies: KEEP_THE_REST,
        side: 'unknown',
        certainty: 'possible',
        severity: 'notice',
        wouldDecide: "the rest of the client's output and its exit status",
      };
    case 'gave-up':
    case 'reset':
      // Where the server's verdict is bad it follows from the client's leaving, and nobody was there to hear it.
      if (final.code >= 400)
        return { ...shown, data: data('not-read'), side: 'client', certainty: 'likely', severity: 'info' };
      return { ...shown, data: data('lost'), side: 'network', certainty: server.end === 'quit' ? 'likely' : 'certain' };
    case 'stopped':
    case 'own-error':
    case 'cut':
    case 'failed':
      return { ...shown, data: data('not-read'), side: 'client', certainty: 'likely', severity: 'info' };
    default:
      return null;
  }
}
