import { defineDiagnosis } from '../diagnosis.ts';
import { type Attribution, attributedTo } from './attribution.ts';
import { BREAK_TRIGGERS, brokenInWords } from './broken-transfer.ts';

/** A transfer that the client stopped on purpose. */
export default defineDiagnosis<Attribution>({
  id: 'transfer-426-client-abort',
  group: 'transfers',
  title: "transfer aborted at the client's request",
  severity: 'notice',
  references: ['RFC 959 section 4.1.3 (ABOR)'],
  explanation:
    'The client sent ABOR, or says that its user stopped the transfer. The server then answers the transfer with 426 and the ABOR with 226. Nothing is wrong; the 226 does not mean that the file arrived.',
  remedies: [],
  triggers: BREAK_TRIGGERS,
  *detect(session) {
    for (const found of attributedTo(session, 'client-abort'))
      yield {
        lines: found.lines,
        data: found,
        side: found.side,
        certainty: found.certainty,
        transfer: found.index,
        dataConnection: found.transfer.dataConnection,
      };
  },
  message: (found) => `${brokenInWords(found)}, because the client wanted it: ${found.because}.`,
});
