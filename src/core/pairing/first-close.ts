import { isLocalErrorText, isStallText } from '../diagnoses/transfers/abort-texts.ts';
import type { Verdict } from '../diagnoses/transfers/attribution.ts';
import { Failure, Note } from '../event.ts';
import { isTransferVerb, Verb } from '../ftp/verbs.ts';
import type { Certainty, Side } from '../report.ts';
import type { Exchange, Session } from '../sessions/session.ts';
import type { PairedSessions, PairedTransfer } from './paired.ts';

/** A line that shows something. */
export interface ShownLine {
  readonly line: number;
  readonly text: string;
}

/** How the client's record of a transfer ends. */
export type ClientEnd =
  | 'completed'
  /** It stopped on purpose. */
  | 'stopped'
  /** An error of its own ended it, on the disk say. */
  | 'own-error'
  /** It waited no longer. */
  | 'gave-up'
  | 'reset'
  /** It saw the end of the data too early. */
  | 'cut'
  | 'failed'
  /** Only the server's reply says so. */
  | 'told'
  /** The text ends before the transfer does. */
  | 'text-ends';

/** How the server's record of a transfer ends. */
export type ServerEnd =
  | 'completed'
  /** Nothing moved until its timer ran out. */
  | 'stalled'
  /** It says that the client's end of the data connection went away. */
  | 'peer-gone'
  | 'broken'
  /** It ended it for a reason of its own. */
  | 'own-error'
  | 'text-ends';

/** Who closed the data connection first, as both records together tell. */
export interface FirstClose {
  readonly side: Side;
  readonly certainty: Certainty;
  /** What a transfer that broke off then is; null where it did not, or no name fits. */
  readonly verdict: Exclude<Verdict, 'undetermined'> | null;
  /** How it is known, as a clause. */
  readonly because: string;
  readonly clientEnd: ClientEnd;
  readonly serverEnd: ServerEnd;
  /** What the client says of the end, null if nothing. */
  readonly clientLine: ShownLine | null;
}

type Decision = Pick<FirstClose, 'side' | 'certainty' | 'verdict' | 'because'>;

/** Judges who closed the data connection of a transfer first. */
export function firstCloseOf(transfer: PairedTransfer, sessions: PairedSessions): FirstClose {
  const [clientEnd, clientLine] = clientEndOf(transfer, sessions.client);
  const serverEnd = serverEndOf(transfer);
  const decision = decide(clientEnd, serverEnd, transfer);
  const { certainty } = decision;
  const lead = leadOfClientMs(transfer, sessions);
  return { ...decision, certainty: confirmed(decision.side, certainty, lead), clientEnd, serverEnd, clientLine };
}

const CURL_OWN_ERRORS: readonly number[] = [23, 42, 63];
const CURL_TIMEOUT = 28;
const CURL_PARTIAL_FILE = 18;
const CURL_SEND_OR_RECEIVE: readonly number[] = [55, 56];
const RESETS: readonly number[] = [Failure.Reset, Failure.Timeout, Failure.NoRoute];

function clientEndOf({ client, clientExchange }: PairedTransfer, session: Session): [ClientEnd, ShownLine | null] {
  if (client.outcome === 'completed') return ['completed', null];
  const from = clientExchange?.order ?? -1;
  const to = nextTransferOrder(session, client.exchange);
  const remarks = between(session.remarks, from, to);
  const said = (...notes: readonly number[]) => remarks.find(({ note }) => notes.includes(note)) ?? null;
  const error = client.clientError;
  const code = error?.code ?? null;
  const stopped = abortIn(between(session.exchanges, from, to)) ?? said(Note.TransferStopped);
  if (stopped !== null) return ['stopped', stopped];
  if (code !== null && CURL_OWN_ERRORS.includes(code)) return ['own-error', error];
  const timeout = said(Note.ClientTimeout);
  if (timeout !== null || code === CURL_TIMEOUT) return ['gave-up', timeout ?? error];
  const broken = remarks.find(
    ({ note, failure }) => (note === Note.DataBroken || note === Note.ConnectionLost) && RESETS.includes(failure),
  );
  if (broken !== undefined) return ['reset', broken];
  if (code !== null && CURL_SEND_OR_RECEIVE.includes(code)) return ['reset', error];
  const cut = said(Note.TransferCut);
  if (cut !== null || code === CURL_PARTIAL_FILE) return ['cut', cut ?? error];
  if (error !== null) return ['failed', error];
  return [clientExchange?.final == null ? 'text-ends' : 'told', null];
}

/** Where the next transfer begins in the order of events. */
function nextTransferOrder({ exchanges }: Session, exchange: number | null): number {
  if (exchange === null) return Number.POSITIVE_INFINITY;
  for (let i = exchange + 1; i < exchanges.length; i++)
    if (isTransferVerb(exchanges[i]!.verbId)) return exchanges[i]!.order;
  return Number.POSITIVE_INFINITY;
}

