import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply, shortened } from '../wording.ts';
import { pathOf, type RefusedFile, refusedFilesOf, transfersOf } from './refused-files.ts';

interface Data {
  readonly verb: string;
  readonly path: string | null;
  readonly reply: string;
  readonly isLocked: boolean;
  readonly heldBy: boolean;
}

/** Permissions or a lock keep the client from a file. */
export default defineDiagnosis<Data>({
  id: 'file-locked-or-denied',
  group: 'transfers',
  title: 'file refused by permissions or a lock',
  severity: 'error',
  references: ['RFC 959 section 5.4 (450, 550, 553)'],
  explanation:
    'The server refused to open, write or change the file: the account may not, or another program or session holds it open, such as a broken upload that the server has not given up yet.',
  remedies: [
    {
      side: 'server',
      text: 'Give the account the right it needs (read, write, append, delete, create) on that folder.',
    },
    { side: 'server', text: 'If the file is in use, close the program or the old session that holds it.' },
  ],
  triggers: { codes: [450, 550, 551, 553] },
  *detect(session) {
    const all = [...refusedFilesOf(session)].filter(isDenied);
    const first = all[0];
    if (first === undefined) return;
    const path = pathOf(first.exchange);
    const heldBy = session.transfers.some(
      (transfer, index) =>
        transfer.direction === 'upload' &&
        transfer.path === path &&
        transfer.outcome !== 'completed' &&
        index < (first.transfer ?? 0),
    );
    const isLocked = first.problem === 'in-use' || /Could not open file for writing/i.test(first.reply.text);
    yield {
      lines: all.slice(0, 4).flatMap(({ reply, exchange }) => [reply, exchange]),
      data: { verb: first.exchange.verb ?? '', path, reply: quotedReply(first.reply), isLocked, heldBy },
      side: 'server',
      certainty: 'certain',
      transfer: first.transfer,
      transfers: transfersOf(all),
    };
  },
  message: ({ verb, path, reply, isLocked, heldBy }) => {
    const what = path === null ? verb : `${verb} of "${shortened(path, 80)}"`;
    const why = heldBy
      ? ' A broken upload of the same file earlier in this session may still hold it.'
      : isLocked
        ? ' Another program or session may hold the file open.'
        : '';
    return `The server refused ${what}: ${reply}.${why}`;
  },
});

function isDenied({ problem, exchange, reply }: RefusedFile): boolean {
  if (problem === 'denied' || problem === 'in-use') return true;
  if (problem === 'exists') return exchange.verbId === Verb.STOR || exchange.verbId === Verb.RNTO;
  return (
    problem === 'unknown' && (exchange.verbId === Verb.STOR || exchange.verbId === Verb.APPE || reply.code === 553)
  );
}
