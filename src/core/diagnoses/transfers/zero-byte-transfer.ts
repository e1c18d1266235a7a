import type { Reply, Transfer } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf, isEncrypted, sizeAfter } from '../dialogue.ts';
import { transferInWords } from '../wording.ts';

/** The server says 226, and nothing moved. */
export default defineDiagnosis<{ what: string; isEncrypted: boolean; expected: number | null }>({
  id: 'zero-byte-transfer',
  group: 'transfers',
  title: 'complete transfer without a byte',
  severity: 'warning',
  references: ['libcurl error codes (CURLE_GOT_NOTHING, 19)'],
  explanation:
    'The server reports success, but no byte arrived although the file is not empty. Under TLS the cause is mostly the order in which client and server end the TLS connection.',
  remedies: [
    {
      side: 'client',
      text: 'Update the client and its TLS library; try TLS 1.2 (curl --tls-max 1.2) to see whether that is it.',
    },
  ],
  triggers: { codes: [226, 250], traits: ['counted'] },
  *detect(session) {
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const exchange = exchangeOf(session, transfer);
      if (exchange?.final == null || exchange.final.code >= 300 || transfer.direction === 'listing') continue;
      const expected = transfer.announcedBytes;
      const isEmpty = transfer.transferredBytes === 0 && transfer.bytesExact;
      const shown = isEmpty && transfer.direction === 'download' ? exchange.final : null;
      const later = transfer.direction === 'upload' ? emptySizeAfter(exchange.order, transfer) : null;
      const isLoss = shown !== null && expected !== null && expected > (transfer.restartOffset ?? 0);
      if (!isLoss && later === null) continue;
      yield {
        lines: [later ?? exchange.final, exchange],
        data: { what: transferInWords(transfer), isEncrypted: isEncrypted(session), expected },
        side: isEncrypted(session) ? 'client' : 'unknown',
        certainty: 'possible',
        transfer: index,
        dataConnection: transfer.dataConnection,
      };
    }

    /** The next SIZE of the path says 0, although the client sent something. */
    function emptySizeAfter(order: number, { path, transferredBytes }: Transfer): Reply | null {
      if ((transferredBytes ?? 0) === 0) return null;
      const told = sizeAfter(session, order, path)?.final;
      return told?.code === 213 && /^\s*0\s*$/.test(told.text) ? told : null;
    }
  },
  message: ({ what, isEncrypted: overTls }) =>
    `${what} is reported complete, but no byte of it moved.${overTls ? ' Under TLS the way the connection is shut down is the usual reason.' : ''}`,
});
