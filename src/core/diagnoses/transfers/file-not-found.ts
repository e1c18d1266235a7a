import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply, shortened } from '../wording.ts';
import { pathOf, refusedFilesOf, transfersOf } from './refused-files.ts';

/** The path does not exist, as this login sees it. */
export default defineDiagnosis<{ path: string | null; reply: string; isSure: boolean; times: number }>({
  id: 'file-not-found',
  group: 'transfers',
  title: 'path that does not exist for this login',
  severity: 'error',
  references: ['RFC 959 section 5.4 (550)'],
  explanation:
    'The server does not find the path, as this login sees the file system. Look for upper and lower case, for the directory that the login starts in (curl takes ftp://host/dir relative to it, ftp://host//dir from the root), and for folders that this user is not given.',
  remedies: [
    { side: 'client', text: 'Use the path as PWD and a listing show it; mind upper and lower case.' },
    { side: 'server', text: 'Check that the folder is shared with this user.' },
  ],
  triggers: { codes: [450, 550, 551, 553] },
  follows: ['list-option-as-path', 'charset-mismatch'],
  *detect(session) {
    // Not for permission: several servers give one vague text for both when a file is to be read.
    const all = [...refusedFilesOf(session)].filter(
      ({ problem, reply, exchange }) =>
        problem === 'not-found' ||
        (problem === 'unknown' &&
          reply.code === 550 &&
          exchange.preliminary === null &&
          !WRITES.includes(exchange.verbId)),
    );
    const first = all.find(({ exchange }) => !CHANGES.includes(exchange.verbId)) ?? all[0];
    if (first === undefined) return;
    const isChange = CHANGES.includes(first.exchange.verbId);
    yield {
      lines: all.slice(0, 4).flatMap(({ reply, exchange }) => [reply, exchange]),
      data: {
        path: pathOf(first.exchange),
        reply: quotedReply(first.reply),
        isSure: first.problem === 'not-found',
        times: all.length,
      },
      severity: isChange ? 'notice' : 'error',
      side: 'client',
      certainty: first.problem === 'not-found' ? 'likely' : 'possible',
      transfer: first.transfer,
      transfers: transfersOf(all),
    };
  },
  message: ({ path, reply, isSure, times }) => {
    const what = path === null ? 'The path' : `"${shortened(path, 80)}"`;
    const often =
      times === 1
        ? ''
        : ` The same happened ${times - 1 === 1 ? 'once more' : `${times - 1} times more`} in this session.`;
    return isSure
      ? `${what} does not exist as this login sees it: ${reply}.${often}`
      : `The server refused ${what} without saying why: ${reply}. Most often the path does not exist as this login sees it.${often}`;
  },
});

const CHANGES: readonly number[] = [Verb.DELE, Verb.RMD, Verb.RNFR, Verb.RNTO, Verb.MKD, Verb.APPE, Verb.STOU];
const WRITES: readonly number[] = [Verb.STOR, ...CHANGES];
