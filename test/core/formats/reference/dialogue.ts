/** What the reference scanners share: how they tell what a line says, and how commands and replies are written. */

/** What one line says. What is absent is not said. */
export interface Fact {
  readonly what: string;
  readonly key?: number;
  /** `2015-01-05`; null for none. */
  readonly day?: string | null;
  /** Milliseconds since midnight; null for none. */
  readonly ms?: number | null;
  readonly code?: number;
  readonly verb?: string;
  readonly text?: string;
  readonly user?: string;
  readonly peer?: string;
  readonly address?: string;
  readonly port?: number;
  readonly failure?: number;
}

/** Reads the lines of one log, one character for each byte. Returns the facts of a line, null for a line of another format. */
export interface ReferenceScanner {
  read(line: string): Fact[] | null;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const utf8 = (bytes: string) => decoder.decode(Buffer.from(bytes, 'latin1'));

/** A fact as `describeEvent` tells events. */
export function describeFact(line: number, fact: Fact): string {
  const { key, day, ms, what, code, verb, text, user, peer, address, port, failure } = fact;
  const time = ms === undefined || ms === null ? '' : new Date(ms).toISOString().slice(11, 23);
  const parts = [String(line)];
  if (key !== undefined) parts.push(`#${key}`);
  if (day || time) parts.push([day, time].filter(Boolean).join('T'));
  parts.push(what);
  if (code) parts.push(String(code));
  if (verb !== undefined) parts.push(utf8(verb));
  if (text) parts.push(JSON.stringify(utf8(text)));
  if (user) parts.push(`user=${utf8(user)}`);
  if (peer) parts.push(`peer=${utf8(peer)}`);
  if (address) parts.push(`address=${utf8(address)}`);
  if (port) parts.push(`port=${port}`);
  if (failure) parts.push(`failure=${failure}`);
  return parts.join(' ');
}

/** A command with its argument, without the noise that telnet and typists put before it, and without a password. */
export function readCommand(text: string): Pick<Fact, 'what' | 'verb' | 'text'> {
  const typed = text.replace(/^[\x00-\x20\x7f-\xff]+(?=.)/s, '');
  const command = /^[\x00-\x20\x7f-\xff]*$/.test(text) ? text : typed;
  const known = /^[A-Za-z]{1,4}(?=[ \t]|$)/.exec(command);
  const verb = known === null ? /^[^ \t]*/.exec(command)![0] : known[0].toUpperCase();
  const isSecret = verb === 'PASS' || verb === 'ACCT';
  return { what: 'Command', verb, text: isSecret && known !== null ? '' : command.slice(verb.length + 1) };
}

/** A line of a reply that shows its code, or null. */
export function readReply(text: string): (Pick<Fact, 'what' | 'text'> & { readonly code: number }) | null {
  const reply = /^([1-6]\d\d)(?:([ -])(.*))?$/s.exec(text);
  if (reply === null) return null;
  return { what: reply[2] === '-' ? 'ReplyPart' : 'Reply', code: Number(reply[1]), text: reply[3] ?? '' };
}

/** The date as ISO 8601 has it, or null where the calendar has none such. */
export function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year > 0 ? date.toISOString().slice(0, 10) : null;
}

/** Milliseconds since midnight, or null where a clock shows no such time. */
export function msOfDay(hour: number, minute: number, second: number, ms = 0): number | null {
  if (hour > 23 || minute > 59 || second > 60) return null;
  return ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}
