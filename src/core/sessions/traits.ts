import { isOddArgument } from '../bytes/odd-argument.ts';
import { Note } from '../event.ts';
import { isDataSetupVerb, Verb } from '../ftp/verbs.ts';
import type { LoggedDataConnection } from './data-connections.ts';
import type { EventLog } from './event-log.ts';
import type { LoggedExchange, LoggedRemark } from './exchanges.ts';
import type { LoggedTransfer } from './transfers.ts';

/**
 * What sets a session apart, as bits that are found without decoding a text. Most diagnoses need one of them, so that a session
 * in which all went well is looked at by few.
 */
export const Trait = {
  /** A final reply of class 4 or 5. */
  refused: 1 << 0,
  /** A transfer that did not complete, or about which client or server said more than one thing. */
  troubled: 1 << 1,
  /** A set-up whose data connection is not known to have been used. */
  unused: 1 << 2,
  /** A 227 or 229 reply whose port cannot be read. */
  unreadable: 1 << 3,
  /** EPSV with an argument. */
  epsvArgument: 1 << 4,
  /** A 227 reply, or PORT, with an address that is not public. */
  unroutable: 1 << 5,
  /** The control connection is IPv6. */
  ipv6: 1 << 6,
  /** The control connection is IPv4, with the address in IPv6 form. */
  mapped: 1 << 7,
  /** The peer is not at a public address. */
  inside: 1 << 8,
  /** A file transfer that is not known to be in TYPE I. */
  ascii: 1 << 9,
  /** REST or APPE. */
  restart: 1 << 10,
  /** A transfer whose moved bytes are known. */
  counted: 1 << 11,
  /** A login without TLS. */
  plain: 1 << 12,
  /** Nobody logged in. */
  noLogin: 1 << 13,
  /** An argument that is long, climbs directories, or has bytes that names rarely have. */
  oddArgument: 1 << 14,
  /** The transcript is a client's. */
  client: 1 << 15,
  /** The transcript has a gap, or the session's end is not shown. */
  cut: 1 << 16,
  /** The control connection is encrypted, and data were moved in clear. */
  clearData: 1 << 17,
  /** A command was answered after {@link SLOW_REPLY_MS} or more, whatever the clock's step hides. */
  slow: 1 << 18,
  /** A line is dated before an earlier one. */
  backwards: 1 << 19,
  /** A reply of several lines has no last one. */
  unended: 1 << 20,
  /** A set-up of a data connection was refused. */
  setUpRefused: 1 << 21,
  /** AUTH was refused. */
  authRefused: 1 << 22,
  /** A login was refused, or the server sent the client away: by 421, or by an error that nobody asked for. */
  sentAway: 1 << 23,
  /** Commands and replies go over TLS. */
  encrypted: 1 << 24,
  /** The transcript is a server's. */
  server: 1 << 25,
  /** A transfer that broke off, or that ended in a 450. */
  broken: 1 << 26,
} as const;
export type Trait = keyof typeof Trait;

/** From when on a reply counts as slow: nobody waits that long for a command that only looks something up. */
export const SLOW_REPLY_MS = 2000;

/** Traits that a session may have and still be one of many like it: they follow from the kind of session and of peer. */
export const ROUTINE_TRAITS =
  Trait.server | Trait.plain | Trait.encrypted | Trait.inside | Trait.ipv6 | Trait.clearData | Trait.unroutable;

/** What traits are read from. */
export interface Characteristics {
  readonly resolutionMs: number | null;
  readonly vantage: 'client' | 'server';
  readonly exchanges: readonly LoggedExchange[];
  readonly transfers: readonly LoggedTransfer[];
  readonly dataConnections: readonly LoggedDataConnection[];
  readonly remarks: readonly LoggedRemark[];
  readonly controlFamily: 'ipv4' | 'ipv6' | 'unknown';
  readonly incomplete: boolean;
  readonly end: string;
  readonly login: string;
  readonly tls: { readonly control: string; readonly data: string };
  /** The other side's address and what network it belongs to. */
  readonly peerAddress: string | null;
  readonly peerRange: string | null;
}

