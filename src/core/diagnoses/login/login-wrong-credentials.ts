import { Note } from '../../event.ts';
import type { Session } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { isAnonymous, remarkOf } from '../dialogue.ts';
import { counted, grouped, quotedReply, shortened } from '../wording.ts';
import { refusalsFor } from './refusals.ts';

interface Data {
  /** The name of the last try. */
  readonly user: string | null;
  readonly said: string | null;
  readonly times: number;
  /** Names that were tried. */
  readonly names: number;
  readonly accepted: 'before' | 'later' | null;
}

/** Name or password are wrong, as far as the server lets on. */
export default defineDiagnosis<Data>({
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
  triggers: { codes: [530, 430, 421, 550, 501, 332, 532], notes: [Note.LoginRefused], needs: ['sentAway'] },
  follows: ['charset-mismatch'],
  *detect(session) {
    const all = refusalsFor(session, 'credentials');
    const last = all[all.length - 1];
    const accepted = session.login === 'accepted' ? acceptedAt(session) : null;
    if (last !== undefined)
      yield {
        lines: [last.reply, ...all.slice(0, -1).map(({ reply }) => reply), last.exchange],
        data: {
          user: last.user,
          said: quotedReply(last.reply),
          times: all.length,
          names: new Set(all.map(({ user }) => user)).size,
          accepted: accepted === null ? null : accepted < last.exchange.order ? 'before' : 'later',
        },
        severity: accepted === null ? 'error' : 'notice',
        side: 'client',
        certainty: 'likely',
      };
    const remark = last === undefined ? remarkOf(session, [Note.LoginRefused]) : null;
    if (remark === null || session.login === 'accepted' || isAnonymous(session.user)) return;
    yield {
      lines: [remark],
      data: { user: session.user, said: null, times: 1, names: 1, accepted: null },
      side: 'client',
      certainty: 'likely',
    };
  },
  message: ({ user, said, times, names, accepted }) => {
    const name = user === null ? '' : ` "${shortened(user, 60)}"`;
    const who =
      names > 1
        ? `${counted(times, 'login')} under ${counted(names, 'name')}, the last one${name}, were refused`
        : `The login${name === '' ? '' : ` of${name}`} was refused${times === 1 ? '' : ` ${grouped(times)} times`}`;
    const reply = said === null ? '' : `: ${said}`;
    const end = {
      later: '; a later try was accepted.',
      before: '. The login before it was accepted.',
      none: `. Most likely the name or the password ${names > 1 ? 'was' : 'is'} wrong.`,
    };
    return `${who}${reply}${end[accepted ?? 'none']}`;
  },
});

/** Where the last login was accepted, in the order of events. */
function acceptedAt(session: Session): number {
  return session.exchanges.findLast(({ final }) => final?.code === 230)?.order ?? Number.POSITIVE_INFINITY;
}
