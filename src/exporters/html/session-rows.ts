import { type Finding, SEVERITIES } from '../../core/report.ts';
import type { Session } from '../../core/sessions/session.ts';
import { DATA_COMMANDS, ENDS, FAMILIES, type SessionRows, TLS_MODES } from './page-data.ts';

/** One session's row, before names are put into a list. */
export interface SessionRow {
  readonly input: number;
  readonly firstLine: number;
  readonly id: string;
  readonly start: string;
  readonly durationMs: number | null;
  readonly peer: string;
  readonly user: string;
  readonly outcomes: Readonly<Record<'completed' | 'aborted' | 'failed' | 'unfinished', number>>;
  readonly bytes: number | null;
  readonly severity: number;
  readonly dataCommands: number;
  readonly family: number;
  readonly tls: number;
  readonly end: number;
}

/** A session as a row of the page's table. */
export function sessionRowOf(session: Session, findings: readonly Finding[]): SessionRow {
  const outcomes = { completed: 0, aborted: 0, failed: 0, unfinished: 0 };
  let bytes: number | null = null;
  for (const { outcome, transferredBytes } of session.transfers) {
    outcomes[outcome]++;
    if (transferredBytes !== null) bytes = (bytes ?? 0) + transferredBytes;
  }
  let dataCommands = 0;
  for (const { command } of session.dataConnections) dataCommands |= 1 << DATA_COMMANDS.indexOf(command);
  const other = session.vantage === 'server' ? session.client : session.server;
  const severities = findings.map(({ severity }) => SEVERITIES.indexOf(severity));
  return {
    input: session.input,
    firstLine: session.firstLine,
    id: session.id,
    start: session.startedAt ?? session.timeOfDay ?? '',
    durationMs: session.durationMs,
    peer: other.address ?? '',
    user: session.user ?? '',
    outcomes,
    bytes,
    severity: severities.reduce((gravest, severity) => Math.min(gravest, severity), SEVERITIES.length),
    dataCommands,
    family: FAMILIES.indexOf(session.controlFamily),
    tls: TLS_MODES.indexOf(session.tls.control),
    end: ENDS.indexOf(session.end),
  };
}

/** The rows column by column, in the order of inputs and lines. */
export function sessionRows(rows: SessionRow[]): SessionRows {
  rows.sort((a, b) => a.input - b.input || a.firstLine - b.firstLine);
  const names = new Map([['', 0]]);
  const indexOf = (name: string) => {
    let index = names.get(name);
    if (index === undefined) {
      index = names.size;
      names.set(name, index);
    }
    return index;
  };
  return {
    id: rows.map(({ id }) => id),
    start: rows.map(({ start }) => start),
    durationMs: rows.map(({ durationMs }) => durationMs),
    peer: rows.map(({ peer }) => indexOf(peer)),
    user: rows.map(({ user }) => indexOf(user)),
    completed: rows.map(({ outcomes }) => outcomes.completed),
    aborted: rows.map(({ outcomes }) => outcomes.aborted),
    failed: rows.map(({ outcomes }) => outcomes.failed),
    unfinished: rows.map(({ outcomes }) => outcomes.unfinished),
    bytes: rows.map(({ bytes }) => bytes),
    severity: rows.map(({ severity }) => severity),
    dataCommands: rows.map(({ dataCommands }) => dataCommands),
    family: rows.map(({ family }) => family),
    tls: rows.map(({ tls }) => tls),
    end: rows.map(({ end }) => end),
    names: [...names.keys()],
  };
}
