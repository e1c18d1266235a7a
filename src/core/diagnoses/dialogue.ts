/** Reading the dialogue of a session: what came before, after and between. */

import { isTransferVerb, Verb } from '../ftp/verbs.ts';
import type { DataConnection, Exchange, Remark, Reply, Session, Transfer } from '../sessions/session.ts';

/** A reply together with the command that it answers. */
export interface Answer {
  readonly exchange: Exchange;
  readonly reply: Reply;
}

/**
 * Every reply with one of the codes, with its exchange, in order of the exchanges. `verbs`: to these commands only; 0 stands for
 * replies that nobody asked for.
 */
export function* answersOf(
  session: Session,
  codes: readonly number[],
  text?: RegExp,
  verbs?: readonly number[],
): Generator<Answer> {
  for (const exchange of session.exchanges) {
    if (verbs !== undefined && !verbs.includes(exchange.verbId)) continue;
    for (const reply of exchange.replies)
      if (codes.includes(reply.code) && (text === undefined || text.test(reply.text))) yield { exchange, reply };
  }
}

/** The first reply with one of the codes, or null. */
export function firstAnswerOf(session: Session, codes: readonly number[], text?: RegExp): Answer | null {
  for (const answer of answersOf(session, codes, text)) return answer;
  return null;
}

/** Every command with one of the verbs. */
export function* commandsOf(session: Session, verbs: readonly number[]): Generator<Exchange> {
  for (const exchange of session.exchanges) if (verbs.includes(exchange.verbId)) yield exchange;
}

/** Whether the exchange is a command, not a reply that nobody asked for. */
export function isCommand(exchange: Exchange): boolean {
  return exchange.verbId !== 0 || exchange.verb !== null;
}

/** The command that a transfer was made by, or null where the log shows only its result. */
export function exchangeOf(session: Session, transfer: Transfer): Exchange | null {
  return transfer.exchange === null ? null : (session.exchanges[transfer.exchange] ?? null);
}

/** The command that set a data connection up. */
export function setupOf(session: Session, data: DataConnection): Exchange | null {
  return session.exchanges[data.exchange] ?? null;
}

/** The data connection of a transfer, or null. */
export function dataOf(session: Session, transfer: Transfer): DataConnection | null {
  return transfer.dataConnection === null ? null : (session.dataConnections[transfer.dataConnection] ?? null);
}

/** The transfer that used a data connection, and its index; null if none did. */
export function transferOver(session: Session, dataConnection: number): { transfer: Transfer; index: number } | null {
  for (let index = 0; index < session.transfers.length; index++) {
    const transfer = session.transfers[index]!;
    if (transfer.dataConnection === dataConnection) return { transfer, index };
  }
  return null;
}

/** The transfer that a command began, as an index, or null. */
export function transferOf(session: Session, exchange: Exchange): number | null {
  const at = session.exchanges.indexOf(exchange);
  const index = session.transfers.findIndex((transfer) => transfer.exchange === at);
  return index < 0 ? null : index;
}

/** The final reply of a transfer's own command. */
export function finalOf(session: Session, transfer: Transfer): Reply | null {
  return exchangeOf(session, transfer)?.final ?? null;
}

/** The 1yz reply of a transfer's own command. */
export function preliminaryOf(session: Session, transfer: Transfer): Reply | null {
  return exchangeOf(session, transfer)?.preliminary ?? null;
}

/** The first command after a point in the order of events, or null. */
export function commandAfter(session: Session, order: number): Exchange | null {
  for (const exchange of session.exchanges) if (exchange.order > order && isCommand(exchange)) return exchange;
  return null;
}

/** The last command before a point in the order of events, or null. */
export function commandBefore(session: Session, order: number): Exchange | null {
  let last: Exchange | null = null;
  for (const exchange of session.exchanges) if (exchange.order < order && isCommand(exchange)) last = exchange;
  return last;
}

/** Commands between two points in the order of events, both excluded. */
export function commandsBetween(session: Session, from: number, to: number): readonly Exchange[] {
  return session.exchanges.filter((exchange) => exchange.order > from && exchange.order < to && isCommand(exchange));
}

/** Remarks of these notes between two points in the order of events, both excluded. */
export function remarksBetween(
  session: Session,
  from: number,
  to: number,
  notes: readonly number[],
): readonly Remark[] {
  return session.remarks.filter(({ note, order }) => notes.includes(note) && order > from && order < to);
}

/** The first remark of one of these notes, or null. */
export function remarkOf(session: Session, notes: readonly number[]): Remark | null {
  return session.remarks.find(({ note }) => notes.includes(note)) ?? null;
}

/** Where a transfer begins and ends in the order of events; open at the end while no final reply is known. */
export function spanOf(session: Session, transfer: Transfer): { from: number; to: number } {
  const exchange = exchangeOf(session, transfer);
  if (exchange === null) return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const next = session.exchanges.find((other) => other.order > exchange.order && isTransferVerb(other.verbId));
  return { from: exchange.order, to: next?.order ?? Number.POSITIVE_INFINITY };
}

/** Whether a transfer succeeded after a point in the order of events. */
export function transferredAfter(session: Session, order: number): boolean {
  return session.transfers.some(
    (transfer) => transfer.outcome === 'completed' && (exchangeOf(session, transfer)?.order ?? -1) > order,
  );
}

/** Whether the name is that of an anonymous login (RFC 1635). */
export function isAnonymous(user: string | null): boolean {
  return user !== null && /^(?:anonymous|ftp)$/i.test(user);
}

/** Whether commands and replies go over TLS. */
export function isEncrypted(session: Session): boolean {
  return session.tls.control === 'explicit' || session.tls.control === 'implicit';
}

/** The greeting with its exchange, or null. */
export function greetingOf(session: Session): Answer | null {
  for (const exchange of session.exchanges) {
    if (isCommand(exchange)) return null;
    for (const reply of exchange.replies) if (reply.code >= 200 && reply.code < 600) return { exchange, reply };
  }
  return null;
}

/** The name that a PASS belongs to. */
export function userAt(session: Session, order: number): string | null {
  let user: string | null = null;
  for (const exchange of session.exchanges)
    if (exchange.verbId === Verb.USER && exchange.order <= order) user = exchange.argument;
  return user;
}

/** The transfer type in force at a point of the order of events: what the last accepted TYPE set, null if none was. */
export function typeAt(session: Session, order: number): 'ascii' | 'image' | null {
  let type: 'ascii' | 'image' | null = null;
  for (const { verbId, order: at, argument, final } of session.exchanges) {
    if (verbId !== Verb.TYPE || at > order || (final !== null && final.code >= 400)) continue;
    type = /^\s*A/i.test(argument ?? '') ? 'ascii' : /^\s*[IL]/i.test(argument ?? '') ? 'image' : type;
  }
  return type;
}

/** The address of the other side, as far as the transcript tells: the client's in server logs, the server's in client ones. */
export function peerOf(session: Session): Session['client'] | Session['server'] {
  return session.vantage === 'server' ? session.client : session.server;
}
