import type { DataConnection, Session, Transfer } from '../../core/sessions/session.ts';
import { bytes, count, defineTable, flag, milliseconds, text, time } from './table.ts';

interface TransferRow {
  readonly path: string;
  readonly session: Session;
  readonly index: number;
  readonly transfer: Transfer;
  readonly connection: DataConnection | null;
}

/** One row a transfer, listings included. */
export const transfers = defineTable<TransferRow>({
  name: 'transfers',
  title: 'transfers, one a row; a listing is a transfer',
  columns: [
    text('file', 'Path of the input.', (row) => row.path),
    text('session', 'Id of the session.', (row) => row.session.id),
    count('transfer', 'Which transfer of the session, from 0.', (row) => row.index, '#'),
    time('started_at', 'Time of the command.', (row) => row.transfer.startedAt, 'started'),
    milliseconds('duration_ms', 'From the command to the final reply.', (row) => row.transfer.durationMs, 'ms'),
    text('user', 'Who logged in, else the name last tried.', (row) => row.session.user),
    text('verb', 'Command of the transfer: `RETR`, `STOR`, `LIST`, …', (row) => row.transfer.verb),
    text('path', 'Path as sent.', (row) => row.transfer.path),
    text('outcome', '`completed`, `aborted`, `failed` or `unfinished`.', (row) => row.transfer.outcome),
    count('final_code', 'First final reply to the command.', (row) => row.transfer.finalCode, 'reply'),
    bytes('transferred_bytes', 'Bytes moved.', (row) => row.transfer.transferredBytes, 'bytes'),
    bytes('announced_bytes', 'Size by SIZE, the 150 reply or ALLO.', (row) => row.transfer.announcedBytes, 'announced'),
    text('client_address', 'Address of the client.', (row) => row.session.client.address, 'client'),
    text('server_address', 'Address of the server.', (row) => row.session.server.address, 'server'),
    text('direction', '`download`, `upload` or `listing`.', (row) => row.transfer.direction),
    text('full_path', 'Path with the working directory, where it is known.', (row) => row.transfer.fullPath),
    text('type', 'Representation: `ascii` or `image`.', (row) => row.transfer.type),
    bytes('restart_offset_bytes', 'Offset given with REST.', (row) => row.transfer.restartOffset, 'restart'),
    flag(
      'bytes_exact',
      'Whether `transferred_bytes` is exact; false: rounded by the program.',
      (row) => row.transfer.bytesExact,
      'exact',
    ),
    count(
      'client_error_code',
      "The client's own error number, such as curl's exit code.",
      (row) => row.transfer.clientError?.code ?? null,
      'client code',
    ),
    text('client_error', 'What the client said went wrong.', (row) => row.transfer.clientError?.text ?? null),
    text('data_command', 'Command that set up the data connection.', (row) => row.connection?.command ?? null, 'data'),
    text('data_family', 'Address family of the data connection.', (row) => row.connection?.family ?? null, 'family'),
    count('data_port', 'Port of the data connection.', (row) => row.connection?.endpoint.port ?? null, 'port'),
    count('attempt', 'Which try of the path it is, from 1.', (row) => row.transfer.attempt),
    count('first_line', 'First line of the transfer.', (row) => row.transfer.firstLine, 'line'),
    count('last_line', 'Last line of the transfer.', (row) => row.transfer.lastLine, 'to'),
  ],
  eachOfSession(session, _findings, path, take) {
    session.transfers.forEach((transfer, index) => {
      const connection =
        transfer.dataConnection === null ? null : (session.dataConnections[transfer.dataConnection] ?? null);
      take({ path, session, index, transfer, connection });
    });
  },
});
