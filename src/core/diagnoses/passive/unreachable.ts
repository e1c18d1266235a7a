import { Note } from '../../event.ts';
import type { Endpoint, FormatId } from '../../report.ts';
import type { DataConnection, Remark, Session } from '../../sessions/session.ts';
import type { Shown } from '../diagnosis.ts';
import { exchangeOf, nextSetup, remarksBetween, setupOf, transferOver } from '../dialogue.ts';

/** A passive data connection that the client could not make. */
export interface Unreached {
  readonly index: number;
  readonly data: DataConnection;
  readonly failure: NonNullable<DataConnection['failure']>;
  /** Where the client went. */
  readonly target: Endpoint;
  /** The transfer that was to use it, as an index. */
  readonly transfer: number | null;
  readonly lines: readonly Shown[];
  readonly isEncrypted: boolean;
}

/** Passive data connections of a client's transcript that came to nothing. */
export function* unreachedOf(session: Session): Generator<Unreached> {
  if (session.vantage !== 'client') return;
  for (let index = 0; index < session.dataConnections.length; index++) {
    const data = session.dataConnections[index]!;
    if (data.mode !== 'passive' || (data.replyCode !== 227 && data.replyCode !== 229)) continue;
    const failure = data.outcome === 'unreachable' ? data.failure : waitedInVain(session, index);
    if (failure === null) continue;
    const remarks = remarksOf(session, index);
    const setup = setupOf(session, data);
    yield {
      index,
      data,
      failure,
      target: data.connectedTo ?? targetOf(session, data),
      transfer: transferOver(session, index)?.index ?? null,
      lines: [...remarks, ...(setup === null ? [data.line] : [...setup.replies, setup])],
      isEncrypted: session.tls.control === 'explicit' || session.tls.control === 'implicit',
    };
  }
}

/** Whether ftplib goes to the address that 227 names depends on its version, and it does not say. */
function targetOf({ format }: Session, { command, endpoint }: DataConnection): Endpoint {
  if (format !== 'ftplib' || command !== 'PASV') return endpoint;
  return { address: null, port: endpoint.port, family: 'unknown', range: null };
}

const FAILURES = [Note.DataFailed, Note.ClientTimeout, Note.ClientError];

function remarksOf(session: Session, index: number): readonly Remark[] {
  const setup = setupOf(session, session.dataConnections[index]!);
  return setup === null ? [] : remarksBetween(session, setup.order, nextSetup(session, index), FAILURES).slice(0, 3);
}

/** Clients that send a transfer's command only when its passive data connection stands. */
const CONNECT_FIRST: ReadonlySet<FormatId> = new Set(['ftplib', 'lftp', 'tnftp', 'wget']);

/**
 * The client sent the transfer's command at once, as FileZilla does, and gave up without any reply to it: the server was still
 * waiting for the data connection.
 */
function waitedInVain(session: Session, index: number): 'timeout' | null {
  const data = session.dataConnections[index]!;
  if (data.outcome === 'used' || setupOf(session, data) === null || CONNECT_FIRST.has(session.format)) return null;
  const over = transferOver(session, index);
  if (over === null) return null;
  const exchange = exchangeOf(session, over.transfer);
  if (exchange === null || exchange.replies.length > 0) return null;
  const waited = remarksBetween(session, exchange.order, nextSetup(session, index), [Note.ClientTimeout]);
  return waited.length > 0 ? 'timeout' : null;
}
