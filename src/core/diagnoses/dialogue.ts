/** Reading the dialogue of a session: what came before, after and between. */

import { isTransferVerb, Verb } from '../ftp/verbs.ts';
import type { DataConnection, Exchange, Remark, Reply, Session, Transfer } from '../sessions/session.ts';
import { perSession } from './per-session.ts';

/** A reply together with the command that it answers. */
export interface Answer {
  readonly exchange: Exchange;
  readonly reply: Reply;
}

/** Replies of class 4 and 5: a few of many, of which each diagnosis looks for its own. */
const refusalsOf = perSession((session) => collect(session, ({ code }) => code >= 400));

function collect(session: Session, fits: (reply: Reply) => boolean): readonly Answer[] {
  const answers: Answer[] = [];
  for (const exchange of session.exchanges)
    for (const reply of exchange.replies) if (fits(reply)) answers.push({ exchange, reply });
  return answers;
}

/**
 * Every reply with one of the codes, with its exchange, in order of the exchanges. `verbs`: to these commands only; 0 stands for
 * replies that nobody asked for.
 */
export function answersOf(
  session: Session,
  codes: readonly number[],
  text?: RegExp,
  verbs?: readonly number[],
): readonly Answer[] {
  const areRefusals = codes.every((code) => code >= 400);
  return (areRefusals ? refusalsOf(session) : collect(session, () => true)).filter(
    ({ exchange, reply }) =>
      codes.includes(reply.code) &&
      (verbs === undefined || verbs.includes(exchange.verbId)) &&
      (text === undefined || text.test(reply.text)),
  );
}

/** The first reply with one of the codes, or null. */
export function firstAnswerOf(session: Session, codes: readonly number[], text?: RegExp): Answer | null {
  return answersOf(session, codes, text)[0] ?? null;
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

/** A transfer and its index in its session. */
export interface PlacedTransfer {
  readonly transfer: Transfer;
  readonly index: number;
}

/** What belongs to what: a session may hold many thousands of transfers, and each is asked for. */
interface Index {
  readonly transferByExchange: ReadonlyMap<number, number>;
  readonly transferByDataConnection: ReadonlyMap<number, number>;
  readonly dataConnectionByExchange: ReadonlyMap<number, number>;
}

const indexOf = perSession((session): Index => {
  const transferByExchange = new Map<number, number>();
  const transferByDataConnection = new Map<number, number>();
  const dataConnectionByExchange = new Map<number, number>();
  const putFirst = (map: Map<number, number>, key: number | null, index: number) => {
    if (key !== null && !map.has(key)) map.set(key, index);
  };
  session.transfers.forEach(({ exchange, dataConnection }, index) => {
    putFirst(transferByExchange, exchange, index);
    putFirst(transferByDataConnection, dataConnection, index);
  });
  session.dataConnections.forEach(({ exchange }, index) => {
    putFirst(dataConnectionByExchange, exchange, index);
  });
  return { transferByExchange, transferByDataConnection, dataConnectionByExchange };
});

/** The first transfer that used a data connection, given by its index; null if none did. */
export function transferOver(session: Session, dataConnection: number): PlacedTransfer | null {
  const index = indexOf(session).transferByDataConnection.get(dataConnection);
  return index === undefined ? null : { transfer: session.transfers[index]!, index };
}

/** The transfer that a command began, as an index, or null. */
export function transferOf(session: Session, exchange: Exchange): number | null {
  return indexOf(session).transferByExchange.get(placeOf(session, exchange)) ?? null;
}

/** The data connection that a command set up, as an index, or null. */
export function dataConnectionOf(session: Session, exchange: Exchange): number | null {
  return indexOf(session).dataConnectionByExchange.get(placeOf(session, exchange)) ?? null;
}

/** The index of a command in its session. */
function placeOf(session: Session, exchange: Exchange): number {
  return firstAfter(session.exchanges, exchange.order) - 1;
}

/** The final reply of a transfer's own command. */
export function finalOf(session: Session, transfer: Transfer): Reply | null {
  return exchangeOf(session, transfer)?.final ?? null;
}

/** The first of some entries after a point in the order of events, as an index. The entries stand in that order. */
function firstAfter(entries: readonly { readonly order: number }[], order: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]!.order > order) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first command after a point in the order of events that fits, or null. */
export function commandAfter(
  session: Session,
  order: number,
  fits: (exchange: Exchange) => boolean = isCommand,
): Exchange | null {
  const { exchanges } = session;
  for (let i = firstAfter(exchanges, order); i < exchanges.length; i++) if (fits(exchanges[i]!)) return exchanges[i]!;
  return null;
}

/** The last command before a point in the order of events that fits, or null. */
export function commandBefore(
  session: Session,
  order: number,
  fits: (exchange: Exchange) => boolean = isCommand,
): Exchange | null {
  const { exchanges } = session;
  for (let i = firstAfter(exchanges, order) - 1; i >= 0; i--)
    if (exchanges[i]!.order < order && fits(exchanges[i]!)) return exchanges[i]!;
  return null;
}

