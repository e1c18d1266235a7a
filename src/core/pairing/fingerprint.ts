import { numberAt } from '../bytes/ascii.ts';
import { hashOf, hashOfWords } from '../bytes/hash.ts';
import { Kind, Note } from '../event.ts';
import { isDataSetupVerb, isTransferVerb, Verb } from '../ftp/verbs.ts';
import type { Family, Session } from '../report.ts';
import type { EventLog } from '../sessions/event-log.ts';
import type { LoggedExchange } from '../sessions/exchanges.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { LoggedTransfer } from '../sessions/transfers.ts';
import { lastPartHash, nameHash } from './keys.ts';

/** The dialogue as numbers, one index for each exchange. */
export interface Steps {
  readonly count: number;
  /** Packed verb; a hash for verbs of more than four letters; 0 for replies that no command asked for. */
  readonly verbs: Int32Array;
  /**
   * Hash of the argument, 0 for none; of a file's path its last part, which a relative and an absolute one share. A set-up
   * command's argument counts as none: address translation changes it.
   */
  readonly args: Int32Array;
  /** Code of the final reply, 0 for none. */
  readonly codes: Int32Array;
  /** Wall clock of the command, NaN without. */
  readonly sentMs: Float64Array;
  /** Wall clock of its first reply, NaN without. */
  readonly answeredMs: Float64Array;
}

/** A file's transfer as the record tells it. */
export interface Moved {
  /** Hash of the last part of the path, 0 if not said. */
  readonly name: number;
  readonly direction: Session['transfers'][number]['direction'];
  readonly announced: number | null;
  readonly bytes: number | null;
  /** Whether it succeeded; null where the record does not say. */
  readonly succeeded: boolean | null;
  /** Whether the server's final reply is shown. */
  readonly answered: boolean;
}

/** A SIZE command that was answered. */
export interface Sized {
  /** Hash of the last part of the path. */
  readonly name: number;
  readonly bytes: number;
}

/** What a session's record shows of the session itself, whoever kept it: what both records of one session have in common. */
export interface Fingerprint {
  readonly id: string;
  readonly input: number;
  readonly format: Session['format'];
  readonly vantage: Session['vantage'];
  readonly firstLine: number;
  readonly steps: Steps;
  /** Ports of 227, 229, PORT and EPRT, in order. */
  readonly ports: readonly number[];
  /** The address that 227 or PORT names first; null where other set-up commands were used too. */
  readonly dataAddress: string | null;
  readonly sizes: readonly Sized[];
  readonly moved: readonly Moved[];
  readonly user: string | null;
  readonly tls: Session['tls']['control'];
  /** Hash of the greeting's letters and digits, 0 without a greeting. */
  readonly greeting: number;
  readonly family: Family;
  /** The client's address as this record has it. */
  readonly clientAddress: string | null;
  /** The client's port of the control connection as this record has it. */
  readonly clientPort: number | null;
  readonly startMs: number | null;
  readonly endMs: number | null;
  /** Whether the times carry a date. */
  readonly dated: boolean;
  readonly resolutionMs: number;
  readonly hasReplies: boolean;
  /** Whether it shows the whole dialogue, not just transfers. */
  readonly hasCommands: boolean;
}

/** Ports, sizes and transfers of one session that are compared. */
const LISTED = 200;

/** Takes a session's fingerprint, of at most `maxSteps` exchanges. */
export function fingerprintOf(record: SessionRecord, maxSteps: number): Fingerprint {
  const { log, exchanges, client } = record;
  const steps = stepsOf(log, exchanges, maxSteps);
  const hidesCommands = record.gaps.includes('commands-hidden');
  const ports: number[] = [];
  for (const { offeredPort } of record.dataConnections)
    if (offeredPort !== null && offeredPort > 0 && ports.length < LISTED) ports.push(offeredPort);
  return {
    id: record.id,
    input: record.input,
    format: record.format,
    vantage: record.vantage,
    firstLine: record.firstLine,
    steps,
    ports,
    dataAddress: dataAddressOf(record.dataConnections),
    sizes: sizesOf(log, exchanges),
    moved: record.transfers.slice(0, LISTED).map((transfer) => ({
      name: nameHash(log, transfer),
      direction: transfer.direction,
      announced: transfer.announcedBytes,
      bytes: bytesOf(transfer),
      succeeded: transfer.outcome === 'unfinished' ? null : transfer.outcome === 'completed',
      answered: transfer.finalCode !== null,
    })),
    user: record.user,
    // A log that hides commands does not show AUTH either.
    tls: hidesCommands && record.tls.control === 'none' ? 'unknown' : record.tls.control,
    greeting: greetingHash(log, exchanges[0]),
    family: record.controlFamily,
    clientAddress: record.vantage === 'server' ? client.address : ownAddressOf(record),
    clientPort: client.port,
    startMs: record.startMs,
    endMs: record.endMs,
    dated: record.startedAt !== null,
    resolutionMs: record.resolutionMs ?? 1000,
    hasReplies: record.dialogue.repliesSeen && record.context.showsReplies,
    hasCommands: !hidesCommands && exchanges.some(({ isCommand, verbId }) => isCommand && !isTransferVerb(verbId)),
  };
}

