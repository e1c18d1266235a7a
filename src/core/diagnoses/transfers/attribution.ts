/**
 * Who ended a transfer that broke off. A 426 says only that the server's data connection ended abnormally after it had been
 * accepted; this goes through the evidence from the most telling to the least and stops at the first that decides.
 */

import { Failure, Note } from '../../event.ts';
import { Verb } from '../../ftp/verbs.ts';
import type { Certainty, Side } from '../../report.ts';
import type { Exchange, Remark, Reply, Session, Transfer } from '../../sessions/session.ts';
import type { Shown } from '../diagnosis.ts';
import {
  closingAfter,
  commandAfter,
  commandsBetween,
  exchangeOf,
  isEncrypted,
  nextTransferCommand,
  remarksBetween,
} from '../dialogue.ts';
import { perSession } from '../per-session.ts';
import { provesDataConnection } from '../preliminary.ts';
import { compareVersions, type Server, serverOf } from '../products.ts';
import { shortened } from '../wording.ts';
import { isLocalErrorText, isStallText, namesDataConnection } from './abort-texts.ts';
import { type Extent, extentOf } from './extent.ts';
import { fileProblemOf } from './file-replies.ts';

/** Who ended it; `elsewhere`: another diagnosis tells the whole story. */
export type Verdict = 'client-abort' | 'client-closed-data' | 'stall-timeout' | 'network-reset' | 'undetermined';

/** What is known of a transfer that broke off. */
export class Attribution {
  readonly verdict: Verdict;
  readonly side: Side;
  readonly certainty: Certainty;
  readonly index: number;
  readonly transfer: Transfer;
  readonly final: Reply | null;
  readonly lines: readonly Shown[];
  /** How it is known, as a clause. */
  readonly because: string;
  private readonly session: Session;

  constructor({ session, transfer, exchange, final }: Case, index: number, decision: Decision) {
    this.session = session;
    this.index = index;
    this.transfer = transfer;
    this.final = final;
    this.verdict = decision.verdict;
    this.side = decision.side;
    this.certainty = decision.certainty;
    this.because = decision.because;
    const lines: Shown[] = [];
    if (final !== null) lines.push(final);
    lines.push(...decision.shown);
    if (exchange?.preliminary) lines.push(exchange.preliminary);
    lines.push(exchange ?? transfer.firstLine);
    this.lines = lines;
  }

  get extent(): Extent {
    return extentOf(this.session, this.index);
  }
}

/** What a step of the procedure looks at. */
interface Case {
  readonly session: Session;
  readonly server: Server;
  readonly transfer: Transfer;
  readonly exchange: Exchange | null;
  readonly final: Reply | null;
  /** The 421 that closed the session while the transfer ran or right after its end. */
  readonly closing: Reply | null;
  /** Where the transfer lies in the order of events. */
  readonly from: number;
  readonly to: number;
}

type Decision = Pick<Attribution, 'verdict' | 'side' | 'certainty' | 'because'> & { readonly shown: readonly Shown[] };

/** Transfers that broke off, by their index in the session. */
const attributionMap = perSession((session): ReadonlyMap<number, Attribution> => {
  const found = new Map<number, Attribution>();
  for (let index = 0; index < session.transfers.length; index++) {
    const transfer = session.transfers[index]!;
    if (transfer.outcome !== 'aborted' && !isCousin(session, transfer)) continue;
    const attribution = attribute(session, transfer, index);
    if (attribution !== null) found.set(index, attribution);
  }
  return found;
});

/** Every transfer of the session that broke off, with who ended it. At most one verdict for each transfer. */
export function attributionsOf(session: Session): Iterable<Attribution> {
  return attributionMap(session).values();
}

/** Who ended the transfer at `index`; null if it did not break off. */
export function attributionOf(session: Session, index: number): Attribution | null {
  return attributionMap(session).get(index) ?? null;
}

