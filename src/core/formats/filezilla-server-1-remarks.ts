/** What FileZilla Server 1.x remarks besides commands and replies. */
import { indexOfText, isDigit, numberAt, SPACE, startsWith } from '../bytes/ascii.ts';
import { textOf } from '../bytes/text.ts';
import { type EventCursor, Failure, Kind, NO_KEY, Note } from '../event.ts';
import { failureIn } from './failures.ts';
import { indexOfByte } from './spans.ts';

/** How grave a remark is, by the line's type: `==`, `WW` and `!!`. */
export type Gravity = 'status' | 'warning' | 'error';

/** Remarks about a session by how they begin (1.6–1.10). Whatever else is an error stays a {@link Note.ServerError}. */
const SESSION_REMARKS: readonly (readonly [string, Note])[] = [
  ['A command is already being processed', Note.CommandQueued],
  ['Control channel closed with error', Note.ConnectionLost],
  ['TLS session of data connection not resumed', Note.TlsNotResumed],
  // close_notify is missing, on the data connection as well as on the control connection.
  ['GnuTLS error -110', Note.TlsNotClosed],
  ['Client did not properly shut down TLS', Note.TlsNotClosed],
  ['Failed securing control connection', Note.TlsFailed],
  ['Failed making the data connection secure', Note.DataTlsFailed],
  ['Failed connection for data socket', Note.DataFailed],
  ['Data peer IP ', Note.DataFailed],
];

const ENDED = ' ended ';
const SESSION = 'Session ';
const WITH_ERROR = 'with error';
const ADDRESS = 'Address ';
const BANNED = ' has been temporarily banned';
const PEER = 'Peer ';
const NOT_ALLOWED = ' is not allowed';
const REASON = 'Reason: ';

/** Emits the remark `bytes[start, end)` about the session `out.key`, whose user and peer are given in `out`. */
export function emitSessionRemark(
  gravity: Gravity,
  bytes: Uint8Array,
  start: number,
  end: number,
  out: EventCursor,
): void {
  out.kind = Kind.Note;
  out.note = gravity === 'error' ? Note.ServerError : Note.Other;
  for (const [text, note] of SESSION_REMARKS)
    if (startsWith(bytes, start, end, text)) {
      out.note = note;
      break;
    }
  out.textStart = start;
  out.textEnd = end;
  if (out.note === Note.ConnectionLost || out.note === Note.DataFailed) out.failure = failureOf(bytes, start, end);
  out.emit();
  if (out.note === Note.ConnectionLost) emitSessionOver(out);
}

/** The server logs no end of such a session, and nothing more of it. */
function emitSessionOver(out: EventCursor): void {
  out.clear(Kind.Note);
  out.note = Note.SessionOver;
  out.emit();
}

function failureOf(bytes: Uint8Array, start: number, end: number): Failure {
  const reason = indexOfText(bytes, start, end, REASON);
  return reason < 0 ? Failure.Unknown : failureIn(textOf(bytes, reason + REASON.length, end));
}

/** The session whose end the server's remark `Session N ended …` tells, or {@link NO_KEY}. */
export function endedSessionAt(bytes: Uint8Array, start: number, end: number): number {
  if (!startsWith(bytes, start, end, SESSION)) return NO_KEY;
  const key = numberAt(bytes, start + SESSION.length, end);
  let i = start + SESSION.length;
  while (i < end && isDigit(bytes[i]!)) i++;
  return key >= 0 && startsWith(bytes, i, end, ENDED) ? key : NO_KEY;
}

/** Emits that the session `out.key` ended, as `Session N ended gracefully.` or `… with error. Reason: …` has it. */
export function emitSessionEnd(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
  const lost = indexOfText(bytes, start, end, WITH_ERROR) >= 0;
  out.clear(lost ? Kind.Note : Kind.Disconnected);
  out.textStart = start;
  out.textEnd = end;
  if (lost) {
    out.note = Note.ConnectionLost;
    out.failure = failureOf(bytes, start, end);
  }
  out.emit();
  if (lost) emitSessionOver(out);
}

/** Emits the server's own remark `bytes[start, end)`, which belongs to no session. */
export function emitServerRemark(
  gravity: Gravity,
  bytes: Uint8Array,
  start: number,
  end: number,
  out: EventCursor,
): void {
  out.clear(Kind.Note);
  out.key = NO_KEY;
  out.note = gravity === 'error' ? Note.ServerError : Note.Other;
  out.textStart = start;
  out.textEnd = end;
  for (const [before, after] of [
    [ADDRESS, BANNED],
    [PEER, NOT_ALLOWED],
  ] as const) {
    if (!startsWith(bytes, start, end, before)) continue;
    const address = start + before.length;
    const addressEnd = indexOfByte(bytes, address, end, SPACE);
    if (addressEnd < 0 || !startsWith(bytes, addressEnd, end, after)) continue;
    out.note = Note.PeerRefused;
    out.addressStart = address;
    out.addressEnd = addressEnd;
  }
  out.emit();
}
