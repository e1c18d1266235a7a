import { Note } from '../../event.ts';
import { isRewritten } from '../../pairing/comparison.ts';
import type { PairedDataConnection, PairedSessions } from '../../pairing/paired.ts';
import type { Exchange, Remark } from '../../sessions/session.ts';
import { provesDataConnection } from '../preliminary.ts';
import { serverOf } from '../products.ts';

/** A data connection that the client could not make to the port that the server had opened for it. */
export interface UnmadeConnection {
  readonly connection: PairedDataConnection;
  /** What the server's record says of it: it stood, nobody came, or nothing either way. */
  readonly atServer: 'stood' | 'nobody-came' | 'unknown';
  readonly setup: { readonly client: Exchange; readonly server: Exchange };
  readonly failed: Remark | null;
}

/** Passive data connections that failed for the client although it tried the very port that the server opened. */
export function* unmadeConnectionsOf(sessions: PairedSessions): Generator<UnmadeConnection> {
  const { client, server, dataConnections } = sessions;
  for (const connection of dataConnections) {
    const { failure, mode, outcome } = connection.client;
    if (mode !== 'passive' || outcome !== 'unreachable' || !FAILURES.has(failure)) continue;
    const { address, port } = isRewritten(connection.client, connection.server);
    if (address || port || connection.server.endpoint.port === null) continue;
    const setup = {
      client: client.exchanges[connection.client.exchange]!,
      server: server.exchanges[connection.server.exchange]!,
    };
    const failed = client.remarks.find(({ note, order }) => note === Note.DataFailed && order > setup.client.order);
    yield { connection, atServer: atServerOf(connection, sessions), setup, failed: failed ?? null };
  }
}

const FAILURES: ReadonlySet<string | null> = new Set(['timeout', 'refused', 'no-route']);

function atServerOf(
  { server, transfer }: PairedDataConnection,
  { server: record }: PairedSessions,
): UnmadeConnection['atServer'] {
  const command = transfer?.serverExchange ?? null;
  if (command === null) return server.outcome === 'used' ? 'stood' : 'nobody-came';
  const proof = provesDataConnection(command, serverOf(record).product);
  if (proof === true) return 'stood';
  return proof === false ? 'nobody-came' : 'unknown';
}
