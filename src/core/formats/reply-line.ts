import { isDigit, MINUS, replyCodeAt, SPACE } from '../bytes/ascii.ts';
import { type EventCursor, Kind } from '../event.ts';

/**
 * Puts the reply line `bytes[start, end)` into `out`, cleared before. `open` is the code of the multi-line reply that is being
 * read, 0 for none; returns the one that is open after the line (RFC 959 section 4.2).
 */
export function fillReply(out: EventCursor, bytes: Uint8Array, start: number, end: number, open: number): number {
  let code = replyCodeAt(bytes, start, end);
  const next = start + 3 < end ? bytes[start + 3]! : SPACE;
  if (isDigit(next)) code = 0;
  // A refusal ends an open reply whatever its code: the end of that one was not logged.
  const own = code !== 0 && (open === 0 || code === open || code >= 400);
  const part = !own || next === MINUS;
  out.clear(part ? Kind.ReplyPart : Kind.Reply);
  out.code = own ? code : 0;
  out.textStart = own ? Math.min(end, start + 4) : start;
  out.textEnd = end;
  if (!own) return open;
  return part ? code : 0;
}
