import { defineDiagnosis } from '../diagnosis.ts';

/** The log does not hold what would answer the question. */
export default defineDiagnosis<{ hidden: 'commands' | 'replies' }>({
  id: 'log-level-insufficient',
  group: 'health',
  title: 'log that shows too little',
  severity: 'info',
  references: [],
  explanation:
    'Something went wrong in the session, and the log is set to leave out the commands or the replies that would tell why.',
  remedies: [
    {
      side: 'client',
      text: 'FileZilla: Settings > Debug, level 2 or 3, with detailed log lines; curl: -v --trace-time.',
    },
    { side: 'vsftpd', text: 'Set log_ftp_protocol=YES.' },
    { side: 'FileZilla Server 1.x', text: 'Logging: raise the log level to Debug.' },
    { side: 'ProFTPD', text: 'Write an ExtendedLog with %r %s and %S.' },
  ],
  perInput: true,
  inMany: 'The log leaves out the commands or replies that would tell what went wrong.',
  triggers: { traits: ['cut'] },
  *detect(session) {
    const hidden = session.gaps.includes('commands-hidden')
      ? 'commands'
      : session.gaps.includes('replies-not-logged')
        ? 'replies'
        : null;
    // Where its command is shown, the log tells what there is to tell.
    const wrong = session.transfers.find(
      ({ outcome, finalCode, exchange }) =>
        outcome !== 'completed' && finalCode === null && (hidden === 'replies' || exchange === null),
    );
    if (hidden === null || (wrong === undefined && (session.login !== 'refused' || session.errors.length > 0))) return;
    yield {
      lines: [wrong?.lastLine ?? session.lastLine],
      data: { hidden },
      side: 'unknown',
      certainty: 'certain',
    };
  },
  message: ({ hidden }) => `Something went wrong here, and the log does not show the ${hidden} that would tell why.`,
});
