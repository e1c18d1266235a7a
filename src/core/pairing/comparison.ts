import { classifyAddress } from '../ftp/addresses.ts';
import { isDataSetupVerb } from '../ftp/verbs.ts';
import type { DataConnection, Exchange, Session, Transfer } from '../sessions/session.ts';
import type { Alignment } from './alignment.ts';
import type { Difference, PairedDataConnection, PairedExchange, PairedTransfer } from './paired.ts';

/** Lays the exchanges side by side, in the order of both records; what only one shows stands where it fell. */
export function compareExchanges(client: Session, server: Session, alignment: Alignment): PairedExchange[] {
  const exchanges: PairedExchange[] = [];
  let i = 0;
  let j = 0;
  for (let n = 0; n <= alignment.client.length; n++) {
    const nextClient = alignment.client[n] ?? client.exchanges.length;
    const nextServer = alignment.server[n] ?? server.exchanges.length;
    while (i < nextClient) exchanges.push({ client: client.exchanges[i++]!, server: null, difference: 'client-only' });
    while (j < nextServer) exchanges.push({ client: null, server: server.exchanges[j++]!, difference: 'server-only' });
    if (n === alignment.client.length) break;
    const a = client.exchanges[i++]!;
    const b = server.exchanges[j++]!;
    exchanges.push({ client: a, server: b, difference: differenceOf(a, b, server) });
  }
  return exchanges;
}

function differenceOf(client: Exchange, server: Exchange, record: Session): Difference | null {
  const isSetup = isDataSetupVerb(client.verbId);
  const a = client.final;
  const b = server.final;
  if (a !== null && b !== null && a.code !== b.code) return 'code-differs';
  if (a === null && b !== null) return 'reply-not-received';
  if ((client.argument ?? '') !== (server.argument ?? '')) return isSetup ? 'address-differs' : 'argument-differs';
  if (a !== null && b === null) return record.gaps.includes('replies-not-logged') ? null : 'reply-not-logged';
  if (a === null || b === null) return null;
  if (isSetup && digitsOf(a.text) !== digitsOf(b.text) && b.text !== '') return 'address-differs';
  return isSameText(a.text, b.text) ? null : 'text-differs';
}

function digitsOf(text: string): string {
  return /\(([^()]*)\)/.exec(text)?.[1] ?? (text.match(/\d+/g) ?? []).join(',');
}

/**
 * Whether two texts of a reply say the same: numbers and quoted names aside, which posters and address translation change, and
 * either may be cut.
 */
function isSameText(client: string, server: string): boolean {
  const a = wordsOf(client);
  const b = wordsOf(server);
  return a.includes(b) || b.includes(a);
}

function wordsOf(text: string): string {
  return text
    .replaceAll(/"[^"\n]*"/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '');
}

/** Pairs the transfers: by their commands, else, where a record shows none, by direction and name in order. */
export function pairTransfers(
  client: Session,
  server: Session,
  exchanges: readonly PairedExchange[],
): PairedTransfer[] {
  const clientBy = byExchange(client);
  const serverBy = byExchange(server);
  const pairs: PairedTransfer[] = [];
  for (const { client: a, server: b } of exchanges) {
    const clientIndex = a === null ? undefined : clientBy.get(a);
    const serverIndex = b === null ? undefined : serverBy.get(b);
    if (clientIndex !== undefined && serverIndex !== undefined)
      pairs.push(pairOf(client, clientIndex, server, serverIndex));
  }
  return pairs.length > 0 ? pairs : pairByName(client, server);
}

function byExchange(session: Session): Map<Exchange, number> {
  const map = new Map<Exchange, number>();
  session.transfers.forEach(({ exchange }, index) => {
    if (exchange !== null) map.set(session.exchanges[exchange]!, index);
  });
  return map;
}

function pairByName(client: Session, server: Session): PairedTransfer[] {
  const serverBy = new Map<string, number[]>();
  // The last first, so that they can be popped off in order.
  for (let index = server.transfers.length - 1; index >= 0; index--) {
    const file = fileOf(server.transfers[index]!);
    if (serverBy.has(file)) serverBy.get(file)!.push(index);
    else serverBy.set(file, [index]);
  }
  const pairs: PairedTransfer[] = [];
  client.transfers.forEach((transfer, clientIndex) => {
    const serverIndex = transfer.direction === 'listing' ? undefined : serverBy.get(fileOf(transfer))?.pop();
    if (serverIndex !== undefined) pairs.push(pairOf(client, clientIndex, server, serverIndex));
  });
  return pairs;
}

/** Direction and last part of the path: one record may have the path in full. */
function fileOf({ direction, path }: Transfer): string {
  return `${direction} ${path === null ? '' : path.trimEnd().replace(/^.*[\\/]/s, '')}`;
}

function pairOf(client: Session, clientIndex: number, server: Session, serverIndex: number): PairedTransfer {
  const a = client.transfers[clientIndex]!;
  const b = server.transfers[serverIndex]!;
  return {
    clientIndex,
    serverIndex,
    client: a,
    server: b,
    clientExchange: a.exchange === null ? null : client.exchanges[a.exchange]!,
    serverExchange: b.exchange === null ? null : server.exchanges[b.exchange]!,
  };
}

/** Pairs the data connections by the commands that set them up. */
export function pairDataConnections(
  client: Session,
  server: Session,
  exchanges: readonly PairedExchange[],
  transfers: readonly PairedTransfer[],
): PairedDataConnection[] {
  const setUpBy = (session: Session) =>
    new Map(session.dataConnections.map((connection, index) => [session.exchanges[connection.exchange]!, index]));
  const clientBy = setUpBy(client);
  const serverBy = setUpBy(server);
  const transferBy = new Map(transfers.map((transfer) => [transfer.client.dataConnection, transfer]));
  const pairs: PairedDataConnection[] = [];
  for (const { client: a, server: b } of exchanges) {
    const i = a === null ? undefined : clientBy.get(a);
    const j = b === null ? undefined : serverBy.get(b);
    if (i === undefined || j === undefined) continue;
    const transfer = transferBy.get(i);
    pairs.push({
      client: client.dataConnections[i]!,
      server: server.dataConnections[j]!,
      transfer: transfer?.server.dataConnection === j ? transfer : null,
    });
  }
  return pairs;
}

/** Whether something between the two changed a port of the dialogue; null where no port can be compared. */
export function arePortsRewritten(connections: readonly PairedDataConnection[]): boolean | null {
  const compared = connections.filter(
    ({ client, server }) => client.endpoint.port !== null && server.endpoint.port !== null,
  );
  return compared.length === 0 ? null : compared.some(({ client, server }) => isRewritten(client, server).port);
}

/** Which parts of an announced endpoint differ between the records. */
export function isRewritten(client: DataConnection, server: DataConnection): { address: boolean; port: boolean } {
  const a = client.endpoint;
  const b = server.endpoint;
  const named = a.range !== null && b.range !== null && client.command !== 'EPSV';
  return {
    address: named && classifyAddress(a.address!).plain !== classifyAddress(b.address!).plain,
    port: a.port !== null && b.port !== null && a.port !== b.port,
  };
}
