import type { PairedTransfer } from '../../pairing/paired.ts';
import { bytesInWords, transferInWords } from '../wording.ts';
import { definePairDiagnosis } from './pair-diagnosis.ts';

/** Both records count the bytes of a transfer that the server called complete, and the counts differ. */
export default definePairDiagnosis<PairedTransfer>({
  id: 'pair-byte-count-disagree',
  group: 'pairs',
  title: 'byte counts of the two sides disagree',
  severity: 'warning',
  references: ['RFC 959 section 3.4.1 (stream mode)'],
  explanation:
    'The server called the transfer complete, and the two sides counted different numbers of bytes. In image type they must be equal: something between them, a proxy or a scanner, changed or cut the data, or one side did not count to the end.',
  remedies: [{ side: 'client', text: 'Compare checksums of both copies, or transfer the file again.' }],
  *detect({ transfers }) {
    for (const transfer of transfers) {
      const { client, server } = transfer;
      if (server.outcome !== 'completed' || client.direction === 'listing' || client.type === 'ascii') continue;
      if (server.type === 'ascii' || client.transferredBytes === null || server.transferredBytes === null) continue;
      if (!client.bytesExact || !server.bytesExact || client.transferredBytes === server.transferredBytes) continue;
      // Of what a client breaks off, bytes are still under way.
      if (client.outcome !== 'completed') continue;
      yield {
        client: [transfer.clientExchange],
        server: [transfer.serverExchange],
        data: transfer,
        side: 'unknown',
        certainty: 'possible',
        transfer,
        wouldDecide: 'checksums of the file on both sides',
      };
    }
  },
  message: ({ client, server }) =>
    `${transferInWords(client)} was called complete, but the server counted ${bytesInWords(server.transferredBytes!)} and the client ${bytesInWords(client.transferredBytes!)}.`,
});
