import { Note } from '../../event.ts';
import { packVerb, Verb } from '../../ftp/verbs.ts';
import type { Exchange, Reply, Session } from '../../sessions/session.ts';
import { commandAfter, remarksBetween, transferOf } from '../dialogue.ts';
import { perSession } from '../per-session.ts';
import { type FileProblem, fileProblemOf } from './file-replies.ts';

/** A command about a file or directory that the server refused, and that mattered. */
export interface RefusedFile {
  readonly exchange: Exchange;
  readonly reply: Reply;
  readonly problem: FileProblem;
  /** Index of the transfer that failed by it, if it is one. */
  readonly transfer: number | null;
}

const CODES: readonly number[] = [450, 550, 551, 553];
const TRANSFERS: readonly number[] = [Verb.RETR, Verb.STOR, Verb.APPE, Verb.STOU, Verb.LIST, Verb.NLST, Verb.MLSD];
const CHANGES: readonly number[] = [
  Verb.DELE,
  Verb.RMD,
  Verb.RNFR,
  Verb.RNTO,
  Verb.MKD,
  packVerb('XRMD'),
  packVerb('XMKD'),
];
const QUESTIONS: readonly number[] = [Verb.SIZE, Verb.MDTM, Verb.MLST, Verb.CWD, Verb.XCWD];

/**
 * Commands about files that were refused. Questions (SIZE, MDTM, CWD) are asked to find out, and a no is an answer; they
 * count only where the session had nothing left to do after it, or the client says that it failed by it.
 */
export const refusedFilesOf = perSession((session): readonly RefusedFile[] => {
  const refused: RefusedFile[] = [];
  for (const exchange of session.exchanges) {
    const { final, verbId } = exchange;
    if (final === null || !CODES.includes(final.code) || isOfConnection(final)) continue;
    const isQuestion = QUESTIONS.includes(verbId);
    if (!isQuestion && !TRANSFERS.includes(verbId) && !CHANGES.includes(verbId)) continue;
    if (isQuestion && !endedBy(session, exchange, final)) continue;
    refused.push({
      exchange,
      reply: final,
      problem: fileProblemOf(final.text),
      transfer: transferOf(session, exchange),
    });
  }
  return refused;
});

/** 450 and 550 also end transfers for the sake of TLS or the data connection. */
function isOfConnection({ text }: Reply): boolean {
  return /\b(?:TLS|SSL)\b|data connection/i.test(text);
}

const CURL_CWD_REFUSED = 9;
const CURL_NOT_FOUND = 78;

/** Whether the client gave up for this answer: it says so, or it leaves at once. */
function endedBy(session: Session, exchange: Exchange, reply: Reply): boolean {
  const next = commandAfter(session, exchange.order);
  const end = next?.order ?? Number.POSITIVE_INFINITY;
  const gaveUp = remarksBetween(session, reply.order, end, [Note.ClientError]).some(
    ({ value }) => value === CURL_CWD_REFUSED || value === CURL_NOT_FOUND,
  );
  if (gaveUp) return true;
  if (next === null ? session.incomplete : next.verbId !== Verb.QUIT) return false;
  // After a transfer in the same session it may have been the last question of many.
  return session.transfers.length === 0;
}

/** The transfers that failed by them. */
export function transfersOf(refused: readonly RefusedFile[]): number[] {
  return refused.flatMap(({ transfer }) => transfer ?? []);
}

/** The path that the command names, for a sentence. */
export function pathOf({ argument }: Exchange): string | null {
  return argument === null || argument.trim() === '' ? null : argument;
}
