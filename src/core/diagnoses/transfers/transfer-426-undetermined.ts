import { defineDiagnosis } from '../diagnosis.ts';
import { READ_CLIENT_LOG, RESUME } from '../remedies.ts';
import { type Attribution, attributedTo } from './attribution.ts';
import { BREAK_TRIGGERS, brokenInWords, elapsedOf } from './broken-transfer.ts';

/** A transfer that broke off, where the transcript does not tell why. */
export default defineDiagnosis<Attribution>({
  id: 'transfer-426-undetermined',
  group: 'transfers',
  title: 'aborted transfer whose cause the transcript does not show',
  severity: 'warning',
  references: ['RFC 959 section 4.2 (426)'],
  explanation:
    'The data connection stood and then broke. A 426 tells no more than that: the client may have closed it, a device on the path may have cut it, or one of the two ends may have failed. The evidence in the transcript does not favour one of them.',
  remedies: [READ_CLIENT_LOG, RESUME],
  triggers: BREAK_TRIGGERS,
  *detect(session) {
    const other = session.vantage === 'client' ? "the server's log" : "the client's log";
    for (const found of attributedTo(session, 'undetermined'))
      yield {
        lines: found.lines,
        data: found,
        side: found.side,
        certainty: found.certainty,
        transfer: found.index,
        dataConnection: found.transfer.dataConnection,
        ...elapsedOf(session, found),
        wouldDecide: `${other} of the same minute, the offset of a resume, or a packet capture`,
      };
  },
  message: (found) => `${brokenInWords(found)}. Who ended it cannot be told: ${found.because}.`,
});
