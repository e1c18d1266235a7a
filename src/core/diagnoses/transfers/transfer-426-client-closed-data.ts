import { defineDiagnosis } from '../diagnosis.ts';
import { READ_CLIENT_LOG, RESUME } from '../remedies.ts';
import { type Attribution, attributedTo } from './attribution.ts';
import { BREAK_TRIGGERS, brokenInWords, elapsedOf } from './broken-transfer.ts';

/** A download that the client left without saying so. */
export default defineDiagnosis<Attribution>({
  id: 'transfer-426-client-closed-data',
  group: 'transfers',
  title: 'data connection closed by the client without ABOR',
  severity: 'warning',
  references: ['RFC 959 section 3.2'],
  explanation:
    'While the server was still sending, the data connection was closed from the other end, and the client went on with the session or reported an error of its own. Usual reasons: the user pressed stop, the local disk was full, the program had read enough, or it expected a smaller file.',
  remedies: [READ_CLIENT_LOG, RESUME],
  triggers: BREAK_TRIGGERS,
  *detect(session) {
    for (const found of attributedTo(session, 'client-closed-data'))
      yield {
        lines: found.lines,
        data: found,
        side: found.side,
        certainty: found.certainty,
        transfer: found.index,
        dataConnection: found.transfer.dataConnection,
        ...elapsedOf(session, found),
        wouldDecide: "the client's log of the same minute",
      };
  },
  message: (found) =>
    `${brokenInWords(found)}. Most likely the client closed the data connection without ABOR: ${found.because}.`,
});
