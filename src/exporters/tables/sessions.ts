import { isAtLeast } from '../../core/analysis.ts';
import type { Finding } from '../../core/report.ts';
import type { Session } from '../../core/sessions/session.ts';
import { bytes, count, defineTable, milliseconds, text, time } from './table.ts';

interface SessionRow {
  readonly path: string;
  readonly session: Session;
  readonly findings: readonly Finding[];
  readonly completed: number;
  readonly aborted: number;
  readonly failed: number;
  readonly unfinished: number;
  readonly bytes: number | null;
}

const ENDS = '`quit`, `closed`, `timed-out`, `dropped`, `refused` or `unfinished`';
const FAMILIES = '`ipv4`, `ipv6` or `unknown`';
const TLS = '`none`, `explicit`, `implicit` or `unknown`';
const COMMANDS = '`EPSV`, `PASV`, `EPRT` or `PORT`';

/** One row a session, from what is cheap to know: its exchanges are never looked at. */
export const sessions = defineTable<SessionRow>({
  name: 'sessions',
  title: 'sessions, one a row',
  columns: [
    text('file', 'Path of the input.', (row) => row.path),
    text('session', 'Id of the session, as `show --session` takes it.', (row) => row.session.id),
    time('started_at', 'Time of the first line.', (row) => row.session.startedAt, 'started'),
    milliseconds('duration_ms', 'From the first to the last line.', (row) => row.session.durationMs, 'ms'),
    text('client_address', 'Address of the client.', (row) => row.session.client.address, 'client'),
    text('server_address', 'Address of the server.', (row) => row.session.server.address, 'server'),
    text('user', 'Who logged in, else the name last tried.', (row) => row.session.user),
    count('completed', 'Transfers that arrived whole, listings included.', (row) => row.completed),
    count('aborted', 'Transfers cut after they had begun.', (row) => row.aborted),
    count('failed', 'Transfers that never began or ended in another error.', (row) => row.failed),
    count('unfinished', 'Transfers whose end the text does not show.', (row) => row.unfinished),
    bytes('bytes', 'Bytes moved, as far as the text says.', (row) => row.bytes),
    count('findings', 'Findings of at least severity `warning`.', countWarnings),
    text('end', `How it ended: ${ENDS}.`, (row) => row.session.end),
    text('control_family', `Address family of the control connection: ${FAMILIES}.`, controlFamily, 'family'),
    text('tls', `TLS on the control connection: ${TLS}.`, (row) => row.session.tls.control),
    count('epsv_attempts', 'EPSV commands, without `EPSV ALL`.', (row) => row.session.epsv.attempts, 'EPSV'),
    count('pasv_attempts', 'PASV commands.', (row) => row.session.pasv.attempts, 'PASV'),
    count('active_attempts', 'EPRT and PORT commands.', activeAttempts, 'active'),
    text(
      'fell_back_to',
      `Command that replaced a refused or unusable one: ${COMMANDS}.`,
      (row) => row.session.fellBackTo,
    ),
  ],
  eachOfSession(session, findings, path, take) {
    const count = { completed: 0, aborted: 0, failed: 0, unfinished: 0 };
    let bytes: number | null = null;
    for (const transfer of session.transfers) {
      count[transfer.outcome]++;
      if (transfer.transferredBytes !== null) bytes = (bytes ?? 0) + transfer.transferredBytes;
    }
    take({ path, session, findings, ...count, bytes });
  },
});

function countWarnings(row: SessionRow): number {
  let count = 0;
  for (const finding of row.findings) if (isAtLeast(finding.severity, 'warning')) count++;
  return count;
}

function activeAttempts({ session }: SessionRow): number {
  return session.eprt.attempts + session.port.attempts;
}

function controlFamily({ session }: SessionRow): string {
  return session.controlFamily;
}
