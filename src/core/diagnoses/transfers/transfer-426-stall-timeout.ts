import { Note } from '../../event.ts';
import type { Remedy } from '../../report.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { type Product, serverOf } from '../products.ts';
import { RESUME } from '../remedies.ts';
import { timerNear } from '../timers.ts';
import { type Attribution, attributedTo, isStallLog } from './attribution.ts';
import { BREAK_TRIGGERS, brokenInWords, elapsedOf, resumeOf } from './broken-transfer.ts';

const REMEDIES: readonly Remedy[] = [
  {
    side: 'network',
    text: 'Look for a path that loses large packets (clamp the MSS, let ICMP "fragmentation needed" pass) and for Wi-Fi power saving.',
  },
  { side: 'client', text: 'Check that its disk, virus scanner or speed limit does not block it.' },
  { side: 'server', text: 'Raise the limit only after these are ruled out.' },
];

interface Data {
  /** Null where the log does not show which transfer it was. */
  readonly found: Attribution | null;
  readonly said: string;
  readonly product: Product | null;
}

/** A transfer in which nothing moved until the server's limit. */
export default defineDiagnosis<Data>({
  id: 'transfer-426-stall-timeout',
  group: 'transfers',
  title: 'transfer ended by the server because no data moved',
  severity: 'error',
  references: ['RFC 959 section 4.2 (421, 426)'],
  explanation:
    "The data connection stood, but nothing moved on it until the server's limit ran out. A slow transfer does not trip this limit. Usual reasons: the link was lost without a sign, the client stopped reading or sending, or packets above a certain size are lost on the path.",
  remedies: [...REMEDIES, RESUME],
  triggers: { ...BREAK_TRIGGERS, notes: [...(BREAK_TRIGGERS.notes ?? []), Note.ServerError] },
  *detect(session) {
    const { product } = serverOf(session);
    for (const found of attributedTo(session, 'stall-timeout')) {
      yield {
        lines: found.lines,
        data: { found, said: '', product },
        side: found.side,
        certainty: found.certainty,
        transfer: found.index,
        dataConnection: found.transfer.dataConnection,
        remedies: [...REMEDIES, ...resumeOf(found)],
        ...elapsedOf(session, found),
        wouldDecide: 'a packet capture at both ends',
      };
    }
    if (session.transfers.length > 0) return;
    const told = session.remarks.find(isStallLog);
    if (told === undefined) return;
    yield {
      lines: [told],
      data: { found: null, said: told.text, product },
      side: 'network',
      certainty: 'possible',
      wouldDecide: 'a packet capture at both ends',
    };
  },
  message: ({ found, said, product }) => {
    if (found === null)
      return `A transfer broke off: no data moved until the server gave up ("${said}"). Which transfer this log does not show.`;
    const { elapsedMs, resolutionMs } = found.extent;
    const timer = elapsedMs === null ? null : timerNear(elapsedMs, product, 'transfer', resolutionMs);
    const limit = timer === null ? '' : ` The time fits the default of its "${timer.name}".`;
    return `${brokenInWords(found)}: ${found.because}.${limit}`;
  },
});
