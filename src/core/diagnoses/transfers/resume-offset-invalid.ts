import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis, type Shown } from '../diagnosis.ts';
import { answersOf, commandsOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';
import { fileProblemOf } from './file-replies.ts';

const CURL_BAD_RESUME = 36;
const RESUMED: readonly number[] = [Verb.RETR, Verb.STOR, Verb.APPE, Verb.REST];

/** The offset lies beyond the end of the file. */
export default defineDiagnosis<{ said: string }>({
  id: 'resume-offset-invalid',
  group: 'transfers',
  title: 'resume beyond the end of the file',
  severity: 'error',
  references: ['RFC 3659 section 5.3'],
  explanation:
    'The client wanted to resume at an offset beyond the end of the file. The file was replaced by a smaller one, or the local part belongs to another file.',
  remedies: [{ side: 'client', text: 'Delete the local part and transfer the file from its beginning.' }],
  triggers: { verbs: ['REST', 'APPE', 'RETR', 'SIZE'], traits: ['client', 'restart'] },
  *detect(session) {
    const found = byReply() ?? bySize() ?? byClient();
    if (found !== null) yield { lines: found.lines, data: { said: found.said }, side: 'client', certainty: 'likely' };

    function byReply(): { lines: Shown[]; said: string } | null {
      for (const { exchange, reply } of answersOf(session, [550, 554, 551, 501, 450], undefined, RESUMED))
        if (fileProblemOf(reply.text) === 'offset') return { lines: [reply, exchange], said: quotedReply(reply) };
      return null;
    }
    function bySize(): { lines: Shown[]; said: string } | null {
      for (const rest of commandsOf(session, [Verb.REST])) {
        const transfer = session.transfers.find(
          ({ restartOffset, outcome }) => restartOffset !== null && outcome === 'failed',
        );
        const offset = Number.parseInt(rest.argument ?? '', 10);
        if (transfer === undefined || transfer.restartOffset !== offset || transfer.announcedBytes === null) continue;
        if (offset > transfer.announcedBytes)
          return { lines: [rest, transfer.firstLine], said: `REST ${offset} of ${transfer.announcedBytes} bytes` };
      }
      return null;
    }
    function byClient(): { lines: Shown[]; said: string } | null {
      const remark = session.remarks.find(({ value, text }) => value === CURL_BAD_RESUME && /Offset/i.test(text));
      return remark === undefined ? null : { lines: [remark], said: `"${remark.text}"` };
    }
  },
  message: ({ said }) => `The client wanted to resume beyond the end of the file: ${said}.`,
});
