import { BACKSLASH, numberAt, SLASH, SPACE } from '../bytes/ascii.ts';
import { hashOf, hashOfWords } from '../bytes/hash.ts';
import { Verb } from '../ftp/verbs.ts';
import type { EventLog } from '../sessions/event-log.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { LoggedTransfer } from '../sessions/transfers.ts';

/** A kind of key stands above the 48 bits of its value, so that a key is one whole number. */
const KIND = 2 ** 48;
const PORT = 0;
const BYTES = 1;
const PATH = 2;
const USER = 3;

/** Byte counts below it are shared by too many files to be worth a look. */
const TELLING_BYTES = 1000;
const KEYS = 64;

/**
 * Puts what both records of a session show alike, and hardly any other session, into `keys`: ports of data connections, byte
 * counts, and file names together with the user. Makes no strings but those that the session has made already.
 */
export function collectKeys(record: SessionRecord, keys: number[]): void {
  keys.length = 0;
  for (const connection of record.dataConnections) {
    const port = connection.offeredPort;
    if (port !== null && port > 0 && keys.length < KEYS) keys.push(PORT * KIND + port);
  }
  const { log } = record;
  for (const exchange of record.exchanges) {
    if (exchange.verbId !== Verb.SIZE || exchange.final?.code !== 213 || keys.length >= KEYS) continue;
    const { order } = exchange.final;
    const bytes = numberAt(log.bytes, log.textStart(order), log.textEnd(order));
    if (bytes >= TELLING_BYTES) keys.push(BYTES * KIND + Math.min(bytes, KIND - 1));
  }
  const user = userHash(record);
  for (const transfer of record.transfers) {
    if (keys.length >= KEYS) return;
    const { transferredBytes } = transfer;
    if (transferredBytes !== null && transfer.bytesExact && transferredBytes >= TELLING_BYTES)
      keys.push(BYTES * KIND + Math.min(transferredBytes, KIND - 1));
    const name = nameHash(log, transfer);
    if (name !== 0) keys.push(PATH * KIND + ((name ^ user) >>> 0));
  }
}

/** The key of who logs in; 0 for nobody. Many sessions share it. */
export function userKey(record: SessionRecord): number {
  const user = userHash(record);
  return user === 0 ? 0 : USER * KIND + (user >>> 0);
}

/** Hash of the name that the session sent, else of the one that the log's prefixes carry; 0 for none. */
function userHash({ exchanges, log }: SessionRecord): number {
  for (const { verbId, order } of exchanges)
    if (verbId === Verb.USER && log.textEnd(order) > log.textStart(order))
      return hashOfWords(log.bytes, log.textStart(order), log.textEnd(order));
  return log.userEnd > log.userStart ? hashOfWords(log.bytes, log.userStart, log.userEnd) : 0;
}

/** Hash of the last part of a transfer's path: the part that a relative and an absolute path share. 0 for none, and for listings. */
export function nameHash(log: EventLog, transfer: LoggedTransfer): number {
  if (transfer.direction === 'listing') return 0;
  const { order } = transfer;
  return lastPartHash(log, order);
}

/** Hash of the last part of the path that an event's text is, 0 for none. */
export function lastPartHash(log: EventLog, order: number): number {
  const { bytes } = log;
  let end = log.textEnd(order);
  const start = log.textStart(order);
  while (end > start && bytes[end - 1] === SPACE) end--;
  let from = end;
  while (from > start && bytes[from - 1] !== SLASH && bytes[from - 1] !== BACKSLASH) from--;
  return end > from ? hashOf(bytes, from, end) : 0;
}
