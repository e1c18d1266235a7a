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
  perInput: true,
  inMany: 'The start or the end of sessions is not in the transcript; nothing is concluded from what is missing.',
  triggers: { traits: ['cut'] },
  *detect(session) {
    const head = session.gaps.includes('head');
    const tail = session.gaps.includes('tail');
    // A client that logged in wanted something; its end is not shown. curl may have wanted to know a size only.
    const isEarly =
      session.end === 'unfinished' &&
      !session.format.startsWith('curl') &&
      session.login === 'accepted' &&
      session.transfers.length === 0 &&
      session.errors.length === 0;
    if (!head && !tail && !isEarly) return;
    yield {
      lines: tail || isEarly ? [session.lastLine] : [session.firstLine],
      data: { head, tail: tail || isEarly },
      side: 'unknown',
      certainty: 'certain',
    };
  },
  message: ({ head, tail }) =>
    `The session's ${head && tail ? 'start and end are' : head ? 'start is' : 'end is'} not in the transcript; nothing is concluded from what is missing.`,
});
