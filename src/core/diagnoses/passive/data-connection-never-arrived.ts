import { Verb } from '../../ftp/verbs.ts';
import type { Exchange, Session } from '../../sessions/session.ts';
import { defineDiagnosis, type Fact } from '../diagnosis.ts';
import { closingAfter, commandAfter, dataOf, exchangeOf, setupOf, transferOver } from '../dialogue.ts';
import { provesDataConnection } from '../preliminary.ts';
import { serverOf } from '../products.ts';
import { OPEN_PASSIVE_RANGE } from '../remedies.ts';
import { quotedReply } from '../wording.ts';
import { dataProblemOf } from './data-replies.ts';

interface Data {
  readonly command: string;
  readonly port: number | null;
  readonly said: string | null;
  readonly isClosedByServer: boolean;
}

/** From how long a silence on the client waits for a connection that does not come about, and has not just changed its mind. */
const WAITED_MS = 10_000;

/** The server offered a port, and nobody connected. */
export default defineDiagnosis<Data>({
  id: 'data-connection-never-arrived',
  group: 'passive',
  title: 'passive port to which nobody connected',
  severity: 'error',
  references: ['RFC 959 section 3.2', 'RFC 1579'],
  explanation:
    "The server opened a port and waited, and the client's data connection never arrived. The client was told an address that it cannot reach, or a firewall or NAT keeps the port from it. curl does not send the transfer command until it is connected, so that the server's log may show only PASV or EPSV and then silence.",
  remedies: [
    {
      side: 'server',
      text: 'First check that the address in the 227 reply is public and the port inside the forwarded range.',
    },
    ...OPEN_PASSIVE_RANGE,
  ],
  triggers: { codes: [227, 229], traits: ['unused', 'troubled'] },
  follows: [
    'pasv-private-address',
    'pasv-zero-address',
    'pasv-wrong-public-address',
    'data-connect-timeout',
    'data-connect-refused',
    'data-connect-unreachable',
    'data-peer-ip-mismatch',
    'tls-session-not-resumed',
    'tls-data-handshake-failed',
  ],
  *detect(session) {
    yield* refusedTransfers(session);
    if (session.vantage === 'server') yield* silentEnds(session);
  },
  message: ({ command, port, said, isClosedByServer }) => {
    const what = `The server offered ${port === null ? 'a port' : `port ${port}`} by ${command}, and no data connection arrived`;
    return said === null
      ? `${what}; the client sent no transfer command${isClosedByServer ? '' : ' and went away'}. It probably could not reach the port.`
      : `${what}: ${said}. The client probably cannot reach the port.`;
  },
});

/** Transfers that the server gave up because nobody connected. */
function* refusedTransfers(session: Session): Generator<Fact<Data>> {
  for (let index = 0; index < session.transfers.length; index++) {
    const transfer = session.transfers[index]!;
    if (transfer.outcome === 'completed') continue;
    const data = dataOf(session, transfer);
    const exchange = exchangeOf(session, transfer);
    if (data === null || exchange === null || data.mode !== 'passive') continue;
    const reply = exchange.final ?? closingAfter(session, exchange.order);
    if (reply !== null && reply.code !== 425 && reply.code !== 421) continue;
    const { product } = serverOf(session);
    if (exchange.preliminary !== null && provesDataConnection(exchange, product) === true) continue;
    const isAwaited = exchange.preliminary !== null && provesDataConnection(exchange, product) === false;
    const isRefused = reply !== null && reply.code === 425 && dataProblemOf(reply) === 'no-connection';
    const isTimedOut = reply !== null && reply.code === 421 && (isAwaited || /no new data/i.test(reply.text));
    const isLeft = reply === null && isAwaited && session.vantage === 'server' && waitedFor(session, exchange);
    if (!isRefused && !isTimedOut && !isLeft) continue;
    yield {
      lines: [...(reply === null ? [] : [reply]), exchange, ...(setupOf(session, data)?.replies ?? [data.line])],
      data: {
        command: data.command,
        port: data.endpoint.port,
        said: reply === null ? null : quotedReply(reply),
        isClosedByServer: false,
      },
      side: 'network',
      certainty: 'likely',
      transfer: index,
      dataConnection: transfer.dataConnection,
      wouldDecide: "the client's transcript: it shows the address that it tried",
    };
  }
}

function waitedFor(session: Session, { order, atMs: start }: Exchange): boolean {
  if (commandAfter(session, order)?.verbId === Verb.ABOR) return false;
  return start !== null && session.endMs !== null && session.endMs - start >= WAITED_MS;
}

/** A set-up with no transfer command after it, at the end of a session that then idled or broke off. */
function* silentEnds(session: Session): Generator<Fact<Data>> {
  const index = session.dataConnections.length - 1;
  const data = session.dataConnections[index];
  if (data === undefined || data.mode !== 'passive' || (data.replyCode !== 227 && data.replyCode !== 229)) return;
  if (session.end === 'unfinished' || session.end === 'quit') return;
  const setup = setupOf(session, data);
  if (setup?.final == null || commandAfter(session, setup.order) !== null) return;
  if (transferOver(session, index) !== null || session.incomplete) return;
  const start = setup.atMs;
  const silence = start === null || session.endMs === null ? null : session.endMs - start;
  if (session.end !== 'timed-out' && (silence === null || silence < WAITED_MS)) return;
  const closing = closingAfter(session, setup.order);
  yield {
    lines: [setup.final, setup, ...(closing === null ? [session.lastLine] : [closing])],
    data: { command: data.command, port: data.endpoint.port, said: null, isClosedByServer: closing !== null },
    side: 'network',
    certainty: 'possible',
    dataConnection: index,
    wouldDecide: "the client's transcript: it shows whether it tried to connect, and where",
  };
}
