import type { DataConnection, Session } from '../../core/sessions/session.ts';
import { count, defineTable, flag, text, time } from './table.ts';

interface ConnectionRow {
  readonly path: string;
  readonly session: Session;
  readonly index: number;
  readonly connection: DataConnection;
}

/** One row a data connection, the refused ones included. */
export const connections = defineTable<ConnectionRow>({
  name: 'connections',
  title: 'data connections, one a row; refused set-up commands included',
  columns: [
    text('file', 'Path of the input.', (row) => row.path),
    text('session', 'Id of the session.', (row) => row.session.id),
    count('connection', 'Which data connection of the session, from 0.', (row) => row.index, '#'),
    count('line', 'Line of the set-up command.', (row) => row.connection.line),
    text('command', '`EPSV`, `PASV`, `EPRT`, `PORT`, `LPSV` or `LPRT`.', (row) => row.connection.command),
    count('reply_code', 'Final reply to the command.', (row) => row.connection.replyCode, 'reply'),
    count('port', 'Port to connect to.', (row) => row.connection.endpoint.port),
    text('family', 'Address family: `ipv4`, `ipv6` or `unknown`.', (row) => row.connection.family),
    text(
      'family_basis',
      'How the family is known: `address`, `argument`, `control-connection` (RFC 2428 section 3) or `observed`.',
      (row) => row.connection.familyBasis,
      'known by',
    ),
    text(
      'outcome',
      '`used`, `refused` (by a 4xx or 5xx), `unreachable`, `unused` or `unknown`.',
      (row) => row.connection.outcome,
    ),
    text(
      'failure',
      'Why it did not come about or broke: `timeout`, `reset`, `no-route`, `tls`, `never-came` or `refused`.',
      (row) => row.connection.failure,
    ),
    flag('tls', 'Whether TLS protects it.', (row) => row.connection.tls),
    flag(
      'tls_resumed',
      "Whether it resumed the control connection's TLS session.",
      (row) => row.connection.tlsResumed,
      'resumed',
    ),
    text(
      'address',
      'Address to connect to; after 229 that of the control connection.',
      (row) => row.connection.endpoint.address,
    ),
    text(
      'connected_address',
      'Address that the client really went to.',
      (row) => row.connection.connectedTo?.address ?? null,
      'went to',
    ),
    count(
      'connected_port',
      'Port that the client really went to.',
      (row) => row.connection.connectedTo?.port ?? null,
      'at port',
    ),
    text('mode', '`passive`: the client connects; `active`: the server does.', (row) => row.connection.mode),
    text('argument', 'Argument of the command.', (row) => row.connection.argument),
    time('opened_at', 'Time at which it was opened.', (row) => row.connection.openedAt, 'opened'),
    time('closed_at', 'Time at which it was closed.', (row) => row.connection.closedAt, 'closed'),
    text('user', 'Who logged in, else the name last tried.', (row) => row.session.user),
    text('client_address', 'Address of the client.', (row) => row.session.client.address, 'client'),
    text('server_address', 'Address of the server.', (row) => row.session.server.address, 'server'),
  ],
  eachOfSession(session, _findings, path, take) {
    session.dataConnections.forEach((connection, index) => {
      take({ path, session, index, connection });
    });
  },
});
