import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { shortened } from '../wording.ts';

const CURL_WRITE_ERROR = 23;
const WRITE_ERROR =
  /Failed (?:writing body|writing received data|to open(?:\/create)? the file)|Could not write to local file|Failure writing output to destination|Could not (?:open|create) (?:local )?file|No space left on device|Can't write to local file/i;

/** The client could not write the file on its own disk. */
export default defineDiagnosis<{ said: string }>({
  id: 'client-write-failed',
  group: 'transfers',
  title: "error on the client's own disk",
  severity: 'notice',
  references: ['libcurl error codes (CURLE_WRITE_ERROR)'],
  explanation:
    'The client could not store what it received: its disk is full, or it may not write there. The server and the network are not at fault; the 426 that the server logs is the consequence.',
  remedies: [{ side: 'client', text: 'Check free space and rights of the local directory.' }],
  triggers: { notes: [Note.ClientError, Note.TransferFailed, Note.Other] },
  *detect(session) {
    if (session.vantage !== 'client') return;
    const remark = session.remarks.find(
      ({ note, value, text }) => (note === Note.ClientError && value === CURL_WRITE_ERROR) || WRITE_ERROR.test(text),
    );
    if (remark === undefined) return;
    yield { lines: [remark], data: { said: shortened(remark.text) }, side: 'client', certainty: 'certain' };
  },
  message: ({ said }) => `The client could not write what it received to its own disk: "${said}".`,
});
