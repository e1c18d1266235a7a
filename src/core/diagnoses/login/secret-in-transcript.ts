import { Note } from '../../event.ts';
import { Verb } from '../../ftp/verbs.ts';
import type { FormatId } from '../../report.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf, isAnonymous } from '../dialogue.ts';

/** Programs that print PASS as they send it. */
const PRINTS_PASS: Partial<Record<FormatId, string>> = {
  'curl-verbose': 'curl prints',
  'curl-trace': 'curl prints',
  lftp: 'lftp may print',
};

/** The transcript holds a password. */
export default defineDiagnosis<{ where: string }>({
  id: 'secret-in-transcript',
  group: 'login',
  title: 'password in the transcript',
  severity: 'notice',
  references: ['curl manual (--verbose)'],
  explanation:
    'The transcript shows a password: in a command line or URL, or because curl, and sometimes lftp, print PASS as they send it. This program drops it; the file itself still holds it.',
  remedies: [
    {
      side: 'client',
      text: 'Make a copy to share with `ftplens redact`; change the password if the transcript was published.',
    },
  ],
  triggers: { notes: [Note.CommandLine], verbs: ['PASS'], traits: ['client'] },
  perInput: true,
  inMany: 'The transcript shows passwords; share a copy made with `ftplens redact`.',
  *detect(session) {
    const line = session.remarks.find(
      ({ note, text }) => note === Note.CommandLine && /:\*{3}|-u\S*\s+\S*\*{3}/.test(text),
    );
    if (line !== undefined) {
      yield { lines: [line], data: { where: 'in the command line' }, side: 'client', certainty: 'certain' };
      return;
    }
    const prints = PRINTS_PASS[session.format];
    if (prints === undefined) return;
    const pass = [...commandsOf(session, [Verb.PASS])][0];
    if (pass === undefined || isAnonymous(session.user)) return;
    yield {
      lines: [pass],
      data: { where: `in the PASS line, which ${prints} in clear` },
      severity: 'info',
      side: 'client',
      certainty: 'possible',
    };
  },
  message: ({ where }) => `The transcript may show a password ${where}; share a copy made with \`ftplens redact\`.`,
});
