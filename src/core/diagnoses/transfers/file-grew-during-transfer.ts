import { defineDiagnosis } from '../diagnosis.ts';
import { finalOf, isEncrypted } from '../dialogue.ts';
import { bytesInWords, quotedReply, transferInWords } from '../wording.ts';

/** A file that was still being written while it was fetched. */
export default defineDiagnosis<{ what: string; bytes: number; reply: string }>({
  id: 'file-grew-during-transfer',
  group: 'transfers',
  title: 'file that grew while it was fetched',
  severity: 'notice',
  references: ['curl manual (--ignore-content-length)'],
  explanation:
    'The client fetched exactly as many bytes as SIZE had announced and closed the data connection; the server had more to send and reported an aborted transfer. Typical of log files that are being written.',
  remedies: [{ side: 'client', text: 'curl --ignore-content-length does not ask for the size and reads to the end.' }],
  triggers: { codes: [425, 426, 451], needs: ['client'] },
  *detect(session) {
    if (session.vantage !== 'client') return;
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const final = finalOf(session, transfer);
      if (final === null || final.code < 400 || transfer.direction !== 'download' || isEncrypted(session)) continue;
      const { transferredBytes: moved, announcedBytes, bytesExact } = transfer;
      if (moved === null || !bytesExact || moved !== announcedBytes || moved === 0) continue;
      yield {
        lines: [final, transfer.firstLine],
        data: { what: transferInWords(transfer), bytes: moved, reply: quotedReply(final) },
        side: 'unknown',
        certainty: 'possible',
        transfer: index,
        dataConnection: transfer.dataConnection,
        wouldDecide: 'a second SIZE of the file',
      };
    }
  },
  message: ({ what, bytes, reply }) =>
    `${what} brought all ${bytesInWords(bytes)} that were announced, and the server then said ${reply}: the file may have grown meanwhile.`,
});
