import type { Session, Tally } from './session.ts';

/** Counts a session. */
export function tallyOf(session: Session): Tally {
  const counts = { completed: 0, aborted: 0, failed: 0, unfinished: 0 };
  let bytes: number | null = null;
  for (const { outcome, transferredBytes } of session.transfers) {
    counts[outcome]++;
    if (transferredBytes !== null) bytes = (bytes ?? 0) + transferredBytes;
  }
  let epsvAttempts = 0;
  let pasvAttempts = 0;
  let activeAttempts = 0;
  for (const { command } of session.dataConnections) {
    if (command === 'EPSV') epsvAttempts++;
    else if (command === 'PASV') pasvAttempts++;
    else if (command === 'EPRT' || command === 'PORT') activeAttempts++;
  }
  return {
    completed: counts.completed,
    aborted: counts.aborted,
    failed: counts.failed,
    unfinished: counts.unfinished,
    bytes,
    epsvAttempts,
    pasvAttempts,
    activeAttempts,
    fellBackTo: session.fellBackTo,
    tls: session.tls.control,
    end: session.end,
    user: session.user,
  };
}