/** A 450 after the transfer had begun, that gives no reason: some servers send it in place of 426. */
function isCousin(session: Session, transfer: Transfer): boolean {
  const exchange = exchangeOf(session, transfer);
  if (transfer.outcome !== 'failed' || exchange?.final?.code !== 450 || exchange.preliminary === null) return false;
  const { text } = exchange.final;
  return transfer.direction !== 'listing' && fileProblemOf(text) === 'unknown' && !/\b(?:TLS|SSL|zlib)\b/i.test(text);
}

/** The attributions with one verdict. */
export function attributedTo(session: Session, verdict: Verdict): readonly Attribution[] {
  const found: Attribution[] = [];
  for (const attribution of attributionsOf(session)) if (attribution.verdict === verdict) found.push(attribution);
  return found;
}

function attribute(session: Session, transfer: Transfer, index: number): Attribution | null {
  const looked = caseOf(session, transfer);
  if (isToldElsewhere(looked)) return null;
  const decision = STEPS.reduce<Decision | null>((made, step) => made ?? step(looked), null) ?? undetermined(looked);
  return new Attribution(looked, index, decision);
}

function caseOf(session: Session, transfer: Transfer): Case {
  const exchange = exchangeOf(session, transfer);
  const final = exchange?.final ?? null;
  const from = exchange?.order ?? Number.NEGATIVE_INFINITY;
  const to = endOf(session, exchange, final);
  const closed = closingAfter(session, from);
  const closing = closed !== null && closed.order < to ? closed : null;
  return { session, server: serverOf(session), transfer, exchange, final, closing, from, to };
}

/** Where the transfer's own events end: with its final reply, and the remarks that go with it up to the next command. */
function endOf(session: Session, exchange: Exchange | null, final: Reply | null): number {
  if (exchange === null) return Number.POSITIVE_INFINITY;
  if (final !== null) return commandAfter(session, final.order)?.order ?? Number.POSITIVE_INFINITY;
  return nextTransferCommand(session, exchange.order);
}

/** Whether other diagnoses say what happened: an error of the server's disk, the client's own timeout, an unclean end of TLS. */
function isToldElsewhere(looked: Case): boolean {
  const { session, transfer, final, closing, from, to, exchange } = looked;
  // Nobody had connected yet: a matter of reaching the port, not of a transfer that broke.
  const isAwaited = exchange?.preliminary != null && provesDataConnection(exchange, looked.server.product) === false;
  const isStalled = final !== null && /^Data connection timed out/i.test(final.text);
  if (isAwaited && !isStalled && transfer.transferredBytes === null && !hasAbort(looked)) return true;
  if (final !== null && final.code >= 200 && final.code < 300) return true;
  if (final !== null && (final.code === 451 || final.code === 425)) {
    const isDisk = transfer.direction === 'upload' && fileProblemOf(final.text) === 'disk-full';
    if (!namesDataConnection(final.text) || (isDisk && !/ECONN|EPIPE/.test(final.text))) return true;
  }
  if (final?.code === 426 && isLocalErrorText(final.text)) return true;
  const ended = final ?? closing;
  if (ended?.code === 421 && !isStallText(ended.text)) return true;
  if (session.vantage === 'client' && hasClientTimeout(looked)) return true;
  const uncleanEnd =
    remarksBetween(session, from, to, [Note.TlsNotClosed]).length > 0 ||
    (final !== null && /reading network stream|read from data connection/i.test(final.text));
  return uncleanEnd && isEncrypted(session) && transfer.direction === 'upload' && !hasAbort(looked);
}

function hasClientTimeout({ session, transfer, from, to }: Case): boolean {
  if (remarksBetween(session, from, to, [Note.ClientTimeout]).length > 0) return true;
  return transfer.clientError?.code === CURL_TIMEOUT;
}

const CURL_TIMEOUT = 28;
const CURL_WRITE_ERROR = 23;
const CURL_CALLBACK = 42;
const CURL_SEND_ERROR = 55;
const CURL_RECEIVE_ERROR = 56;
const CURL_FILE_TOO_LARGE = 63;

const STEPS: readonly ((looked: Case) => Decision | null)[] = [
  byAbort,
  byTimer,
  byClientStop,
  byReset,
  byAbortText,
  byWhatFollows,
  bySessionEnd,
];

