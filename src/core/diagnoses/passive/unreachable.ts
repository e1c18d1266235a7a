import { Note } from '../../event.ts';
import type { Endpoint } from '../../report.ts';
import type { DataConnection, Remark, Session } from '../../sessions/session.ts';
import type { Shown } from '../diagnosis.ts';
import { exchangeOf, remarksBetween, setupOf, transferOver } from '../dialogue.ts';

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
    const over = transferOver(session, index);
    const failure = data.outcome === 'unreachable' ? data.failure : waitedInVain(session, data);
    if (failure === null) continue;
    const remarks = remarksOf(session, data);
    const setup = setupOf(session, data);
    yield {
      index,
      data,
      failure,
      target: data.connectedTo ?? data.endpoint,
      transfer: over?.index ?? null,
      lines: [...remarks, ...(setup === null ? [data.line] : [...setup.replies, setup])],
      isEncrypted: session.tls.control === 'explicit' || session.tls.control === 'implicit',
    };
  }
}

const FAILURES = [Note.DataFailed, Note.ClientTimeout, Note.ClientError];

function remarksOf(session: Session, data: DataConnection): readonly Remark[] {
  const setup = setupOf(session, data);
  return setup === null ? [] : remarksBetween(session, setup.order, endOf(session, data), FAILURES).slice(0, 3);
}

/** Up to the next set-up of a data connection. */
function endOf(session: Session, data: DataConnection): number {
  const next = session.dataConnections.find(({ exchange }) => exchange > data.exchange);
  const exchange = next === undefined ? null : setupOf(session, next);
  return exchange?.order ?? Number.POSITIVE_INFINITY;
}

/**
 * The client sent the transfer's command at once, as FileZilla does, and gave up without any reply to it: the server was still
 * waiting for the data connection.
 */
function waitedInVain(session: Session, data: DataConnection): 'timeout' | null {
  if (data.outcome === 'used') return null;
  const over = transferOver(session, session.dataConnections.indexOf(data));
  const setup = setupOf(session, data);
  if (over === null || setup === null) return null;
  const exchange = exchangeOf(session, over.transfer);
  if (exchange === null || exchange.replies.length > 0) return null;
  const waited = remarksBetween(session, exchange.order, endOf(session, data), [Note.ClientTimeout]);
  return waited.length > 0 ? 'timeout' : null;
}
