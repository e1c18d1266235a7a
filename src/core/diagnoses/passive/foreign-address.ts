import type { DataConnection, Session } from '../../sessions/session.ts';

/** A 227 seen by the client that names another public address than the server's. */
export interface Foreign {
  readonly index: number;
  readonly data: DataConnection;
  readonly announced: string;
  readonly server: string;
}

/** Passive replies in a client's transcript with a public address that is not the one the client talks to. */
export function* foreignAddresses(session: Session): Generator<Foreign> {
  const { address: server, range } = session.server;
  if (session.vantage !== 'client' || server === null || range !== 'public') return;
  for (let index = 0; index < session.dataConnections.length; index++) {
    const data = session.dataConnections[index]!;
    const { address: announced } = data.endpoint;
    if (data.command !== 'PASV' || data.replyCode !== 227 || announced === null) continue;
    if (data.endpoint.range !== 'public' || announced === server || session.proxy !== null) continue;
    // On IPv6 the client cannot compare the two.
    if (data.endpoint.family !== session.server.family) continue;
    yield { index, data, announced, server };
  }
}

/** Whether the data connection to it failed. */
export function isFailed(data: DataConnection): boolean {
  return data.outcome === 'unreachable';
}
