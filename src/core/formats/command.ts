import { isBlank } from '../bytes/ascii.ts';
import type { EventCursor } from '../event.ts';
import { Verb, verbAt } from '../ftp/verbs.ts';

/**
 * Puts the command `bytes[start, end)` into `out`: its verb, and its argument as it was sent. A password is dropped here: the
 * argument of PASS and ACCT stays empty.
 */
export function fillCommand(out: EventCursor, bytes: Uint8Array, start: number, end: number): void {
  let i = start;
  // Telnet's IAC IP IAC DM before ABOR, and a blank typed by hand, are not part of the verb.
  while (i < end && (bytes[i]! >= 0x7f || bytes[i]! <= 0x20)) i++;
  if (i === end) i = start;
  const verb = verbAt(bytes, i, end);
  out.verb = verb;
  out.verbStart = i;
  // A packed verb tells its own length, which is quicker than to look for the blank again.
  if (verb !== 0) i += (verb & 0xff) !== 0 ? 4 : (verb & 0xff00) !== 0 ? 3 : (verb & 0xff0000) !== 0 ? 2 : 1;
  else while (i < end && !isBlank(bytes[i]!)) i++;
  out.verbEnd = i;
  if (verb === Verb.PASS || verb === Verb.ACCT) {
    out.textStart = out.textEnd = i;
    return;
  }
  out.textStart = i < end ? i + 1 : end;
  out.textEnd = end;
}
