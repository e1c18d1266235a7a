import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf } from '../dialogue.ts';
import { quotedReply, transferInWords } from '../wording.ts';
import { namesDataConnection } from './abort-texts.ts';
import { fileProblemOf } from './file-replies.ts';

/** The server could not store the file. */
export default defineDiagnosis<{ what: string; reply: string }>({
  id: 'storage-disk-full',
  group: 'transfers',
  title: 'no space for an upload',
  severity: 'error',
  references: ['RFC 959 section 4.2.1 (452)'],
  explanation:
    'The server could not write the file. Mostly its disk is full; a quota of the file system or an error of the disk gives the same reply on some servers.',
  remedies: [
    { side: 'server', text: 'Free space on its disk, and check the quota of the account.' },
    { side: 'client', text: 'Remove the partial file before the next try.' },
  ],
  triggers: { codes: [425, 450, 451, 452, 550, 552, 553] },
  *detect(session) {
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const final = exchangeOf(session, transfer)?.final ?? null;
      if (final === null || transfer.direction !== 'upload' || transfer.outcome === 'completed') continue;
      const problem = fileProblemOf(final.text);
      const isWriteError =
        final.code === 425 && /^Error writing to file/i.test(final.text) && !/ECONN|EPIPE/.test(final.text);
      const isFull = problem === 'disk-full' || (final.code === 452 && problem !== 'quota') || isWriteError;
      // What a reply ends with, `Transfer aborted`, says less than what it begins with.
      const isNamed = problem === 'disk-full' && !/ECONN|EPIPE/.test(final.text);
      if (!isFull || (namesDataConnection(final.text) && !isNamed && !isWriteError && final.code !== 452)) continue;
      yield {
        lines: [final, transfer.firstLine],
        data: { what: transferInWords(transfer), reply: quotedReply(final) },
        side: 'server',
        certainty: 'likely',
        transfer: index,
        dataConnection: transfer.dataConnection,
      };
    }
  },
  message: ({ what, reply }) => `${what} failed because the server could not store it: ${reply}.`,
});
