import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { shortened } from '../wording.ts';

const CURL_BAD_LIST = 87;
const UNREADABLE =
  /(?:unable|failed|could not|cannot) (?:to )?parse .{0,30}(?:listing|LIST)|unparsable listing|unknown list(?:ing)? format/i;

/** The client could not read a listing. */
export default defineDiagnosis<{ said: string }>({
  id: 'listing-not-understood',
  group: 'health',
  title: 'listing that the client cannot read',
  severity: 'warning',
  references: ['RFC 3659 section 7', 'libcurl error codes (CURLE_FTP_BAD_FILE_LIST, 87)'],
  explanation:
    'LIST has no fixed form, and the client does not know the one this server uses: a Windows form, months in another language, names with blanks at their start. MLSD has a fixed form.',
  remedies: [
    { side: 'client', text: 'Use MLSD where the server lists MLST in FEAT.' },
    { side: 'IIS', text: 'Set the directory listing style to UNIX.' },
  ],
  triggers: { notes: [Note.ClientError, Note.Other] },
  *detect(session) {
    const remark = session.remarks.find(
      ({ note, value, text }) => (note === Note.ClientError && value === CURL_BAD_LIST) || UNREADABLE.test(text),
    );
    if (remark !== undefined)
      yield { lines: [remark], data: { said: shortened(remark.text) }, side: 'unknown', certainty: 'likely' };
  },
  message: ({ said }) => `The listing arrived, and the client could not read its form: "${said}".`,
});