/** The events between two points of their order, both excluded. */
function between<Event extends { readonly order: number }>(
  events: readonly Event[],
  from: number,
  to: number,
): Event[] {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]!.order > from) high = middle;
    else low = middle + 1;
  }
  let end = low;
  while (end < events.length && events[end]!.order < to) end++;
  return events.slice(low, end);
}

function abortIn(exchanges: readonly Exchange[]): ShownLine | null {
  const abort = exchanges.find(({ verbId }) => verbId === Verb.ABOR);
  return abort === undefined ? null : { line: abort.line, text: 'ABOR' };
}

/** Texts by which servers say that writing to the client, or reading from it, failed. */
const PEER_GONE =
  /ECONNRESET|ECONNABORTED|EPIPE|network stream|reset by peer|broken pipe|aborted transfer of|Data connection closed/i;

function serverEndOf({ server, serverExchange }: PairedTransfer): ServerEnd {
  if (server.outcome === 'completed') return 'completed';
  const final = serverExchange?.final ?? null;
  if (final === null) return server.outcome === 'unfinished' ? 'text-ends' : 'broken';
  if (isStallText(final.text)) return 'stalled';
  if (isLocalErrorText(final.text)) return 'own-error';
  if (PEER_GONE.test(final.text)) return 'peer-gone';
  return final.code === 426 || final.code === 425 ? 'broken' : 'own-error';
}

function decide(client: ClientEnd, server: ServerEnd, { client: { direction } }: PairedTransfer): Decision {
  switch (client) {
    case 'completed':
      // RFC 959 section 3.2: the sender closes; the receiver knows the end of the file by it.
      return server === 'completed'
        ? judged(
            direction === 'upload' ? 'client' : 'server',
            'likely',
            null,
            'the sender closes at the end of the file',
          )
        : UNKNOWN;
    case 'stopped':
      return judged('client', 'certain', 'client-abort', 'its own record says that it stopped on purpose');
    case 'own-error':
      return judged('client', 'certain', 'client-closed-data', 'its own record names an error of its own');
    case 'gave-up':
      return server === 'stalled'
        ? judged('network', 'likely', 'stall-timeout', 'both sides waited for data until their timers ran out')
        : judged('client', 'certain', 'client-closed-data', 'its own record says that it waited no longer');
    case 'reset':
      if (server === 'stalled')
        return judged(
          'server',
          'certain',
          'stall-timeout',
          'its timer ran out, and the client saw a closed connection',
        );
      // A server that gives an upload up closes the connection before it has read everything, which is a reset to the client.
      return server === 'own-error' || server === 'completed' || (server === 'broken' && direction === 'upload')
        ? judged('unknown', 'possible', null, 'the client saw a reset, of which the server says nothing')
        : judged(
            'network',
            'likely',
            'network-reset',
            'the client saw a reset, and the server lost the connection too',
          );
    case 'cut':
      if (server === 'stalled')
        return judged('server', 'certain', 'stall-timeout', 'its timer ran out, and the client saw the data end early');
      return server === 'peer-gone'
        ? judged('network', 'likely', 'network-reset', 'each side says that the other end was closed')
        : judged('server', 'likely', null, 'the client saw the data end early and did not stop it');
    case 'told':
      return server === 'stalled'
        ? judged('server', 'certain', 'stall-timeout', 'its timer ran out while the client was still waiting')
        : judged('unknown', 'possible', null, "the client's record shows only the server's reply");
    case 'text-ends':
      return judged('unknown', 'possible', null, "the client's record stops before the end");
    default:
      return UNKNOWN;
  }
}

function judged(side: Side, certainty: Certainty, verdict: Decision['verdict'], because: string): Decision {
  return { side, certainty, verdict, because };
}

const UNKNOWN = judged('unknown', 'possible', null, 'the records do not tell');

/** How much earlier the client's record ends the transfer than the server's, beyond doubt; negative: later; 0 if not known. */
function leadOfClientMs({ client, server }: PairedTransfer, { clock, ...sessions }: PairedSessions): number {
  if (clock === null || client.endMs === null || server.endMs === null || clock.daysUnknown) return 0;
  const lead = server.endMs - clock.ms - client.endMs;
  const doubt = clock.plusMinusMs + (sessions.client.resolutionMs ?? 0) + (sessions.server.resolutionMs ?? 0);
  return Math.abs(lead) <= doubt ? 0 : lead;
}

/** The times confirm or shake what the words say. */
function confirmed(side: Side, certainty: Certainty, lead: number): Certainty {
  if (lead === 0 || (side !== 'client' && side !== 'server')) return certainty;
  const agrees = side === 'client' ? lead > 0 : lead < 0;
  return agrees ? (certainty === 'possible' ? 'likely' : 'certain') : certainty === 'certain' ? 'likely' : 'possible';
}
