import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { firstAnswerOf } from '../dialogue.ts';

/** The file had been complete before. */
export default defineDiagnosis<null>({
  id: 'resume-nothing-left',
  group: 'transfers',
  title: 'resume of a complete file',
  severity: 'info',
  references: ['RFC 3659 section 5'],
  explanation: 'The client wanted to resume, and the file was already complete; nothing was transferred.',
  remedies: [],
  triggers: { codes: [226], notes: [Note.TransferNotNeeded], traits: ['restart', 'client'] },
  *detect(session) {
    const answer = firstAnswerOf(session, [226], /Nothing left to/i);
    const remark = session.remarks.find(
      ({ note, text }) => note === Note.TransferNotNeeded && /already completely|Nothing left/i.test(text),
    );
    const whole = session.transfers.find(
      ({ restartOffset, announcedBytes, outcome }) =>
        restartOffset !== null && restartOffset > 0 && restartOffset === announcedBytes && outcome === 'completed',
    );
    const shown = answer?.reply ?? remark ?? whole?.firstLine;
    if (shown === undefined) return;
    yield { lines: [shown], data: null, side: 'unknown', certainty: 'certain' };
  },
  message: () => 'The file to resume was already complete; nothing was left to transfer.',
});
