import type * as report from '../core/report.ts';
import type { Session } from '../core/sessions/session.ts';

/** A finding for the report. */
export { copyFinding as plainFinding } from '../core/diagnoses/copy-finding.ts';

/**
 * The report's objects as plain ones, field by field: what the analysis hands out may compute its properties when they are
 * read, and a session carries more than the report shows.
 */

/** A session for the report; without its exchanges if they are to be left out to bound the report's size. */
export function plainSession(session: Session, withExchanges = true): report.Session {
  const { tls } = session;
  return {
    id: session.id,
    input: session.input,
    transcript: session.transcript,
    format: session.format,
    vantage: session.vantage,
    nativeId: session.nativeId,
    firstLine: session.firstLine,
    lastLine: session.lastLine,
    startedAt: session.startedAt,
    endedAt: session.endedAt,
    timeOfDay: session.timeOfDay,
    durationMs: session.durationMs,
    client: { ...plainEndpoint(session.client), product: session.client.product, version: session.client.version },
    server: {
      ...plainEndpoint(session.server),
      banner: session.server.banner,
      product: session.server.product,
      version: session.server.version,
    },
    proxy: session.proxy === null ? null : plainEndpoint(session.proxy),
    connectAttempts: session.connectAttempts.map(plainConnectAttempt),
    controlFamily: session.controlFamily,
    user: session.user,
    login: session.login,
    tls: {
      control: tls.control,
      data: tls.data,
      version: tls.version,
      cipher: tls.cipher,
      certificate: tls.certificate === null ? null : plainCertificate(tls.certificate),
    },
    epsv: plainNegotiation(session.epsv),
    pasv: plainNegotiation(session.pasv),
    eprt: plainNegotiation(session.eprt),
    port: plainNegotiation(session.port),
    fellBackTo: session.fellBackTo,
    dataConnections: session.dataConnections.map(plainDataConnection),
    transfers: session.transfers.map(plainTransfer),
    errors: session.errors.map((error) => ({ line: error.line, verb: error.verb, code: error.code, text: error.text })),
    exchanges: withExchanges ? session.exchanges.map(plainExchange) : [],
    exchangesLeftOut: session.exchangesLeftOut + (withExchanges ? 0 : session.exchanges.length),
    commandCount: session.commandCount,
    gaps: [...session.gaps],
    end: session.end,
    verdict: session.verdict,
  };
}

function plainEndpoint(endpoint: report.Endpoint): report.Endpoint {
  return { address: endpoint.address, port: endpoint.port, family: endpoint.family, range: endpoint.range };
}

function plainConnectAttempt(attempt: report.ConnectAttempt): report.ConnectAttempt {
  return {
    line: attempt.line,
    address: attempt.address,
    port: attempt.port,
    family: attempt.family,
    outcome: attempt.outcome,
  };
}

function plainCertificate(certificate: NonNullable<report.Session['tls']['certificate']>): typeof certificate {
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    notAfter: certificate.notAfter,
    verifyResult: certificate.verifyResult,
  };
}

function plainNegotiation(negotiation: report.Negotiation): report.Negotiation {
  return {
    attempts: negotiation.attempts,
    argument: negotiation.argument,
    replyCode: negotiation.replyCode,
    port: negotiation.port,
  };
}

function plainDataConnection(connection: report.DataConnection): report.DataConnection {
  return {
    command: connection.command,
    mode: connection.mode,
    argument: connection.argument,
    line: connection.line,
    replyCode: connection.replyCode,
    endpoint: plainEndpoint(connection.endpoint),
    connectedTo: connection.connectedTo === null ? null : plainEndpoint(connection.connectedTo),
    family: connection.family,
    familyBasis: connection.familyBasis,
    openedAt: connection.openedAt,
    closedAt: connection.closedAt,
    tls: connection.tls,
    tlsResumed: connection.tlsResumed,
    outcome: connection.outcome,
    failure: connection.failure,
  };
}

function plainTransfer(transfer: report.Transfer): report.Transfer {
  const { clientError, retryOf } = transfer;
  return {
    verb: transfer.verb,
    direction: transfer.direction,
    path: transfer.path,
    fullPath: transfer.fullPath,
    type: transfer.type,
    restartOffset: transfer.restartOffset,
    announcedBytes: transfer.announcedBytes,
    transferredBytes: transfer.transferredBytes,
    bytesExact: transfer.bytesExact,
    startedAt: transfer.startedAt,
    endedAt: transfer.endedAt,
    durationMs: transfer.durationMs,
    dataConnection: transfer.dataConnection,
    firstLine: transfer.firstLine,
    lastLine: transfer.lastLine,
    finalCode: transfer.finalCode,
    outcome: transfer.outcome,
    clientError:
      clientError === null ? null : { line: clientError.line, code: clientError.code, text: clientError.text },
    attempt: transfer.attempt,
    retryOf: retryOf === null ? null : { session: retryOf.session, transfer: retryOf.transfer },
  };
}

function plainExchange(exchange: report.Exchange): report.Exchange {
  return {
    line: exchange.line,
    at: exchange.at,
    verb: exchange.verb,
    argument: exchange.argument,
    replies: exchange.replies.map((reply) => ({
      line: reply.line,
      at: reply.at,
      code: reply.code,
      text: reply.text,
    })),
    note: exchange.note,
  };
}