/** Logs of whole seconds put what happens together one apart at most. */
const SAME_MOMENT_MS = 1000;

function abortsIn({ session, from, to, final }: Case): readonly Exchange[] {
  return commandsBetween(session, from, final?.order ?? to).filter(({ verbId }) => verbId === Verb.ABOR);
}

function hasAbort(looked: Case): boolean {
  return abortsIn(looked).length > 0;
}

/** ABOR (RFC 959 section 4.1.3), or QUIT, which some servers take as one, before the final reply. */
function byAbort(looked: Case): Decision | null {
  const abort = abortsIn(looked)[0];
  if (abort !== undefined)
    return client('client-abort', 'certain', 'the client had sent ABOR', [abort, ...abort.replies]);
  const stopped = remarksBetween(looked.session, looked.from, looked.to, [Note.TransferStopped])[0];
  if (stopped !== undefined) return client('client-abort', 'certain', 'the client stopped it on purpose', [stopped]);
  if (looked.final === null) return null;
  const late = lateAbort(looked, looked.final);
  if (late !== null) return client('client-abort', 'likely', 'the client sent ABOR at the same moment', [late]);
  const quit = commandsBetween(looked.session, looked.from, looked.final.order).find(
    ({ verbId }) => verbId === Verb.QUIT,
  );
  return quit === undefined ? null : client('client-abort', 'likely', 'the client had sent QUIT while it ran', [quit]);
}

/** An ABOR right after the 426: the client had closed the data connection first, as RFC 959 clients do, and sent it then. */
function lateAbort({ session, transfer }: Case, final: Reply): Exchange | null {
  if (session.vantage !== 'server' || transfer.direction === 'upload') return null;
  const next = commandAfter(session, final.order);
  if (next?.verbId !== Verb.ABOR || next.atMs === null || final.atMs === null) return null;
  return next.atMs - final.atMs <= SAME_MOMENT_MS ? next : null;
}

/** The text names a timer, or the server closes the session because nothing moved. */
function byTimer({ session, final, closing, from, to }: Case): Decision | null {
  const told = [final, closing].find((reply) => reply !== null && isStallText(reply.text));
  const remark = remarksBetween(session, from, to, [Note.Other, Note.ServerError]).find(isStallLog);
  if (told === undefined && remark === undefined) return null;
  const shown = [remark, closing].filter((shown) => shown != null);
  const because = 'no data moved until the server gave up';
  return { verdict: 'stall-timeout', side: 'network', certainty: 'possible', because, shown };
}

/** ProFTPD says it in its own log only. */
export function isStallLog({ text }: Remark): boolean {
  return STALL_LOG.test(text);
}

const STALL_LOG = /^Data transfer stall timeout/;

/** What the client says of itself. */
function byClientStop({ transfer }: Case): Decision | null {
  const error = transfer.clientError;
  if (error === null || error.code === null) return null;
  if (![CURL_WRITE_ERROR, CURL_CALLBACK, CURL_FILE_TOO_LARGE].includes(error.code)) return null;
  return client('client-closed-data', 'certain', 'the client ended it by an error of its own', [error.line]);
}

const SEEN_RESET = 'the client saw its connection reset';
const RESETS: readonly number[] = [Failure.Reset, Failure.Timeout, Failure.NoRoute];

/** A reset that the program saw. */
function byReset(looked: Case): Decision | null {
  const { session, transfer, from, to, final } = looked;
  const network = (certainty: Certainty, because: string, shown: readonly Shown[]): Decision => ({
    verdict: 'network-reset',
    side: 'network',
    certainty,
    because,
    shown,
  });
  const broken = remarksBetween(session, from, to, [Note.DataBroken, Note.ConnectionLost]);
  const reset = broken.find((remark: Remark) => RESETS.includes(remark.failure));
  if (session.vantage === 'client' && transfer.direction === 'upload') return stoppedSending(looked, reset);
  if (session.vantage === 'client') {
    if (reset !== undefined) return network('likely', SEEN_RESET, [reset]);
    const error = transfer.clientError;
    if (error === null || (error.code !== CURL_SEND_ERROR && error.code !== CURL_RECEIVE_ERROR)) return null;
    if (/reset|broken pipe/i.test(error.text)) return network('likely', SEEN_RESET, [error.line]);
    return network('possible', `the client lost the connection ("${shortened(error.text)}")`, [error.line]);
  }
  if (final !== null && /ETIMEDOUT|Link to file server lost|No route|EHOSTUNREACH|ENETUNREACH/i.test(final.text))
    return network('likely', 'the server saw the connection fail in the network', []);
  return null;
}

