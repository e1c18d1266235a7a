import { defineDiagnosis } from '../diagnosis.ts';

/** The transcript begins or ends in the middle of a session. */
export default defineDiagnosis<{ head: boolean; tail: boolean }>({
  id: 'log-truncated',
  group: 'health',
  title: 'transcript that begins or ends within a session',
  severity: 'info',
  references: [],
  explanation:
    'The start or the end of the session is not in the transcript. What is absent from it proves nothing, so findings that reason from something missing are not made for such a session.',
  remedies: [
    { side: 'unknown', text: 'Look for the rest: an older log file, or the lines before and after the copied part.' },
  ],
  *detect(session) {
    const head = session.gaps.includes('head');
    const tail = session.gaps.includes('tail');
    if (!head && !tail) return;
    yield {
      lines: tail ? [session.lastLine] : [session.firstLine],
      data: { head, tail },
      side: 'unknown',
      certainty: 'certain',
    };
  },
  message: ({ head, tail }) =>
    `The session's ${head && tail ? 'start and end are' : head ? 'start is' : 'end is'} not in the transcript; nothing is concluded from what is missing.`,
});
