import type { Pair, PairTransfer } from '../report.ts';
import { align } from './alignment.ts';
import { reasonsOf } from './assignment.ts';
import { type ClockComparison, compareClocks } from './clocks.ts';
import { arePortsRewritten, compareExchanges, pairDataConnections, pairTransfers } from './comparison.ts';
import { confidenceOf } from './evidence.ts';
import { fingerprintOf } from './fingerprint.ts';
import { firstCloseOf } from './first-close.ts';
import { type Match, readAgain } from './kept-sessions.ts';
import type { PairedSessions, PairedTransfer } from './paired.ts';

/** A pair for the report, and both records to look at; null where only a fingerprint of one of them was kept. */
export interface LaidPair {
  readonly pair: Pair;
  readonly sessions: PairedSessions | null;
}

/** Lays the two records of a match side by side. */
export function layTogether(match: Match, id: string): LaidPair {
  const client = readAgain(match.client);
  const server = readAgain(match.server);
  if (client === null || server === null) return { pair: pairOfFingerprints(match, id), sessions: null };
  const a = fingerprintOf(client, Number.POSITIVE_INFINITY);
  const b = fingerprintOf(server, Number.POSITIVE_INFINITY);
  const alignment = align(a.steps, b.steps);
  const compared = compareClocks(a, b, alignment);
  const exchanges = compareExchanges(client, server, alignment);
  const transfers = pairTransfers(client, server, exchanges);
  const sessions: PairedSessions = {
    id,
    client,
    server,
    exchanges,
    transfers,
    dataConnections: pairDataConnections(client, server, exchanges, transfers),
    clock: compared === 'contradictory' ? null : compared,
    serverGuesses: match.server.whole!.guesses,
  };
  const pair: Pair = {
    id,
    client: client.id,
    server: server.id,
    confidence: confidenceOf(match.points),
    reasons: reasonsOf(match),
    clockSkewMs: skewOf(compared),
    nat: {
      clientSeenAs: server.client.address,
      serverSeenAs: client.server.address,
      portsRewritten: arePortsRewritten(sessions.dataConnections),
    },
    exchanges: indexesOf(sessions),
    transfers: transfers.map((transfer) => describeTransfer(transfer, sessions)),
  };
  return { pair, sessions };
}

/** What can be said where both logs are large and one of the two sessions is gone. */
function pairOfFingerprints(match: Match, id: string): Pair {
  const { client, server } = match;
  return {
    id,
    client: client.print.id,
    server: server.print.id,
    confidence: confidenceOf(match.points),
    reasons: [...reasonsOf(match), 'Both logs are large: of one session only what is compared here was kept.'],
    clockSkewMs: skewOf(compareClocks(client.print, server.print, align(client.print.steps, server.print.steps))),
    nat: { clientSeenAs: server.print.clientAddress, serverSeenAs: null, portsRewritten: null },
    exchanges: [],
    transfers: [],
  };
}

function skewOf(compared: ClockComparison): Pair['clockSkewMs'] {
  return compared === null || compared === 'contradictory'
    ? null
    : { value: compared.ms, plusMinus: compared.plusMinusMs };
}

function indexesOf({ exchanges }: PairedSessions): Pair['exchanges'] {
  let i = 0;
  let j = 0;
  return exchanges.map((exchange) => ({
    client: exchange.client === null ? null : i++,
    server: exchange.server === null ? null : j++,
    verb: (exchange.client ?? exchange.server)!.verb,
    note: exchange.difference,
  }));
}

function describeTransfer(transfer: PairedTransfer, sessions: PairedSessions): PairTransfer {
  const { client, server, clientIndex, serverIndex } = transfer;
  const { side, certainty } = firstCloseOf(transfer, sessions);
  const isUpload = client.direction === 'upload';
  return {
    client: clientIndex,
    server: serverIndex,
    closedFirst: { side, certainty },
    sentBytes: (isUpload ? client : server).transferredBytes,
    receivedBytes: (isUpload ? server : client).transferredBytes,
    clientMs: client.durationMs,
    serverMs: server.durationMs,
    finalReplyReceived: server.finalCode === null ? null : client.finalCode !== null,
  };
}
