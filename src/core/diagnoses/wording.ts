/** How findings put figures into words. */

/** `1,288,490,188 bytes`. */
export function bytesInWords(count: number): string {
  return `${grouped(count)} ${count === 1 ? 'byte' : 'bytes'}`;
}

/** A whole number with its thousands apart. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A span of time: `250 ms`, `58 s`, `5 min 12 s`, `2 h 3 min`, `4 d 1 h`. */
export function durationInWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return ms < 10_000 && ms % 1000 !== 0 ? `${(ms / 1000).toFixed(1)} s` : `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return two(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 72) return two(hours, 'h', minutes % 60, 'min');
  return two(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** A count with its noun: `1 session`, `3 sessions`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], conjunction = 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words[words.length - 1]}`;
}

/** The first line of a text from a log, shortened so that a sentence stays readable. */
export function shortened(text: string, length = 100): string {
  const end = text.indexOf('\n');
  const line = (end < 0 ? text : text.slice(0, end)).trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

/** A reply as the sentence of a finding quotes it: `425 Can't open data connection`. */
export function quotedReply(reply: { readonly code: number; readonly text: string }): string {
  const text = shortened(reply.text).replace(/[.\s]+$/, '');
  return text === '' ? String(reply.code) : `"${reply.code} ${text}"`;
}

/** What a transfer is called in a sentence: `The download of "big.iso"`, `The listing of "/pub"`. */
export function transferInWords(transfer: { readonly direction: string; readonly path: string | null }): string {
  const noun = transfer.direction === 'listing' ? 'directory listing' : transfer.direction;
  return transfer.path ? `The ${noun} of "${shortened(transfer.path, 80)}"` : `The ${noun}`;
}

/** `IPv4` or `IPv6`. */
export function familyInWords(family: 'ipv4' | 'ipv6'): string {
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}