function stepsOf(log: EventLog, exchanges: readonly LoggedExchange[], maxSteps: number): Steps {
  const count = Math.min(exchanges.length, maxSteps);
  const steps = {
    count,
    verbs: new Int32Array(count),
    args: new Int32Array(count),
    codes: new Int32Array(count),
    sentMs: new Float64Array(count),
    answeredMs: new Float64Array(count),
  };
  for (let i = 0; i < count; i++) {
    const { order, verbId, final, replies, isCommand } = exchanges[i]!;
    if (isCommand) {
      const end = log.textEnd(order);
      steps.verbs[i] = verbId !== 0 ? verbId : hashOfWords(log.bytes, end, log.extraEnd(order));
      const start = log.textStart(order);
      if (FILE_VERBS.has(verbId)) steps.args[i] = lastPartHash(log, order);
      else if (end > start && !isDataSetupVerb(verbId)) steps.args[i] = hashOf(log.bytes, start, end);
    }
    steps.codes[i] = final?.code ?? 0;
    steps.sentMs[i] = log.timeMs(order);
    steps.answeredMs[i] = replies.length === 0 ? Number.NaN : log.timeMs(replies[0]!.last);
  }
  return steps;
}

const FILE_VERBS: ReadonlySet<number> = new Set([Verb.RETR, Verb.STOR, Verb.APPE, Verb.SIZE, Verb.MDTM, Verb.DELE]);

function sizesOf(log: EventLog, exchanges: readonly LoggedExchange[]): readonly Sized[] {
  const sizes: Sized[] = [];
  for (const { verbId, order, final } of exchanges) {
    if (verbId !== Verb.SIZE || final?.code !== 213 || sizes.length === LISTED) continue;
    const bytes = numberAt(log.bytes, log.textStart(final.order), log.textEnd(final.order));
    if (bytes >= 0) sizes.push({ name: lastPartHash(log, order), bytes });
  }
  return sizes;
}

function greetingHash(log: EventLog, first: LoggedExchange | undefined): number {
  if (first === undefined || first.isCommand) return 0;
  const reply = first.replies.find(({ code }) => code === 220);
  if (reply === undefined) return 0;
  let hash = hashOfWords(log.bytes, 0, 0);
  for (let i = reply.order; i <= reply.last; i++)
    if (log.kind(i) === Kind.Reply || log.kind(i) === Kind.ReplyPart)
      hash = hashOfWords(log.bytes, log.textStart(i), log.textEnd(i), hash);
  return hash;
}

/** Bytes moved, where the record counts them or says how many were missing. */
function bytesOf({ transferredBytes, bytesExact, announcedBytes, cut, failure }: LoggedTransfer): number | null {
  if (transferredBytes !== null) return bytesExact ? transferredBytes : null;
  const missing = cut && failure !== null ? failure.value : Number.NaN;
  return announcedBytes !== null && missing <= announcedBytes ? announcedBytes - missing : null;
}

function dataAddressOf(connections: SessionRecord['dataConnections']): string | null {
  if (connections.some(({ command }) => command !== 'PASV' && command !== 'PORT')) return null;
  return connections.find(({ offeredPort }) => offeredPort !== null)?.endpoint.address ?? null;
}

/** The address that a client names as its own: its end of the control connection, else what it sends with PORT or EPRT. */
function ownAddressOf(record: SessionRecord): string | null {
  const local = record.remarks.find(({ note }) => note === Note.LocalAddress)?.address ?? null;
  if (local !== null) return local;
  return record.dataConnections.find(({ mode }) => mode === 'active')?.endpoint.address ?? null;
}
