import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf, typeAt } from '../dialogue.ts';

/** A resume in ASCII mode. */
export default defineDiagnosis<{ offset: string }>({
  id: 'resume-in-ascii',
  group: 'transfers',
  title: 'resume in ASCII mode',
  severity: 'warning',
  references: ['RFC 3659 section 5.2'],
  explanation:
    'An offset counts bytes as they are transferred. In TYPE A they are not those of the file, so that the two parts may not fit together.',
  remedies: [{ side: 'client', text: 'Send TYPE I before REST.' }],
  triggers: { verbs: ['REST'] },
  *detect(session) {
    for (const rest of commandsOf(session, [Verb.REST])) {
      const offset = (rest.argument ?? '').trim();
      if (/^0*$/.test(offset) || typeAt(session, rest.order) !== 'ascii') continue;
      yield { lines: [rest, ...rest.replies], data: { offset }, side: 'client', certainty: 'certain' };
      return;
    }
  },
  message: ({ offset }) => `The client resumed at offset ${offset} in ASCII mode, where offsets do not fit the file.`,
});
