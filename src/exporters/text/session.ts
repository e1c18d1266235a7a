import { counted, durationInWords, listed } from '../../core/diagnoses/wording.ts';
import type { Gap } from '../../core/report.ts';
import type { DataConnection, Session, Transfer } from '../../core/sessions/session.ts';
import { type Layout, linesText, padEnd, shorten, wrapText } from '../layout.ts';
import { escapeControls } from '../printable.ts';
import { sizeInWords } from '../quantities.ts';
import { spacedTime } from '../times.ts';

/** Transfers of a session that are told one by one; those that did not complete come before the others. */
const TRANSFERS_SHOWN = 12;
const LABEL = 10;
const PATH_MAX = 200;

/** A session in a few lines: who, where, TLS, how each data connection was negotiated, and each transfer. */
export function describeSession(session: Session, layout: Layout): string[] {
  const row = (label: string, text: string) => wrapText(layout, `    ${layout.dim(padEnd(label, LABEL))}`, text);
  const lines = wrapText(layout, '  ', headlineOf(session, layout));
  const server = serverText(session);
  if (server !== '') lines.push(...row('server', server));
  lines.push(...row('control', controlText(session)));
  for (const text of connectionTexts(session.dataConnections)) lines.push(...row('data', text));
  const shown = chooseTransfers(session.transfers);
  for (const transfer of shown) lines.push(...row(transfer.direction, transferText(session, transfer, layout)));
  const more = session.transfers.length - shown.length;
  if (more > 0) lines.push(...row('', `and ${counted(more, 'more transfer')}: ftplens show --session ${session.id}`));
  if (session.gaps.length > 0) lines.push(...row('note', `${listed(session.gaps.map((gap) => GAPS[gap]))}.`));
  return lines;
}

const GAPS: Readonly<Record<Gap, string>> = {
  head: 'the session began before the text does',
  tail: 'the text ends before the session does',
  middle: 'a part of the session was left out',
  'commands-hidden': 'the program hides commands',
  'replies-not-logged': 'the program logs no replies',
  ambiguous: 'the text does not say which session each line belongs to',
  desynchronised: 'replies and commands do not fit together',
};

/** Which session it is: who, from where, when, and which lines. */
export function headlineOf(session: Session, layout: Layout): string {
  const who = session.user === null ? 'nobody' : escapeControls(session.user);
  const login = session.login === 'refused' ? ' (login refused)' : '';
  const from = session.client.address === null ? '' : ` from ${escapeControls(session.client.address)}`;
  const start = session.startedAt ?? session.timeOfDay;
  const when = start === null ? '' : `, ${spacedTime(start)}`;
  const long =
    session.durationMs === null || session.durationMs === 0 ? '' : `, for ${durationInWords(session.durationMs)}`;
  return `${layout.bold(`Session ${session.id}`)}: ${who}${login}${from}${when}${long} ${layout.dim(`(${linesText(session)})`)}`;
}

