import type * as report from '../../core/report.ts';
import type { DataConnection, Session, Transfer } from '../../core/sessions/session.ts';
import type { ConnectionData, FindingData, LadderData, PartyData, TransferData } from './page-data.ts';
import { stepsOf } from './steps.ts';

/** What takes part in the known properties only: `null` is left out. */
type Known<T> = { readonly [Key in keyof T as null extends T[Key] ? never : Key]: T[Key] } & {
  readonly [Key in keyof T as null extends T[Key] ? Key : never]?: NonNullable<T[Key]>;
};

/** The object without its properties that are null. */
export function knownOf<T extends object>(object: T): Known<T> {
  const known: Partial<T> = {};
  for (const name in object) if (object[name] !== null) known[name] = object[name];
  return known as unknown as Known<T>;
}

/** A session as the page draws it, with at most about `max` of its steps, connections and transfers each. */
export function ladderOf(
  session: Session,
  findings: readonly report.Finding[],
  told: readonly FindingData[],
  max: number,
): LadderData {
  const { tls } = session;
  const { steps, leftOut } = stepsOf(session, findings, max);
  const exchanges = new Set(steps.map((step) => step[4]));
  const isDrawn = (exchange: number | null, index: number) =>
    index < max && (exchange === null || exchanges.has(exchange));
  return knownOf({
    id: session.id,
    format: session.format,
    vantage: session.vantage,
    nativeId: session.nativeId,
    firstLine: session.firstLine,
    lastLine: session.lastLine,
    startedAt: session.startedAt,
    endedAt: session.endedAt,
    timeOfDay: session.timeOfDay,
    durationMs: session.durationMs,
    startMs: session.startMs,
    client: partyOf(session.client),
    server: partyOf(session.server),
    controlFamily: session.controlFamily,
    user: session.user,
    login: session.login,
    tls: knownOf({
      control: tls.control,
      data: tls.data,
      version: tls.version,
      cipher: tls.cipher,
      certificate: tls.certificate === null ? null : certificateOf(tls.certificate),
    }),
    fellBackTo: session.fellBackTo,
    commandCount: session.commandCount,
    gaps: [...session.gaps],
    end: session.end,
    verdict: session.verdict,
    steps,
    leftOut,
    connections: session.dataConnections.flatMap((connection, index) =>
      isDrawn(connection.exchange, index) ? [connectionOf(connection, index)] : [],
    ),
    transfers: session.transfers.flatMap((transfer, index) =>
      isDrawn(transfer.exchange, index) ? [transferOf(transfer, index)] : [],
    ),
    findings: told,
  });
}

function partyOf({ address, port, product, version }: report.Session['client']): PartyData {
  return knownOf({ address, port, product, version });
}

function certificateOf({ subject, issuer, notAfter }: NonNullable<report.Session['tls']['certificate']>) {
  return knownOf({ subject, issuer, notAfter });
}

function connectionOf(connection: DataConnection, index: number): ConnectionData {
  const { command, exchange, endpoint, connectedTo, family, tls, tlsResumed, outcome } = connection;
  const wentTo = connectedTo === null || connectedTo.address === endpoint.address ? null : connectedTo.address;
  return knownOf({ index, command, exchange, port: endpoint.port, wentTo, family, tls, tlsResumed, outcome });
}

function transferOf(transfer: Transfer, index: number): TransferData {
  const { clientError } = transfer;
  return knownOf({
    index,
    verb: transfer.verb,
    direction: transfer.direction,
    path: transfer.path,
    announcedBytes: transfer.announcedBytes,
    transferredBytes: transfer.transferredBytes,
    durationMs: transfer.durationMs,
    dataConnection: transfer.dataConnection,
    exchange: transfer.exchange,
    firstLine: transfer.firstLine,
    lastLine: transfer.lastLine,
    finalCode: transfer.finalCode,
    outcome: transfer.outcome,
    clientError: clientError === null ? null : { line: clientError.line, text: clientError.text },
  });
}
