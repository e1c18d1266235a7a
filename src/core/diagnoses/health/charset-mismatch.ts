import { Note } from '../../event.ts';
import { defineDiagnosis, type Shown } from '../diagnosis.ts';
import { answersOf } from '../dialogue.ts';
import { refusedFilesOf } from '../transfers/refused-files.ts';
import { quotedReply, shortened } from '../wording.ts';

const REFUSED = /failed to decode string|invalid (?:UTF-?8|character)|illegal byte sequence|not (?:valid )?UTF-?8/i;
const REMARK = /Invalid character sequence received|does not support non-ASCII|Login data contains non-ASCII/i;
/** UTF-8 read as a Windows code page: `Ã¤`, `Ã©`, `â€™`. */
const MOJIBAKE = /Ã[\u0080-\u00bf\u0192\u2018-\u2026]|â€/;

/** Names are not in the same character set on both sides. */
export default defineDiagnosis<{ said: string; matters: boolean }>({
  id: 'charset-mismatch',
  group: 'health',
  title: 'file names in different character sets',
  severity: 'warning',
  references: ['RFC 2640 section 2.2'],
  explanation:
    'Names with letters beyond ASCII are written in one character set by the client and read in another by the server. Files are not found, or get strange names.',
  remedies: [
    {
      side: 'client',
      text: 'FileZilla: Site Manager > Charset; other clients: use UTF-8 if the server lists UTF8 in FEAT.',
    },
    { side: 'server', text: 'Use a server that speaks UTF-8; FileZilla Server speaks nothing else.' },
  ],
  triggers: { codes: [501, 504, 550, 553], notes: [Note.Other, Note.ClientError, Note.ServerError] },
  *detect(session) {
    const found = refusal() ?? mojibake() ?? remark();
    if (found === null) return;
    yield {
      lines: found.lines,
      data: { said: found.said, matters: found.matters },
      severity: found.matters ? 'warning' : 'notice',
      side: 'client',
      certainty: found.matters ? 'likely' : 'possible',
    };

    function refusal(): { lines: Shown[]; said: string; matters: boolean } | null {
      for (const { exchange, reply } of answersOf(session, [501, 550, 553], REFUSED))
        return { lines: [reply, exchange], said: quotedReply(reply), matters: true };
      return null;
    }
    function mojibake(): { lines: Shown[]; said: string; matters: boolean } | null {
      for (const { exchange, reply } of refusedFilesOf(session)) {
        const path = exchange.argument ?? '';
        if (path.includes('\ufffd') || MOJIBAKE.test(path))
          return { lines: [reply, exchange], said: `"${shortened(path, 60)}"`, matters: true };
      }
      return null;
    }
    function remark(): { lines: Shown[]; said: string; matters: boolean } | null {
      const told = session.remarks.find(({ text }) => REMARK.test(text));
      return told === undefined ? null : { lines: [told], said: `"${shortened(told.text)}"`, matters: false };
    }
  },
  message: ({ said, matters }) =>
    matters
      ? `A name is not in the character set that the server expects: ${said}.`
      : `Client and server do not agree on a character set: ${said}. Names beyond ASCII may be wrong.`,
});
