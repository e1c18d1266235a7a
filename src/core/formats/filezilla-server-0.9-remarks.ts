/** What FileZilla Server 0.9 remarks besides commands and replies. */
import { indexOfText, numberAt, startsWith } from '../bytes/ascii.ts';
import { type EventCursor, Kind, Note } from '../event.ts';

interface Remark {
  readonly text: string;
  readonly kind: Kind;
  readonly note: Note;
}

const remark = (note: Note) => (text: string) => ({ text, kind: Kind.Note, note });
const lastRemark = (text: string) => ({ text, kind: Kind.Disconnected, note: Note.Other });

/** Since 0.9.46 the first remark of a session names the server's port. */
const CONNECTED_ON_PORT = 'Connected on port ';

/** Remarks inside a session by how they begin; `SSL` was the word up to 0.9.57. */
const SESSION_REMARKS: readonly Remark[] = [
  { text: CONNECTED_ON_PORT, kind: Kind.Connected, note: Note.Other },
  { text: 'Connected, sending', kind: Kind.Connected, note: Note.Other },
  ...['disconnected', 'could not send reply', "Can't get remote IP"].map(lastRemark),
  ...['TLS', 'SSL'].flatMap((layer) => [
    remark(Note.DataTlsConnected)(`${layer} connection for data connection established`),
    remark(Note.TlsConnected)(`${layer} connection established`),
    remark(Note.TlsFailed)(`${layer} warning:`),
    remark(Note.DataTlsFailed)(`Data connection ${layer} warning:`),
  ]),
  ...['Failed to load ', 'Failed to initialize ', 'Failed to set certificate'].map(remark(Note.TlsFailed)),
  ...['Failed to ', 'Could not get peer name'].map(remark(Note.ServerError)),
  remark(Note.PeerRefused)('Refusing connection'),
];

/** The remarks by their first byte, so that a command costs one look. */
const SESSION_REMARKS_BY_BYTE: (Remark[] | undefined)[] = new Array(256).fill(undefined);
for (const each of SESSION_REMARKS) {
  const byte = each.text.charCodeAt(0);
  SESSION_REMARKS_BY_BYTE[byte] = [...(SESSION_REMARKS_BY_BYTE[byte] ?? []), each];
}

/** Fills `out` with the remark that `bytes[start, end)`, the text of a session's line, is; returns false if it is none. */
export function fillSessionRemark(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
  const remarks = start < end ? SESSION_REMARKS_BY_BYTE[bytes[start]!] : undefined;
  if (remarks === undefined) return false;
  for (let i = 0; i < remarks.length; i++) {
    const { text, kind, note } = remarks[i]!;
    if (!startsWith(bytes, start, end, text)) continue;
    out.kind = kind;
    out.note = note;
    out.textStart = start;
    if (text === CONNECTED_ON_PORT) out.port = Math.max(0, numberAt(bytes, start + text.length, end));
    // OpenSSL's alerts: only a fatal one ends the handshake or the connection.
    if (text.endsWith('warning:') && indexOfText(bytes, start, end, 'fatal') < 0) out.note = Note.Other;
    return true;
  }
  return false;
}

/** The second line of a start. */
export const INITIALIZING = 'Initializing Server';
/** What ends the first line of a start; the product stands before it. */
export const STARTED = ' started';

/** Remarks of the server itself by how they begin. */
const SERVER_REMARKS: readonly (readonly [string, Note])[] = [
  [INITIALIZING, Note.ServerStarted],
  ['Creating listen socket on port ', Note.Other],
  ['Server online', Note.Other],
  ['Server not online', Note.ServerError],
  ['Server offline', Note.Other],
  ['Listen socket port changed', Note.Other],
  ['Closing all listening sockets', Note.Other],
  ['Number of threads increased to ', Note.Other],
  ['Decreasing number of threads to ', Note.Other],
  ['If you use a firewall, please check your firewall configuration', Note.Other],
  ['Warning: FTP over ', Note.Other],
  ['You appear to be behind a NAT router', Note.Other],
  ['No listen ports set in settings', Note.ServerError],
  ['Failed to bind the listen socket', Note.ServerError],
  ['Failed to create a listen socket', Note.ServerError],
  ['Failed to create listen socket', Note.ServerError],
  ['Failure in CListenSocket::OnAccept', Note.ServerError],
];

/** The note that the server's own line `bytes[start, end)` is, or -1. */
export function serverRemarkAt(bytes: Uint8Array, start: number, end: number): number {
  if (startsWith(bytes, start, end, 'FileZilla Server '))
    return startsWith(bytes, end - STARTED.length, end, STARTED) ? Note.ServerStarted : -1;
  for (const [text, note] of SERVER_REMARKS) if (startsWith(bytes, start, end, text)) return note;
  return -1;
}
