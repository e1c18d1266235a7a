import { Note } from '../../event.ts';
import type { Remedy } from '../../report.ts';
import type { Session } from '../../sessions/session.ts';
import type { Triggers } from '../diagnosis.ts';
import { READ_CLIENT_LOG, READ_SERVER_LOG, RESUME } from '../remedies.ts';
import { quotedReply, transferInWords } from '../wording.ts';
import type { Attribution } from './attribution.ts';
import { elapsedMsOf, extentInWords } from './extent.ts';

/**
 * A transfer can break off with no reply at all (the session just ends), so that the verbs have to trigger; they are on most
 * sessions, but a session without an aborted transfer is left at once.
 */
export const BREAK_TRIGGERS: Triggers = {
  traits: ['broken'],
  codes: [421, 425, 426, 450, 451],
  verbs: ['RETR', 'STOR', 'APPE', 'STOU', 'LIST', 'NLST', 'MLSD', 'ABOR'],
  notes: [Note.TransferStarted, Note.TransferFailed, Note.TransferCut],
};

/** `The download of "x" broke off with "426 …" after 58 s, with 10 of 20 bytes (50 %)`. */
export function brokenInWords({ transfer, final, extent }: Attribution): string {
  const reply = final === null ? '' : ` with ${quotedReply(final)}`;
  const words = extentInWords(extent);
  const joint = final !== null && extent.elapsedMs === null ? ', ' : ' ';
  return `${transferInWords(transfer)} broke off${reply}${words === '' ? '' : joint + words}`;
}

/** The log of the other side than the one that wrote the transcript, which is at hand. */
export function otherLog(session: Session): Remedy {
  return session.vantage === 'client' ? READ_SERVER_LOG : READ_CLIENT_LOG;
}

/** A listing is not resumed. */
export function resumeOf({ transfer }: Attribution): readonly Remedy[] {
  return transfer.direction === 'listing' ? [] : [RESUME];
}

/** The time to compare over occurrences, for a fact. */
export function elapsedOf(session: Session, { transfer }: Attribution): { elapsedMs: number } | undefined {
  const elapsedMs = elapsedMsOf(session, transfer);
  return elapsedMs === null ? undefined : { elapsedMs };
}
