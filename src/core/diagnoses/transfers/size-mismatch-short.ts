import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf, remarksBetween, spanOf } from '../dialogue.ts';
import { RESUME } from '../remedies.ts';
import { bytesInWords, transferInWords } from '../wording.ts';

interface Data {
  readonly what: string;
  readonly moved: number | null;
  readonly expected: number | null;
  readonly missing: number | null;
  readonly finalCode: number | null;
}

/** Fewer bytes arrived than were announced. */
export default defineDiagnosis<Data>({
  id: 'size-mismatch-short',
  group: 'transfers',
  title: 'fewer bytes than announced',
  severity: 'error',
  references: ['RFC 3659 section 4', 'libcurl error codes (CURLE_PARTIAL_FILE)'],
  explanation:
    'The client counted fewer bytes than SIZE or the 150 reply announced. If the server says 226 all the same, the file shrank, the server stopped early, or a proxy cut the transfer. curl since 7.50.2 closes the control connection in that case without reading the final reply, so that a 426 may have been sent and is not shown.',
  remedies: [RESUME],
  triggers: { verbs: ['RETR'], notes: [Note.TransferCut], traits: ['client'] },
  follows: [
    'ascii-size-mismatch',
    'client-inactivity-timeout',
    'tls-session-not-resumed',
    'transfer-426-undetermined',
    'transfer-426-network-reset',
    'transfer-426-client-closed-data',
    'transfer-426-client-abort',
    'transfer-426-stall-timeout',
    'tls-data-handshake-failed',
    'tls-data-close-notify-missing',
    'curl-range-early-stop',
  ],
  *detect(session) {
    if (session.vantage !== 'client') return;
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const exchange = exchangeOf(session, transfer);
      if (transfer.direction !== 'download' || exchange === null || transfer.type === 'ascii') continue;
      const { from, to } = spanOf(session, transfer);
      const cut = remarksBetween(session, from, to, [Note.TransferCut])[0];
      const moved = transfer.transferredBytes;
      const expected =
        transfer.announcedBytes === null ? null : transfer.announcedBytes - (transfer.restartOffset ?? 0);
      const isCounted = moved !== null && transfer.bytesExact && expected !== null && moved < expected;
      const isDone = transfer.outcome === 'completed' && exchange.final !== null;
      const isShort = cut !== undefined || (isCounted && (transfer.clientError !== null || isDone));
      const code = exchange.final?.code ?? null;
      if (!isShort || (code !== null && code >= 300)) continue;
      const missing = cut === undefined || Number.isNaN(cut.value) ? null : cut.value;
      yield {
        lines: [
          ...(cut === undefined ? [transfer.clientError?.line ?? transfer.lastLine] : [cut]),
          ...(exchange.final === null ? [] : [exchange.final]),
          exchange,
        ],
        data: { what: transferInWords(transfer), moved, expected, missing, finalCode: code },
        side: code === null ? 'unknown' : 'server',
        certainty: code === null ? 'possible' : 'likely',
        transfer: index,
        dataConnection: transfer.dataConnection,
        wouldDecide: "the server's log of the same minute",
      };
    }
  },
  message: ({ what, moved, expected, missing, finalCode }) => {
    const share =
      moved !== null && expected !== null
        ? ` with ${bytesInWords(moved)} of ${bytesInWords(expected)}`
        : missing !== null
          ? ` with ${bytesInWords(missing)} missing`
          : ' too early';
    return `${what} ended${share}${finalCode === null ? "; the server's final reply is not on record" : `, although the server said ${finalCode}`}.`;
  },
});