/** Reads a session's traits. */
export function traitsOf(session: Characteristics, log: EventLog): number {
  let traits: number = session.vantage === 'client' ? Trait.client : Trait.server;
  const slowMs = SLOW_REPLY_MS + (session.resolutionMs ?? 0);
  for (const exchange of session.exchanges) traits |= traitsOfExchange(exchange, log, slowMs);
  // A session that begins with an error was refused, whatever the error answers.
  if (session.exchanges[0]?.replies.some(({ code }) => code >= 400)) traits |= Trait.sentAway;
  for (const transfer of session.transfers) traits |= traitsOfTransfer(transfer);
  for (const connection of session.dataConnections) {
    if (connection.outcome !== 'used') traits |= Trait.unused;
    if (connection.unreadable) traits |= Trait.unreadable;
    if (connection.command === 'EPSV' && connection.setup.hasArgument) traits |= Trait.epsvArgument;
    if (connection.isUnroutable) traits |= Trait.unroutable;
  }
  if (log.runsBackwards) traits |= Trait.backwards;
  if (session.controlFamily === 'ipv6') traits |= Trait.ipv6;
  else if (session.controlFamily === 'ipv4' && session.peerAddress?.includes(':')) traits |= Trait.mapped;
  if (session.peerRange !== 'public') traits |= Trait.inside;
  if (session.incomplete || session.end === 'unfinished') traits |= Trait.cut;
  if (session.login !== 'accepted') traits |= Trait.noLogin;
  const { control, data } = session.tls;
  if (control === 'explicit' || control === 'implicit') traits |= Trait.encrypted;
  if (control === 'none') traits |= Trait.plain;
  else if (data === 'clear') traits |= Trait.clearData;
  for (const { note } of session.remarks) {
    if (note === Note.ClientError) traits |= Trait.troubled;
    else if (note === Note.PeerRefused || note === Note.LoginRefused) traits |= Trait.sentAway;
  }
  return traits;
}

function traitsOfExchange(exchange: LoggedExchange, log: EventLog, slowMs: number): number {
  let traits = 0;
  const { verbId } = exchange;
  for (const { code } of exchange.replies) {
    if (code >= 400) traits |= traitsOfRefusal(verbId);
    if (code === 421 || code === 120) traits |= Trait.sentAway;
  }
  if (verbId === Verb.REST || verbId === Verb.APPE) traits |= Trait.restart;
  if (verbId === Verb.EPSV && exchange.hasArgument) traits |= Trait.epsvArgument;
  const { atMs } = exchange;
  const answeredMs = exchange.replies[0]?.atMs ?? null;
  if (atMs !== null && answeredMs !== null && answeredMs - atMs >= slowMs) traits |= Trait.slow;
  for (const { isUnended } of exchange.replies) if (isUnended) traits |= Trait.unended;
  // SITE and HELP take commands for an argument.
  if (
    exchange.hasArgument &&
    (verbId === Verb.SITE ||
      verbId === Verb.HELP ||
      isOddArgument(log.bytes, log.textStart(exchange.order), log.textEnd(exchange.order)))
  )
    traits |= Trait.oddArgument;
  return traits;
}

function traitsOfRefusal(verbId: number): number {
  if (isDataSetupVerb(verbId)) return Trait.refused | Trait.setUpRefused;
  if (verbId === Verb.AUTH) return Trait.refused | Trait.authRefused;
  const isLogin = verbId === Verb.USER || verbId === Verb.PASS || verbId === Verb.ACCT;
  return isLogin || verbId === 0 ? Trait.refused | Trait.sentAway : Trait.refused;
}

function traitsOfTransfer(transfer: LoggedTransfer): number {
  let traits = 0;
  if (
    transfer.outcome !== 'completed' ||
    transfer.failure !== null ||
    transfer.error !== null ||
    transfer.aborted ||
    (transfer.command !== null && transfer.command.replies.length > 2)
  )
    traits |= Trait.troubled;
  if (transfer.outcome === 'aborted' || transfer.finalCode === 450) traits |= Trait.broken;
  if (transfer.type !== 'image' && transfer.direction !== 'listing') traits |= Trait.ascii;
  if (transfer.transferredBytes !== null) traits |= Trait.counted;
  return traits;
}