/** An upload that could not be sent to its end: a server that refuses it half-way closes the connection as well. */
function stoppedSending({ transfer, final }: Case, reset: Remark | undefined): Decision | null {
  const error = transfer.clientError;
  const isLost = error !== null && (error.code === CURL_SEND_ERROR || error.code === CURL_RECEIVE_ERROR);
  const shown = reset ?? (isLost ? error.line : undefined);
  if (shown === undefined) return null;
  const said = shortened(reset?.text ?? error!.text);
  const reply = final === null ? ", and the server's final reply is not on record" : '';
  const because = `the client could send no more ("${said}")${reply}; the server closes the connection too when it gives an upload up`;
  return { verdict: 'undetermined', side: 'unknown', certainty: 'possible', because, shown: [shown] };
}

/** Texts that a product sends only to an ABOR, where the ABOR itself is not on record. */
function byAbortText({ server, final }: Case): Decision | null {
  if (final === null || final.code !== 426) return null;
  const { product, version } = server;
  const onlyAbort =
    product === 'filezilla-1' ||
    (product === 'pure-ftpd' && /^(?:ABORT|Transfer aborted)\b/.test(final.text)) ||
    (product === 'filezilla-0.9' &&
      version !== null &&
      compareVersions(version, '0.9.42') >= 0 &&
      /^Connection closed; transfer aborted/.test(final.text));
  return onlyAbort ? client('client-abort', 'likely', 'this server sends that text only to an ABOR', []) : null;
}

/** Commands of the client soon after, in the server's log: the control connection is alive, and the client in charge. */
const SOON_MS = 120_000;

function byWhatFollows({ session, transfer, final }: Case): Decision | null {
  if (session.vantage !== 'server' || final === null || transfer.direction === 'upload') return null;
  const next = commandAfter(session, final.order);
  if (next === null) return null;
  const gap = next.atMs !== null && final.atMs !== null ? next.atMs - final.atMs : 0;
  if (gap > SOON_MS) return null;
  return client('client-closed-data', 'likely', 'the client went on with the session afterwards', [next]);
}

/** The session ended with the transfer: the client, or its network, is gone. */
function bySessionEnd({ session, final, from }: Case): Decision | null {
  if (session.vantage !== 'server' || session.gaps.includes('tail')) return null;
  if (session.end !== 'dropped' && session.end !== 'closed') return null;
  const last = final?.order ?? from;
  if (commandAfter(session, last) !== null) return null;
  const ended = session.lastLine;
  const because = 'the session ended together with it: the client or its network was gone';
  return { verdict: 'network-reset', side: 'network', certainty: 'possible', because, shown: [ended] };
}

function undetermined(looked: Case): Decision {
  const { final, session, transfer } = looked;
  const error = transfer.clientError;
  if (final === null && error !== null && session.vantage === 'client') {
    const because = `the client reports "${shortened(error.text)}", and the server's final reply is not on record`;
    return { verdict: 'undetermined', side: 'unknown', certainty: 'possible', because, shown: [error.line] };
  }
  const because =
    final === null
      ? error === null
        ? 'no final reply is on record'
        : 'the log says no more than that it failed'
      : session.vantage === 'client'
        ? "the client's transcript shows only the server's reply"
        : 'nothing else in the log tells who closed the data connection';
  return { verdict: 'undetermined', side: 'unknown', certainty: 'possible', because, shown: [] };
}

function client(verdict: Verdict, certainty: Certainty, because: string, shown: readonly Shown[]): Decision {
  return { verdict, side: 'client', certainty, because, shown };
}
