import { Failure, Note } from '../event.ts';
import { Verb } from '../ftp/verbs.ts';
import type * as report from '../report.ts';
import type { EventLog } from './event-log.ts';
import type { Dialogue, LoggedExchange } from './exchanges.ts';

/** How a session ended. */
export interface SessionEnd {
  readonly end: report.Session['end'];
  /** Order of the event that closed the control connection, or of a 421; -1 if none is shown. */
  readonly closedAt: number;
  /** Whether the client said that it gave up. */
  readonly clientGaveUp: boolean;
}

/** 421 replies that name a time limit. */
const TIMEOUT_TEXT = /time[ds]?[ -]?out|timeout|time exceeded|idle|inactiv|no[ -]transfer/i;
/** 421 replies of FileZilla Server 0.9 that do not close the session. */
const STAYS_OPEN = /^(?:Could not create socket|Can['’]t create socket|Rejected command|Use |Unable to)/i;

/** Whether a 421 names a time limit. */
export function namesTimeLimit(text: string): boolean {
  return TIMEOUT_TEXT.test(text);
}

/** Finds how the session ended, by what its lines say. */
export function sessionEnd(dialogue: Dialogue, log: EventLog): SessionEnd {
  const { exchanges, remarks, disconnectedAt, connectedAt } = dialogue;
  let goodbye: LoggedExchange | null = null;
  let serviceClosing = -1;
  let timedOut = false;
  for (const exchange of exchanges) {
    if (exchange.verbId === Verb.QUIT) goodbye = exchange;
    for (const reply of exchange.replies)
      if (reply.code === 421) {
        const { text } = reply;
        if (STAYS_OPEN.test(text) && disconnectedAt < 0) continue;
        serviceClosing = reply.order;
        timedOut = TIMEOUT_TEXT.test(text);
      }
  }
  let lost = -1;
  let clientGaveUp = false;
  let clientTimedOut = false;
  let left = false;
  for (const remark of remarks)
    switch (remark.note) {
      case Note.ConnectionLost:
        lost = remark.order;
        if (remark.failure === Failure.Timeout) timedOut = true;
        break;
      case Note.ServerError:
        if (remark.failure === Failure.Timeout) timedOut = true;
        break;
      case Note.ClientError:
      case Note.TransferFailed:
      case Note.TransferStopped:
      case Note.TransferCut:
        clientGaveUp = true;
        break;
      case Note.ClientTimeout:
        clientGaveUp = true;
        clientTimedOut = true;
        break;
      case Note.ClientDisconnect:
        left = true;
        break;
    }
  const closedAt = Math.max(disconnectedAt, serviceClosing, lost, goodbye?.final?.order ?? -1);
  const refused =
    remarks.some((remark) => remark.note === Note.PeerRefused) ||
    (connectedAt < 0 && exchanges.length === 0 && remarks.some((remark) => remark.note === Note.ConnectFailed)) ||
    isRefusedGreeting(exchanges[0]);
  let end: report.Session['end'] = 'unfinished';
  if (refused) end = 'refused';
  else if (goodbye !== null && (goodbye.final?.code === 221 || disconnectedAt >= 0)) end = 'quit';
  else if (timedOut || (clientTimedOut && (disconnectedAt >= 0 || log.ended))) end = 'timed-out';
  else if (lost >= 0) end = 'dropped';
  else if (disconnectedAt >= 0 || serviceClosing >= 0 || left) end = 'closed';
  return { end, closedAt, clientGaveUp: clientGaveUp || left || lost >= 0 };
}

/** A greeting that sends the client away. */
function isRefusedGreeting(first: LoggedExchange | undefined): boolean {
  if (first === undefined || first.verb !== null || first.note !== null) return false;
  const code = first.replies[0]?.code ?? 0;
  return code >= 400;
}
