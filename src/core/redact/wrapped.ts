/** Lines of one length, at least so many, were cut by a terminal of that width. */
const FULL_LINES_MIN = 3;

/**
 * Redacts a text whose lines a terminal has cut at its width, also in the middle of names: lines that go on are joined,
 * redacted as one, and cut at the same width again.
 */
export function redactWrapped(text: string, redact: (line: string) => string): string {
  const lines = text.split('\n');
  const columns = wrapColumns(lines);
  const result: string[] = [];
  for (let first = 0; first < lines.length; ) {
    let last = first;
    while (last + 1 < lines.length && widthOf(lines[last]!) === columns) last++;
    const ends = lines.slice(first, last + 1).map((line) => line.substring(widthOf(line)));
    let rest = redact(
      lines
        .slice(first, last + 1)
        .map((line) => line.substring(0, widthOf(line)))
        .join(''),
    );
    for (let i = first; i <= last; i++) {
      const piece = i === last ? rest : rest.substring(0, columns);
      rest = rest.substring(piece.length);
      result.push(piece + ends[i - first]);
    }
    first = last + 1;
  }
  return result.join('\n');
}

function widthOf(line: string): number {
  return line.endsWith('\r') ? line.length - 1 : line.length;
}

/** The width that no line exceeds and many lines have; endless where there is none. */
function wrapColumns(lines: readonly string[]): number {
  const longest = lines.reduce((most, line) => Math.max(most, widthOf(line)), 0);
  const full = lines.filter((line) => widthOf(line) === longest).length;
  return full >= FULL_LINES_MIN && longest > 0 ? longest : Number.POSITIVE_INFINITY;
}
