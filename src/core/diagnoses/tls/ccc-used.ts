import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';

/** The control connection went back to clear text. */
export default defineDiagnosis<null>({
  id: 'ccc-used',
  group: 'tls',
  title: 'control connection back in clear',
  severity: 'notice',
  references: ['RFC 4217 sections 5 and 15.3', 'curl manual (--ftp-ssl-ccc)'],
  explanation:
    'By CCC the control connection goes back to clear text after the login, mostly to let NAT devices read and change the dialogue. Commands, names and paths can be read from then on.',
  remedies: [
    { side: 'client', text: 'Leave CCC off (curl without --ftp-ssl-ccc) and use a static passive range instead.' },
  ],
  triggers: { verbs: ['CCC'] },
  *detect(session) {
    for (const ccc of commandsOf(session, [Verb.CCC])) {
      if (ccc.final === null || ccc.final.code >= 300) continue;
      yield { lines: [ccc, ...ccc.replies], data: null, side: 'client', certainty: 'certain' };
      return;
    }
  },
  message: () =>
    'The client let the control connection go back to clear text (CCC); commands and paths could be read from then on.',
});
