import { Note } from '../../event.ts';
import { Verb } from '../../ftp/verbs.ts';
import type { Remedy } from '../../report.ts';
import type { DataConnection, Exchange, Remark, Reply, Session } from '../../sessions/session.ts';
import { defineDiagnosis, type Fact } from '../diagnosis.ts';
import {
  closingAfter,
  commandAfter,
  dataOf,
  exchangeOf,
  nextSetup,
  peerOf,
  remarksBetween,
  setupOf,
  transferOver,
} from '../dialogue.ts';
import { provesDataConnection, waitedUntilClosed } from '../preliminary.ts';
import { type Product, serverOf } from '../products.ts';
import { OPEN_PASSIVE_RANGE, openPassiveRange } from '../remedies.ts';
import { quotedReply, shortened } from '../wording.ts';
import { dataProblemOf } from './data-replies.ts';
import { isUnroutable } from './unroutable.ts';

interface Data {
  readonly command: string;
  readonly port: number | null;
  readonly said: string | null;
  /** The transfer command that waited, if one was sent. */
  readonly verb: string | null;
  readonly isClosedByServer: boolean;
  /** Whether the client's transcript shows that it did connect. */
  readonly isConnected: boolean;
}

const CHECK_ADDRESS: Remedy = {
  side: 'server',
  text: 'First check the address in the 227 reply: clients outside need the public one.',
};
const FIND_OUT_WHO_ANSWERED: readonly Remedy[] = [
  {
    side: 'client',
    text: 'Try it without proxy, virus scanner and VPN, which may take the connection in place of the server.',
  },
  { side: 'server', text: 'Let its log tell from which address the data connection came.' },
];

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
  remedies: [CHECK_ADDRESS, ...OPEN_PASSIVE_RANGE],
  triggers: { codes: [227, 229], notes: [Note.ServerError], traits: ['unused', 'troubled'] },
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
    const facts = [...refusedTransfers(session), ...(session.vantage === 'server' ? silentEnds(session) : [])];
    yield* facts.length > 0 ? facts : toldByServer(session);
  },
  message: ({ command, port, said, verb, isClosedByServer, isConnected }) => {
    const where = port === null ? 'a port' : `port ${port}`;
    if (isConnected)
      return `The client reached ${port === null ? 'the port' : where} after ${command}, but no data connection arrived at the server: ${said ?? 'it gave up'}. Something in between may have taken the connection, or the server expects it from another address.`;
    const what = `The server offered ${where} by ${command}, and no data connection arrived`;
    if (said !== null) return `${what}: ${said}. The client probably cannot reach the port.`;
    const sent = verb === null ? 'sent no transfer command' : `sent ${verb}`;
    return `${what}; the client ${sent}${isClosedByServer ? '' : ' and went away'}. It probably could not reach the port.`;
  },
});

/** What to do: an address is at fault only where one is announced that not everybody can reach. */
function remediesOf(session: Session, data: DataConnection): readonly Remedy[] {
  const { range } = peerOf(session);
  const isLocal = range === 'private' || range === 'link-local' || range === 'loopback';
  const isDoubtful = data.command === 'PASV' && (data.endpoint.address === null || isUnroutable(data.endpoint));
  return [...(isDoubtful && !isLocal ? [CHECK_ADDRESS] : []), ...openPassiveRange(session)];
}

/** The client's own remark that the data connection, given by its index, stood. */
function connectedBy(session: Session, index: number): Remark | null {
  const setup = setupOf(session, session.dataConnections[index]!);
  if (session.vantage === 'server' || setup === null) return null;
  return remarksBetween(session, setup.order, nextSetup(session, index), [Note.DataConnected])[0] ?? null;
}

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
    const isTimedOut = reply !== null && reply.code === 421 && isUnmet(reply, exchange, isAwaited, product);
    const isLeft = reply === null && isAwaited && session.vantage === 'server' && waitedFor(session, exchange);
    if (!isRefused && !isTimedOut && !isLeft) continue;
    const connected = connectedBy(session, transfer.dataConnection!);
    yield {
      lines: [
        ...(reply === null ? [] : [reply]),
        exchange,
        ...(connected === null ? [] : [connected]),
        ...(setupOf(session, data)?.replies ?? [data.line]),
      ],
      data: {
        command: data.command,
        port: data.endpoint.port,
        said: reply === null ? null : quotedReply(reply),
        verb: exchange.verb,
        isClosedByServer: false,
        isConnected: connected !== null,
      },
      side: 'network',
      certainty: connected === null ? 'likely' : 'possible',
      transfer: index,
      dataConnection: transfer.dataConnection,
      remedies: connected === null ? remediesOf(session, data) : FIND_OUT_WHO_ANSWERED,
      wouldDecide:
        session.vantage === 'client'
          ? "the server's log, or a packet capture at the server: it shows whether anything arrives"
          : "the client's transcript: it shows the address that it tried",
    };
  }
}

/** Whether the server closed the session because no data connection came about. */
function isUnmet({ text }: Reply, exchange: Exchange, isAwaited: boolean, product: Product | null): boolean {
  // One that stood, and on which nothing moved.
  if (/^Data connection timed out/i.test(text)) return false;
  return isAwaited || waitedUntilClosed(exchange, product) || /no new data/i.test(text);
}

function waitedFor(session: Session, { order, atMs: start }: Exchange): boolean {
  if (commandAfter(session, order)?.verbId === Verb.ABOR) return false;
  return start !== null && session.endMs !== null && session.endMs - start >= WAITED_MS;
}

/** ProFTPD's log says it in its own words, where it shows no commands. */
function* toldByServer(session: Session): Generator<Fact<Data>> {
  const told = session.remarks.find(
    ({ note, text }) => note === Note.ServerError && /^Passive data transfer failed/.test(text),
  );
  if (told === undefined) return;
  const index = session.dataConnections.findLastIndex(({ mode, line }) => mode === 'passive' && line < told.line);
  const data = session.dataConnections[index];
  yield {
    lines: [told, ...(data === undefined ? [] : (setupOf(session, data)?.replies ?? [data.line]))],
    data: {
      command: data?.command ?? 'PASV or EPSV',
      port: data?.endpoint.port ?? null,
      said: `"${shortened(told.text)}"`,
      verb: null,
      isClosedByServer: true,
      isConnected: false,
    },
    side: 'network',
    certainty: 'likely',
    dataConnection: data === undefined ? null : index,
    remedies: data === undefined ? openPassiveRange(session) : remediesOf(session, data),
    wouldDecide: "the client's transcript: it shows the address that it tried",
  };
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
    data: {
      command: data.command,
      port: data.endpoint.port,
      said: null,
      verb: null,
      isClosedByServer: closing !== null,
      isConnected: false,
    },
    side: 'network',
    certainty: 'possible',
    dataConnection: index,
    remedies: remediesOf(session, data),
    wouldDecide: "the client's transcript: it shows whether it tried to connect, and where",
  };
}