function serverText({ server }: Session): string {
  const product = [server.product, server.version].filter((part) => part !== null).join(' ');
  const place =
    server.address === null ? '' : `${bracketed(server.address)}${server.port === null ? '' : `:${server.port}`}`;
  return escapeControls(product !== '' && place !== '' ? `${product} at ${place}` : product + place);
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

const FAMILY = { ipv4: 'IPv4', ipv6: 'IPv6', unknown: 'address family not shown' } as const;
const ENDS = {
  quit: 'ended by QUIT',
  closed: 'closed',
  'timed-out': 'timed out',
  dropped: 'connection lost',
  refused: 'refused',
  unfinished: 'end not shown',
} as const;

function controlText({ controlFamily, tls, end }: Session): string {
  const detail = [tls.version, tls.cipher].filter((part) => part !== null).join(', ');
  const security = {
    none: 'no TLS',
    explicit: `explicit TLS${detail === '' ? '' : ` (${escapeControls(detail)})`}`,
    implicit: `implicit TLS${detail === '' ? '' : ` (${escapeControls(detail)})`}`,
    // The data connection has it only if the control connection does (RFC 4217 section 9).
    unknown: tls.data === 'private' ? 'TLS of a kind not shown' : 'TLS not shown',
  }[tls.control];
  return `${FAMILY[controlFamily]}, ${security}, ${ENDS[end]}`;
}

const BASIS = {
  address: 'by the address in the reply',
  argument: 'as the argument asks',
  'control-connection': 'as the control connection, by RFC 2428 section 3',
  observed: 'as the client connected',
} as const;

/** One text for data connections that were negotiated alike, in order of the first of each kind. */
export function connectionTexts(connections: readonly DataConnection[]): string[] {
  const alike = new Map<string, DataConnection[]>();
  for (const connection of connections) {
    const kind = connectionKind(connection);
    const same = alike.get(kind);
    if (same === undefined) alike.set(kind, [connection]);
    else same.push(connection);
  }
  return [...alike].map(([kind, same]) => {
    const times = same.length === 1 ? '' : `${same.length} x `;
    return times + kind.replace('\0', portsText(same));
  });
}

/** What is told of a data connection, with a NUL where the port belongs. */
function connectionKind(connection: DataConnection): string {
  const isActive = connection.mode === 'active';
  const argument = connection.argument === null || isActive ? '' : ` ${shorten(connection.argument, PATH_MAX)}`;
  const reply = connection.replyCode === null ? 'no reply shown' : `answered ${connection.replyCode}`;
  const parts = [`${connection.command}${argument} ${reply}\0`];
  if (connection.family !== 'unknown') {
    const basis = isActive && connection.familyBasis === 'address' ? 'by the address that the client gave' : null;
    const known = basis ?? (connection.familyBasis === null ? null : BASIS[connection.familyBasis]);
    parts.push(FAMILY[connection.family] + (known === null ? '' : ` ${known}`));
  }
  if (connection.tls === true) parts.push(`TLS${tlsResumption(connection.tlsResumed)}`);
  const failure = connection.failure === null ? '' : ` (${connection.failure})`;
  if (connection.outcome === 'unreachable') parts.push(`not reached${failure}`);
  else if (connection.outcome === 'unused') parts.push('not used');
  else if (failure !== '') parts.push(`broken${failure}`);
  return parts.join('; ');
}

function tlsResumption(resumed: boolean | null): string {
  if (resumed === null) return '';
  return resumed ? ', session resumed' : ', session not resumed';
}

function portsText(connections: readonly DataConnection[]): string {
  const ports = connections.map(({ endpoint }) => endpoint.port).filter((port) => port !== null);
  if (ports.length === 0) return '';
  const addresses = new Set(connections.map(({ endpoint }) => endpoint.address));
  const [address] = addresses;
  // After 229 the address is the control connection's and would only repeat it.
  const shows = addresses.size === 1 && address != null && connections[0]!.familyBasis === 'address';
  const at = shows ? ` with ${escapeControls(address)}` : '';
  return `${at}, ${rangeText([...new Set(ports)].sort((a, b) => a - b))}`;
}

const PORTS_LISTED = 3;

function rangeText(ports: readonly number[]): string {
  if (ports.length === 1) return `port ${ports[0]}`;
  return `ports ${ports.length <= PORTS_LISTED ? listed(ports.map(String)) : `${ports[0]} to ${ports.at(-1)}`}`;
}

function chooseTransfers(transfers: readonly Transfer[]): readonly Transfer[] {
  if (transfers.length <= TRANSFERS_SHOWN) return transfers;
  const troubled = transfers.filter((transfer) => transfer.outcome !== 'completed').slice(0, TRANSFERS_SHOWN);
  const calm = transfers.filter((transfer) => transfer.outcome === 'completed');
  const chosen = new Set([...troubled, ...calm.slice(0, TRANSFERS_SHOWN - troubled.length)]);
  return transfers.filter((transfer) => chosen.has(transfer));
}

const MARKS = { completed: '✓', aborted: '✗', failed: '✗', unfinished: '?' } as const;

/** How a transfer went. */
export function transferText(session: Session, transfer: Transfer, layout: Layout): string {
  const paint = layout.outcome[transfer.outcome];
  const path = transfer.path === null || transfer.path === '' ? '' : `${shorten(transfer.path, PATH_MAX)} `;
  const name = transfer.direction === 'listing' ? `${transfer.verb ?? ''} ${path}`.trimStart() : path;
  const parts = [outcomeText(transfer)];
  const bytes = bytesText(transfer);
  if (bytes !== '') parts.push(bytes);
  if (transfer.attempt > 1) parts.push(`try ${transfer.attempt}`);
  const reply = finalReply(session, transfer);
  const said = reply === '' ? '' : `: ${reply}`;
  return `${paint(MARKS[transfer.outcome])} ${name}${paint(parts[0]!)}${parts
    .slice(1)
    .map((part) => `, ${part}`)
    .join('')}${said}`;
}

function outcomeText({ outcome, durationMs }: Transfer): string {
  const span = durationMs === null || durationMs === 0 ? '' : durationInWords(durationMs);
  if (span === '') return outcome;
  return outcome === 'completed' ? `completed in ${span}` : `${outcome} after ${span}`;
}

function bytesText({ transferredBytes, announcedBytes, bytesExact }: Transfer): string {
  if (transferredBytes === null) return announcedBytes === null ? '' : `${sizeInWords(announcedBytes)} announced`;
  const moved = `${bytesExact ? '' : 'about '}${sizeInWords(transferredBytes)}`;
  return announcedBytes === null || announcedBytes === transferredBytes
    ? moved
    : `${moved} of ${sizeInWords(announcedBytes)}`;
}

/** What ended the transfer, where it did not simply complete. */
function finalReply(session: Session, transfer: Transfer): string {
  if (transfer.outcome === 'completed') return '';
  const exchange = transfer.exchange === null ? undefined : session.exchanges[transfer.exchange];
  const reply = exchange?.replies.find(({ code }) => code === transfer.finalCode);
  const parts = reply === undefined ? [] : [shorten(`${reply.code} ${reply.text}`, PATH_MAX)];
  if (transfer.clientError !== null) parts.push(shorten(transfer.clientError.text, PATH_MAX));
  return parts.join('; ');
}
