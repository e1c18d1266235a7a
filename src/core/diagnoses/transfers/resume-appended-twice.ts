import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf, sizeBefore } from '../dialogue.ts';
import { bytesInWords, shortened } from '../wording.ts';

/** A resumed upload that does not join the first part. */
export default defineDiagnosis<{ path: string; held: number; offset: number }>({
  id: 'resume-appended-twice',
  group: 'transfers',
  title: 'resumed upload that does not join the first part',
  severity: 'warning',
  references: ['RFC 3659 section 5.3'],
  explanation:
    'The server held a part of the file, and the client resumed at another offset than the end of that part. A gap or a part that is written twice is the result.',
  remedies: [{ side: 'client', text: 'Compare the sizes; when in doubt upload the file from its beginning.' }],
  triggers: { verbs: ['STOR'], traits: ['restart'] },
  *detect(session) {
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const { path, restartOffset: offset, direction } = transfer;
      const exchange = exchangeOf(session, transfer);
      if (direction !== 'upload' || exchange?.verbId !== Verb.STOR || path === null || !offset) continue;
      const last = sizeBefore(session, exchange.order, path);
      const held = Number.parseInt(last?.final?.text ?? '', 10);
      if (last === null || Number.isNaN(held) || held === offset) continue;
      yield {
        lines: [exchange, last.final!, last],
        data: { path, held, offset },
        side: 'client',
        certainty: 'likely',
        transfer: index,
      };
    }
  },
  message: ({ path, held, offset }) =>
    `The server held ${bytesInWords(held)} of "${shortened(path, 80)}", and the client resumed at ${bytesInWords(offset)}: ${offset > held ? 'a gap is left' : 'a part is written twice'}.`,
});
