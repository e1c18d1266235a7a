import { defineDiagnosis } from '../diagnosis.ts';
import { READ_CLIENT_LOG, RESUME } from '../remedies.ts';
import { type Attribution, attributedTo } from './attribution.ts';
import { BREAK_TRIGGERS, brokenInWords, elapsedOf } from './broken-transfer.ts';

/** A transfer that something outside FTP broke. */
export default defineDiagnosis<Attribution>({
  id: 'transfer-426-network-reset',
  group: 'transfers',
  title: 'data connection broken by the network or the end of the client',
  severity: 'error',
  references: ['RFC 959 section 4.2 (426)'],
  explanation:
    'The data connection was reset or lost, and no command asked for it. Either a device on the path cut it, or the client or its network went away: the control connection then ends with it.',
  remedies: [
    RESUME,
    READ_CLIENT_LOG,
    { side: 'network', text: 'Check session and idle limits of firewalls on the path; capture packets at both ends.' },
  ],
  triggers: BREAK_TRIGGERS,
  *detect(session) {
    for (const found of attributedTo(session, 'network-reset'))
      yield {
        lines: found.lines,
        data: found,
        side: found.side,
        certainty: found.certainty,
        transfer: found.index,
        dataConnection: found.transfer.dataConnection,
        ...elapsedOf(session, found),
        wouldDecide: "the other side's log of the same minute, or a packet capture at both ends",
      };
  },
  message: (found) => `${brokenInWords(found)}: ${found.because}.`,
});
