import { defineDiagnosis } from '../diagnosis.ts';
import { bytesInWords, transferInWords } from '../wording.ts';

/** SIZE and the bytes moved differ because of ASCII mode. */
export default defineDiagnosis<{ what: string; moved: number; expected: number }>({
  id: 'ascii-size-mismatch',
  group: 'transfers',
  title: 'size that differs by the line ends of ASCII mode',
  severity: 'notice',
  references: ['RFC 3659 section 4'],
  explanation:
    'In TYPE A each line end may take one byte more or less than in the file. RFC 3659 wants SIZE to tell the size as transferred; many servers tell the size on disk.',
  remedies: [{ side: 'client', text: 'Use TYPE I if the sizes have to agree.' }],
  triggers: { verbs: ['RETR', 'STOR'], traits: ['ascii'] },
  *detect(session) {
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const { transferredBytes: moved, announcedBytes: expected, bytesExact, type, direction } = transfer;
      if (type !== 'ascii' || direction === 'listing' || transfer.outcome !== 'completed') continue;
      if (moved === null || expected === null || !bytesExact || moved === expected) continue;
      // At most one byte for each line, and lines have at least one character more.
      if (Math.abs(moved - expected) > Math.max(moved, expected) / 2) continue;
      yield {
        lines: [transfer.lastLine, transfer.firstLine],
        data: { what: transferInWords(transfer), moved, expected },
        side: 'server',
        certainty: 'likely',
        transfer: index,
      };
    }
  },
  message: ({ what, moved, expected }) =>
    `${what} moved ${bytesInWords(moved)} where ${bytesInWords(expected)} were announced; in ASCII mode the line ends make that difference.`,
});
