/** Texts as Python's `repr` writes them. */

const ESCAPE = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g;
const SHORT: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The text of a string or bytes literal (`'220 ready'`, `"can't"`, `b'ABOR\r\n'`), also if its end is cut off; null for no literal. */
export function unescapeRepr(literal: string): string | null {
  const match = /^b?(['"])(.*)$/s.exec(literal);
  if (match === null) return null;
  const quote = match[1]!;
  const body = match[2]!;
  const inner = body.endsWith(quote) ? body.substring(0, body.length - 1) : body;
  return inner.replace(ESCAPE, (_, hex, short, long, letter) => {
    if (letter !== undefined) return SHORT[letter] ?? letter;
    const point = Number.parseInt(hex ?? short ?? long, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  });
}