/** Commands between two points in the order of events, both excluded. */
export function commandsBetween(session: Session, from: number, to: number): readonly Exchange[] {
  return between(session.exchanges, from, to).filter(isCommand);
}

/** Remarks of these notes between two points in the order of events, both excluded. */
export function remarksBetween(
  session: Session,
  from: number,
  to: number,
  notes: readonly number[],
): readonly Remark[] {
  return between(session.remarks, from, to).filter(({ note }) => notes.includes(note));
}

function between<Entry extends { readonly order: number }>(
  entries: readonly Entry[],
  from: number,
  to: number,
): readonly Entry[] {
  const found: Entry[] = [];
  for (let i = firstAfter(entries, from); i < entries.length && entries[i]!.order < to; i++) found.push(entries[i]!);
  return found;
}

/** The first remark of one of these notes, or null. */
export function remarkOf(session: Session, notes: readonly number[]): Remark | null {
  return session.remarks.find(({ note }) => notes.includes(note)) ?? null;
}

/** Where a transfer begins and ends in the order of events: up to the next transfer's command. */
export function spanOf(session: Session, transfer: Transfer): { from: number; to: number } {
  const exchange = exchangeOf(session, transfer);
  if (exchange === null) return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  return { from: exchange.order, to: nextTransferCommand(session, exchange.order) };
}

/** Where the first command of a transfer after a point in the order of events stands in it; infinity if there is none. */
export function nextTransferCommand(session: Session, order: number): number {
  return commandAfter(session, order, ({ verbId }) => isTransferVerb(verbId))?.order ?? Number.POSITIVE_INFINITY;
}

/** Where the next data connection is set up, in the order of events; infinity if none is. */
export function nextSetup(session: Session, dataConnection: number): number {
  const { exchange } = session.dataConnections[dataConnection]!;
  for (let i = dataConnection + 1; i < session.dataConnections.length; i++) {
    const next = session.dataConnections[i]!;
    if (next.exchange > exchange) return setupOf(session, next)?.order ?? Number.POSITIVE_INFINITY;
  }
  return Number.POSITIVE_INFINITY;
}

/** The replies 421, by which a server closes the connection, in order. */
const closingsOf = perSession((session) =>
  answersOf(session, [421])
    .map(({ reply }) => reply)
    .sort((a, b) => a.order - b.order),
);

/** The first 421 after a point in the order of events, or null. */
export function closingAfter(session: Session, order: number): Reply | null {
  const closings = closingsOf(session);
  return closings[firstAfter(closings, order)] ?? null;
}

const sizesOf = perSession((session) => {
  const sizes = new Map<string | null, Exchange[]>();
  for (const exchange of commandsOf(session, [Verb.SIZE])) {
    const asked = sizes.get(exchange.argument);
    if (asked === undefined) sizes.set(exchange.argument, [exchange]);
    else asked.push(exchange);
  }
  return sizes;
});

/** The first SIZE of a path after a point in the order of events, or null. */
export function sizeAfter(session: Session, order: number, path: string | null): Exchange | null {
  const asked = sizesOf(session).get(path) ?? [];
  return asked[firstAfter(asked, order)] ?? null;
}

/** The last SIZE of a path before a point in the order of events that was answered by 213, or null. */
export function sizeBefore(session: Session, order: number, path: string): Exchange | null {
  const asked = sizesOf(session).get(path) ?? [];
  for (let i = firstAfter(asked, order) - 1; i >= 0; i--)
    if (asked[i]!.order < order && asked[i]!.final?.code === 213) return asked[i]!;
  return null;
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
  return commandBefore(session, order + 1, ({ verbId }) => verbId === Verb.USER)?.argument ?? null;
}

const typesOf = perSession((session) => {
  const types: { readonly order: number; readonly type: 'ascii' | 'image' }[] = [];
  for (const { order, argument, final } of commandsOf(session, [Verb.TYPE])) {
    if (final !== null && final.code >= 400) continue;
    if (/^\s*A/i.test(argument ?? '')) types.push({ order, type: 'ascii' });
    else if (/^\s*[IL]/i.test(argument ?? '')) types.push({ order, type: 'image' });
  }
  return types;
});

/** The transfer type in force at a point of the order of events: what the last accepted TYPE set, null if none was. */
export function typeAt(session: Session, order: number): 'ascii' | 'image' | null {
  const types = typesOf(session);
  return types[firstAfter(types, order) - 1]?.type ?? null;
}

/** The address of the other side, as far as the transcript tells: the client's in server logs, the server's in client ones. */
export function peerOf(session: Session): Session['client'] | Session['server'] {
  return session.vantage === 'server' ? session.client : session.server;
}
