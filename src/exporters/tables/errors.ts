import type { ReplyError } from '../../core/report.ts';
import type { Session } from '../../core/sessions/session.ts';
import { count, defineTable, text, time } from './table.ts';

interface ErrorRow {
  readonly path: string;
  readonly session: Session;
  readonly error: ReplyError;
}

/** One row a reply of class 4 or 5. */
export const errors = defineTable<ErrorRow>({
  name: 'errors',
  title: 'error replies (4yz and 5yz), one a row',
  columns: [
    text('file', 'Path of the input.', (row) => row.path),
    count('line', 'Line of the reply.', (row) => row.error.line),
    text('session', 'Id of the session.', (row) => row.session.id),
    text('verb', 'Command that the reply answers; empty where none asked for it.', (row) => row.error.verb),
    count('code', 'Reply code.', (row) => row.error.code),
    text('text', 'What follows the code.', (row) => row.error.text),
    text('user', 'Who logged in, else the name last tried.', (row) => row.session.user),
    text('client_address', 'Address of the client.', (row) => row.session.client.address, 'client'),
    text('server_address', 'Address of the server.', (row) => row.session.server.address, 'server'),
    time('session_started_at', "Time of the session's first line.", (row) => row.session.startedAt, 'session started'),
  ],
  eachOfSession(session, _findings, path, take) {
    for (const error of session.errors) take({ path, session, error });
  },
});
