import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { greetingOf } from '../dialogue.ts';
import { durationInWords } from '../wording.ts';

const SLOW_MS = 5000;

/** A long wait for the greeting. */
export default defineDiagnosis<{ ms: number }>({
  id: 'slow-welcome',
  group: 'health',
  title: 'late greeting',
  severity: 'warning',
  references: ['RFC 959 section 5.4 (120, 220)'],
  explanation:
    'The connection stood, and the greeting came late. Waits of 5, 10 or 30 s mostly come from the server: it looks up the name of the client, or asks the client who it is (ident), and gets no answer.',
  remedies: [
    { side: 'vsftpd', text: 'Set reverse_lookup_enable=NO.' },
    { side: 'ProFTPD', text: 'Set UseReverseDNS off and IdentLookups off.' },
    { side: 'server', text: 'Repair name resolution there, or switch these look-ups off.' },
  ],
  triggers: { notes: [Note.ConnectAttempt] },
  *detect(session) {
    if (session.vantage !== 'client') return;
    const greeting = greetingOf(session);
    const attempts = session.remarks.filter(({ note }) => note === Note.ConnectAttempt);
    const last = attempts[attempts.length - 1];
    if (greeting === null || last === undefined || last.atMs === null || greeting.reply.atMs === null) return;
    const ms = greeting.reply.atMs - last.atMs;
    if (greeting.reply.order < last.order || ms < SLOW_MS + (session.resolutionMs ?? 0)) return;
    yield {
      lines: [greeting.reply, last],
      data: { ms },
      severity: ms < 2 * SLOW_MS ? 'notice' : 'warning',
      side: 'server',
      certainty: 'possible',
      elapsedMs: ms,
    };
  },
  message: ({ ms }) =>
    `The greeting came ${durationInWords(ms)} after the client began to connect; the server may wait for a name look-up.`,
});
