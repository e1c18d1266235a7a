import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf } from '../dialogue.ts';
import { quotedReply, transferInWords } from '../wording.ts';
import { isLocalErrorText, namesDataConnection } from './abort-texts.ts';
import { fileProblemOf } from './file-replies.ts';

/** The server failed to read or process the file. */
export default defineDiagnosis<{ what: string; reply: string }>({
  id: 'transfer-451-local-error',
  group: 'transfers',
  title: 'local error of the server during a transfer',
  severity: 'error',
  references: ['RFC 959 section 4.2.1 (451)'],
  explanation:
    'The server could not read, write or process the file: a disk error, a lock, lack of memory, a file that vanished. The data connection was not the cause.',
  remedies: [{ side: 'server', text: 'Look at its disk, at locks on the file and at its system log of that minute.' }],
  triggers: { codes: [425, 426, 450, 451, 550] },
  *detect(session) {
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const final = exchangeOf(session, transfer)?.final ?? null;
      if (final === null || final.code < 400) continue;
      const isNamed = final.code === 426 && isLocalErrorText(final.text);
      if (!isNamed && (namesDataConnection(final.text) || /\b(?:TLS|SSL)\b/.test(final.text))) continue;
      const problem = fileProblemOf(final.text);
      const isOther = problem !== 'unknown' && problem !== 'read-error';
      const isLocal = (final.code === 451 && !isOther) || problem === 'read-error' || /zlib error/i.test(final.text);
      if (!isLocal && !isNamed) continue;
      yield {
        lines: [final, transfer.firstLine],
        data: { what: transferInWords(transfer), reply: quotedReply(final) },
        side: 'server',
        certainty: final.code === 451 || problem === 'read-error' || isNamed ? 'certain' : 'likely',
        transfer: index,
        dataConnection: transfer.dataConnection,
      };
    }
  },
  message: ({ what, reply }) => `${what} failed by an error within the server: ${reply}.`,
});
