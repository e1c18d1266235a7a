import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { durationInWords } from '../wording.ts';
import { medianOf, replyTimesOf } from './reply-times.ts';

const PER_TRANSFER = 8;
const ENOUGH_TRANSFERS = 5;

/** Round trips take more than the data. */
export default defineDiagnosis<{ commands: number; transfers: number; cwds: number; costMs: number | null }>({
  id: 'chatty-session',
  group: 'health',
  title: 'many commands for each transfer',
  severity: 'info',
  references: ['curl manual (--ftp-method)'],
  explanation:
    'The client sends many commands for each file, and each costs a round trip. Changing the directory step by step is the usual reason.',
  remedies: [{ side: 'client', text: 'curl --ftp-method nocwd or singlecwd saves the steps through directories.' }],
  triggers: { verbs: ['CWD', 'RETR', 'STOR'] },
  perInput: true,
  inMany: 'Clients send many commands for each file; the round trips take longer than the data.',
  *detect(session) {
    const transfers = session.transfers.filter(({ direction }) => direction !== 'listing').length;
    if (transfers < ENOUGH_TRANSFERS || session.commandCount <= PER_TRANSFER * transfers) return;
    const usual = medianOf(replyTimesOf(session).map(({ ms }) => ms));
    const cwds = session.exchanges.filter(({ verbId }) => verbId === Verb.CWD).length;
    yield {
      lines: [session.firstLine],
      data: {
        commands: session.commandCount,
        transfers,
        cwds,
        costMs: usual === null || usual === 0 ? null : usual * session.commandCount,
      },
      side: 'client',
      certainty: 'certain',
    };
  },
  message: ({ commands, transfers, cwds, costMs }) =>
    `${commands} commands for ${transfers} files${cwds > transfers ? `, ${cwds} of them CWD` : ''}${costMs === null ? '' : `: the round trips alone take about ${durationInWords(costMs)}`}.`,
});
