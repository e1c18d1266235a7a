/** Commands and replies as the lines of a control connection, for formats that print them as they were sent. */
import { ASTERISK, CR, isBlank, isDigit, MINUS, replyCodeAt } from '../bytes/ascii.ts';
import { textOf } from '../bytes/text.ts';
import { type EventCursor, Kind } from '../event.ts';
import { KNOWN_VERBS, Verb, verbAt } from '../ftp/verbs.ts';
import { fillCommand } from './command.ts';
import { fillReply } from './reply-line.ts';

/** The longest verb of `KNOWN_VERBS`. */
const VERB_LENGTH_MAX = 9;

/** The end of `bytes[start, end)` without its trailing blanks and carriage returns. */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  while (end > start && (isBlank(bytes[end - 1]!) || bytes[end - 1] === CR)) end--;
  return end;
}

/** The first offset from `start` on that holds no blank or tab. */
export function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  while (start < end && isBlank(bytes[start]!)) start++;
  return start;
}

/** The end of the letters at `start` that may be a verb. */
export function verbEndAt(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && isVerbByte(bytes[i]!)) i++;
  return i;
}

function isVerbByte(byte: number): boolean {
  const letter = byte & 0xdf;
  return (letter >= 65 && letter <= 90) || isDigit(byte);
}

/** Whether a command with a known verb, in capitals or small letters, stands at `start`. */
export function isCommandAt(bytes: Uint8Array, start: number, end: number): boolean {
  const verbEnd = verbEndAt(bytes, start, end);
  if (verbEnd === start || verbEnd - start > VERB_LENGTH_MAX) return false;
  if (verbEnd < end && !isBlank(bytes[verbEnd]!) && bytes[verbEnd] !== ASTERISK && bytes[verbEnd] !== CR) return false;
  return KNOWN_VERBS.has(textOf(bytes, start, verbEnd).toUpperCase());
}

/** The code of the reply line at `start` (`220 `, `220-`, `220` alone), or 0. */
export function replyLineCodeAt(bytes: Uint8Array, start: number, end: number): number {
  const code = replyCodeAt(bytes, start, end);
  if (code === 0 || start + 3 === end) return code;
  const next = bytes[start + 3]!;
  return isBlank(next) || next === MINUS || next === CR ? code : 0;
}

/** Emits the command at `bytes[start, end)` and returns its packed verb. */
export function emitCommand(out: EventCursor, start: number, end: number): number {
  const { bytes } = out;
  out.clear(Kind.Command);
  fillCommand(out, bytes, start, secretStartAt(bytes, start, end) ?? trimmedEnd(bytes, start, end));
  out.emit();
  return out.verb;
}

/** Where a password begins that lost the blank before it (`PASS***`), null for no such thing. */
function secretStartAt(bytes: Uint8Array, start: number, end: number): number | null {
  const glued = start + 4;
  if (glued >= end || bytes[glued] !== ASTERISK) return null;
  const verb = verbAt(bytes, start, glued);
  return verb === Verb.PASS || verb === Verb.ACCT ? glued : null;
}

/** Reads the lines of replies, one connection's after the other, and knows where a multi-line reply ends. */
export class ReplyLines {
  /** The code of the multi-line reply that is open, 0 for none. */
  open = 0;

  /** Emits the reply line at `bytes[start, end)`; returns its code if the reply is complete with it, else 0. */
  emit(out: EventCursor, start: number, end: number): number {
    const { bytes } = out;
    this.open = fillReply(out, bytes, start, trimmedEnd(bytes, start, end), this.open);
    out.emit();
    return out.kind === Kind.Reply ? out.code : 0;
  }
}
