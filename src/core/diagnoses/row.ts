import { isTransferVerb } from '../ftp/verbs.ts';
import type { DataConnection, Exchange, Session } from '../sessions/session.ts';
import { Trait } from '../sessions/traits.ts';
import { exchangeOf, isCommand, peerOf, transferOver } from './dialogue.ts';
import { refusalsFor } from './login/refusals.ts';
import type { FailedLogin, MeasuredTransfer, SessionRow } from './observer.ts';
import { provesDataConnection } from './preliminary.ts';
import { serverOf } from './products.ts';
import { extentOf } from './transfers/extent.ts';

/** Entries of one kind that a row carries; a session with more is counted by its first. */
const ENTRIES = 50;
const MEASURED_BYTES = 1024 * 1024;
const TEXT_LENGTH = 200;

/** The row of a session: most of it is asked for of few sessions. */
export function rowOf(session: Session): SessionRow {
  return new Row(session);
}

class Row implements SessionRow {
  private readonly session: Session;
  private failedLoginsRead: readonly FailedLogin[] | null = null;
  private unreachedRead: DataConnection | null | undefined = undefined;
  private unansweredRead: Exchange | null | undefined = undefined;

  constructor(session: Session) {
    this.session = session;
  }

  get input(): number {
    return this.session.input;
  }

  get vantage(): SessionRow['vantage'] {
    return this.session.vantage;
  }

  get firstLine(): number {
    return this.session.firstLine;
  }

  get firstText(): string {
    return firstTextOf(this.session);
  }

  get user(): string | null {
    return this.session.user;
  }

  get peer(): string | null {
    return peerOf(this.session).address;
  }

  get family(): SessionRow['family'] {
    return this.session.controlFamily;
  }

  get startMs(): number | null {
    return this.session.startMs;
  }

  get endMs(): number | null {
    return this.session.endMs;
  }

  get isEncrypted(): boolean | null {
    const { control } = this.session.tls;
    return control === 'unknown' ? null : control !== 'none';
  }

  get login(): SessionRow['login'] {
    return this.session.login;
  }

  get failedLogins(): readonly FailedLogin[] {
    this.failedLoginsRead ??= (this.session.traits & Trait.sentAway) === 0 ? NONE : failedLoginsOf(this.session);
    return this.failedLoginsRead;
  }

  get transfers(): number {
    return this.session.transfers.length;
  }

  get completed(): number {
    let completed = 0;
    for (const { outcome } of this.session.transfers) if (outcome === 'completed') completed++;
    return completed;
  }

  get unreachedLine(): number {
    return this.unreached?.line ?? 0;
  }

  get unreachedText(): string {
    return this.unreached?.command ?? '';
  }

  get measured(): readonly MeasuredTransfer[] {
    return measuredOf(this.session);
  }

  get end(): SessionRow['end'] {
    return this.session.end;
  }

  get unansweredVerb(): string | null {
    return this.unanswered?.verb ?? null;
  }

  get unansweredLine(): number {
    return this.unanswered?.line ?? 0;
  }

  get passivePorts(): SessionRow['passivePorts'] {
    return passivePortsOf(this.session);
  }

  private get unreached(): DataConnection | null {
    if (this.unreachedRead === undefined) this.unreachedRead = unreachedOf(this.session);
    return this.unreachedRead;
  }

  private get unanswered(): Exchange | null {
    if (this.unansweredRead === undefined) this.unansweredRead = unansweredOf(this.session);
    return this.unansweredRead;
  }
}

const NONE: readonly never[] = [];

function firstTextOf(session: Session): string {
  const first = session.exchanges[0];
  if (first === undefined) return session.remarks[0]?.text.slice(0, TEXT_LENGTH) ?? '';
  const reply = first.replies[0];
  if (first.verb !== null) return `${first.verb} ${first.argument ?? ''}`.trim().slice(0, TEXT_LENGTH);
  return reply === undefined ? '' : `${reply.code} ${reply.text.split('\n', 1)[0]}`.slice(0, TEXT_LENGTH);
}

function failedLoginsOf(session: Session): readonly FailedLogin[] {
  return refusalsFor(session, 'credentials')
    .slice(0, ENTRIES)
    .map(({ reply, user }) => ({
      line: reply.line,
      text: `${reply.code} ${reply.text}`.slice(0, TEXT_LENGTH),
      atMs: reply.atMs,
      user,
    }));
}

function measuredOf(session: Session): readonly MeasuredTransfer[] {
  let measured: MeasuredTransfer[] | null = null;
  for (let index = 0; index < session.transfers.length; index++) {
    const transfer = session.transfers[index]!;
    if (transfer.outcome !== 'completed' || transfer.direction === 'listing') continue;
    const bytes = transfer.transferredBytes ?? transfer.announcedBytes;
    if (bytes === null || bytes < MEASURED_BYTES || transfer.restartOffset) continue;
    const ms = extentOf(session, index).elapsedMs;
    if (ms === null) continue;
    measured ??= [];
    const text = `${transfer.verb ?? ''} ${transfer.path ?? ''}`.trim().slice(0, TEXT_LENGTH);
    measured.push({ line: transfer.firstLine, text, direction: transfer.direction, bytes, ms });
    if (measured.length === ENTRIES) break;
  }
  return measured ?? NONE;
}

function passivePortsOf(session: Session): SessionRow['passivePorts'] {
  if (session.dataConnections.length === 0) return NONE;
  const ports: { port: number; atMs: number | null; line: number }[] = [];
  for (const { mode, endpoint, exchange, line } of session.dataConnections) {
    if (mode !== 'passive' || endpoint.port === null || ports.length === ENTRIES) continue;
    ports.push({ port: endpoint.port, atMs: session.exchanges[exchange]?.atMs ?? null, line });
  }
  return ports;
}

/** A passive data connection that came to nothing: unreachable, or the transfer over it failed for want of it. */
function unreachedOf(session: Session): DataConnection | null {
  if (session.dataConnections.length === 0) return null;
  const { product } = serverOf(session);
  for (let index = 0; index < session.dataConnections.length; index++) {
    const data = session.dataConnections[index]!;
    if (data.mode !== 'passive' || data.replyCode === null || data.replyCode >= 300) continue;
    if (data.outcome === 'unreachable' && data.failure !== 'tls') return data;
    const transfer = transferOver(session, index)?.transfer;
    const exchange = transfer === undefined ? null : exchangeOf(session, transfer);
    if (exchange === null || transfer?.outcome !== 'failed' || provesDataConnection(exchange, product) === true)
      continue;
    if (exchange.final?.code === 425 && !/TLS|SSL|secure|PROT|EPSV|PASV|PORT/i.test(exchange.final.text)) return data;
    if (exchange.replies.length === 0 && isTransferVerb(exchange.verbId) && session.end === 'timed-out') return data;
  }
  return null;
}

function unansweredOf(session: Session): Exchange | null {
  for (let at = session.exchanges.length - 1; at >= 0; at--) {
    const exchange = session.exchanges[at]!;
    if (!isCommand(exchange)) {
      if (exchange.replies.some(({ code }) => code === 421)) return null;
      continue;
    }
    return exchange.replies.length === 0 ? exchange : null;
  }
  return null;
}
