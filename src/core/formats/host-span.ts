import { COLON, DOT, isDigit, MINUS, PERCENT, UNDERSCORE } from '../bytes/ascii.ts';

/**
 * Whether `bytes[start, end)` can be an address or a host's name, as against the end of another program's prefix.
 * `dotted`: a bare word will not do.
 */
export function isHostSpan(bytes: Uint8Array, start: number, end: number, dotted: boolean): boolean {
  let colons = 0;
  let dots = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === DOT) dots++;
    else if (byte === COLON) {
      colons++;
      if (i >= start + 2 && bytes[i - 1] === COLON && bytes[i - 2] === COLON) return false;
    } else if (byte !== MINUS && byte !== UNDERSCORE && byte !== PERCENT && !isAlphanumeric(byte)) return false;
  }
  // `12:192.0.2.7` is a line's number before an address; only `::ffff:192.0.2.7` has colons and dots.
  if (colons > 0) return colons > 1 && (dots === 0 || bytes[start] === COLON);
  return end > start && (!dotted || dots > 0);
}

function isAlphanumeric(byte: number): boolean {
  const letter = byte & 0xdf;
  return (letter >= 65 && letter <= 90) || isDigit(byte);
}
