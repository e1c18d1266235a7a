/** Bytes by name. Scanners and repairs never use bare numbers. */
export const NUL = 0;
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const ESC = 27;
export const SPACE = 32;
export const EXCLAMATION = 33;
export const QUOTE = 34;
export const HASH = 35;
export const PERCENT = 37;
export const APOSTROPHE = 39;
export const PAREN_OPEN = 40;
export const PAREN_CLOSE = 41;
export const ASTERISK = 42;
export const PLUS = 43;
export const COMMA = 44;
export const MINUS = 45;
export const DOT = 46;
export const SLASH = 47;
export const DIGIT_0 = 48;
export const DIGIT_9 = 57;
export const COLON = 58;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const AT = 64;
export const BRACKET_OPEN = 91;
export const BACKSLASH = 92;
export const BRACKET_CLOSE = 93;
export const UNDERSCORE = 95;
export const BRACE_OPEN = 123;
export const PIPE = 124;
export const BRACE_CLOSE = 125;
export const DEL = 127;

/** Whether the byte is one of `0`–`9`. */
export function isDigit(byte: number): boolean {
  return byte >= DIGIT_0 && byte <= DIGIT_9;
}

/** Whether the byte is a blank or a tab. */
export function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

/** The three-digit reply code at `start` (1yz–6yz), or 0. The byte after it is not looked at. */
export function replyCodeAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 3) return 0;
  const a = bytes[start]! - DIGIT_0;
  const b = bytes[start + 1]! - DIGIT_0;
  const c = bytes[start + 2]! - DIGIT_0;
  if (a < 1 || a > 6 || b < 0 || b > 9 || c < 0 || c > 9) return 0;
  return a * 100 + b * 10 + c;
}

/** Whether `bytes` holds the ASCII text `text` at `start`, within `end`. */
export function startsWith(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (end - start < text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The offset of the ASCII text `text` in `bytes[start, end)`, or -1. */
export function indexOfText(bytes: Uint8Array, start: number, end: number, text: string): number {
  const first = text.charCodeAt(0);
  for (let i = bytes.indexOf(first, start); i >= 0 && i + text.length <= end; i = bytes.indexOf(first, i + 1))
    if (startsWith(bytes, i, end, text)) return i;
  return -1;
}

/** The non-negative number written in decimal digits at `start`; -1 if there is none. Stops at the first other byte. */
export function numberAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  let i = start;
  for (; i < end; i++) {
    const digit = bytes[i]! - DIGIT_0;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return i === start ? -1 : value;
}
