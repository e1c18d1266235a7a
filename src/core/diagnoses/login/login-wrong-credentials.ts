import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { isAnonymous, remarkOf } from '../dialogue.ts';
import { quotedReply, shortened } from '../wording.ts';
import { refusalsFor } from './refusals.ts';

/** Name or password are wrong, as far as the server lets on. */
export default defineDiagnosis<{ user: string | null; said: string | null; times: number; laterAccepted: boolean }>({
  id: 'login-wrong-credentials',
  group: 'login',
  title: 'login refused: name or password',
  severity: 'error',
  references: ['RFC 959 section 5.4 (530)', 'RFC 2577 section 7'],
  explanation:
    "The server refused the login. Most servers give the same answer to an unknown name, a wrong password, a disabled account and a forbidden address, so that attackers learn nothing; only the server's own configuration tells these apart.",
  remedies: [
    { side: 'client', text: 'Enter name and password again; look for blanks at the ends and for the wrong account.' },
    { side: 'client', text: 'In a curl URL write @ : / and % of a password as %40 %3A %2F %25, or use -u.' },
    { side: 'server', text: 'Check that the account exists, is enabled, and may log in from this address.' },
  ],
  triggers: { codes: [530, 430, 421, 550, 501, 332, 532], notes: [Note.LoginRefused] },
  follows: ['charset-mismatch'],
  *detect(session) {
    const all = refusalsFor(session, 'credentials');
    const last = all[all.length - 1];
    const accepted = session.login === 'accepted';
    if (last !== undefined)
      yield {
        lines: [last.reply, ...all.slice(0, -1).map(({ reply }) => reply), last.exchange],
        data: { user: last.user, said: quotedReply(last.reply), times: all.length, laterAccepted: accepted },
        severity: accepted ? 'notice' : 'error',
        side: 'client',
        certainty: 'likely',
      };
    const remark = last === undefined ? remarkOf(session, [Note.LoginRefused]) : null;
    if (remark === null || session.login === 'accepted' || isAnonymous(session.user)) return;
    yield {
      lines: [remark],
      data: { user: session.user, said: null, times: 1, laterAccepted: false },
      side: 'client',
      certainty: 'likely',
    };
  },
  message: ({ user, said, times, laterAccepted }) => {
    const who = user === null ? 'The login' : `The login of "${shortened(user, 60)}"`;
    const often = times === 1 ? '' : ` ${times} times`;
    const reply = said === null ? '' : `: ${said}`;
    const end = laterAccepted ? '; a later try was accepted.' : '. Most likely the name or the password is wrong.';
    return `${who} was refused${often}${reply}${end}`;
  },
});
