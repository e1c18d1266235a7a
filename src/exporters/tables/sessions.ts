import { isAtLeast } from '../../core/analysis.ts';
import type { Finding } from '../../core/report.ts';
import type { Session, Tally } from '../../core/sessions/session.ts';
import { bytes, count, defineTable, milliseconds, text, time } from './table.ts';

interface SessionRow {
  readonly path: string;
  readonly session: Session;
  readonly tally: Tally;
  readonly findings: readonly Finding[];
}

const ENDS = '`quit`, `closed`, `timed-out`, `dropped`, `refused` or `unfinished`';
const FAMILIES = '`ipv4`, `ipv6` or `unknown`';
const TLS = '`none`, `explicit`, `implicit` or `unknown`';
const COMMANDS = '`EPSV`, `PASV`, `EPRT` or `PORT`';

/** One row a session, from what is cheap to know: its exchanges are never looked at. */
export const sessions = defineTable<SessionRow>({
  name: 'sessions',
  title: 'sessions, one a row',
  needs: 'tallies',
  columns: [
    text('file', 'Path of the input.', (row) => row.path),
    text('session', 'Id of the session, as `show --session` takes it.', (row) => row.session.id),
    time('started_at', 'Time of the first line.', (row) => row.session.startedAt, 'started'),
    milliseconds('duration_ms', 'From the first to the last line.', (row) => row.session.durationMs, 'ms'),
    text('client_address', 'Address of the client.', (row) => row.session.client.address, 'client'),
    text('server_address', 'Address of the server.', serverAddress, 'server'),
    text('user', 'Who logged in, else the name last tried.', (row) => row.tally.user),
    count('completed', 'Transfers that arrived whole, listings included.', (row) => row.tally.completed),
    count('aborted', 'Transfers cut after they had begun.', (row) => row.tally.aborted),
    count('failed', 'Transfers that never began or ended in another error.', (row) => row.tally.failed),
    count('unfinished', 'Transfers whose end the text does not show.', (row) => row.tally.unfinished),
    bytes('bytes', 'Bytes moved, as far as the text says.', (row) => row.tally.bytes),
    count('findings', 'Findings of at least severity `warning`.', countWarnings),
    text('end', `How it ended: ${ENDS}.`, (row) => row.tally.end),
    text('control_family', `Address family of the control connection: ${FAMILIES}.`, controlFamily, 'family'),
    text('tls', `TLS on the control connection: ${TLS}.`, (row) => row.tally.tls),
    count('epsv_attempts', 'EPSV commands, without `EPSV ALL`.', (row) => row.tally.epsvAttempts, 'EPSV'),
    count('pasv_attempts', 'PASV commands.', (row) => row.tally.pasvAttempts, 'PASV'),
    count('active_attempts', 'EPRT and PORT commands.', (row) => row.tally.activeAttempts, 'active'),
    text(
      'fell_back_to',
      `Command that replaced a refused or unusable one: ${COMMANDS}.`,
      (row) => row.tally.fellBackTo,
    ),
  ],
  eachOfSession(session, findings, path, take) {
    take({ path, session, tally: session.tally, findings });
  },
});

function countWarnings(row: SessionRow): number {
  let count = 0;
  for (const finding of row.findings) if (isAtLeast(finding.severity, 'warning')) count++;
  return count;
}

/** A server's log does not say where it was reached, and to find out what else it says of itself takes time. */
function serverAddress({ session }: SessionRow): string | null {
  return session.vantage === 'server' ? null : session.server.address;
}

function controlFamily({ session }: SessionRow): string {
  return session.controlFamily;
}
