import type { Format } from '../formats/format.ts';
import { LineReader, Reads } from './line-reader.ts';
import type { PasteLine } from './paste-line.ts';
import type { Undo } from './undo.ts';

/** Evidence that the parts must show more than the whole line: one command or reply. */
const GAIN_MIN = 0.9;

/**
 * Line breaks lost, of a whole transcript or of two lines. A line is cut where a format says that its lines begin, and
 * stays cut if the format's scanner then reads more of it.
 */
export const joinedLines: Undo = {
  id: 'joined-lines',
  proof: 'reads-more',
  undo(lines, { formats }) {
    const cutters = formats.flatMap((format) => {
      const starts = startsOf(format);
      return starts === null ? [] : [{ format, starts }];
    });
    const out: PasteLine[] = [];
    for (const line of lines) {
      let best: PasteLine[] = [line];
      let most = 0;
      for (const { format, starts } of cutters) {
        const parts = cutLine(line, starts);
        if (parts.length < 2) continue;
        const whole = readParts([line], format);
        const cut = readParts(parts, format);
        // A single telling part is a line behind something else, and no two lines.
        if (cut.telling < 2 || cut.evidence <= most || cut.evidence < whole.evidence + GAIN_MIN) continue;
        most = cut.evidence;
        best = parts;
      }
      for (const part of best) out.push(part);
    }
    return out.length > lines.length ? out : null;
  },
};

const compiled = new Map<RegExp, RegExp>();

/** Compiled once: an expression of this size costs more than the lines of a paste. */
function startsOf({ lineStarts }: Format): RegExp | null {
  if (lineStarts === undefined) return null;
  const starts = compiled.get(lineStarts) ?? new RegExp(lineStarts.source, 'gu');
  compiled.set(lineStarts, starts);
  return starts;
}

function cutLine(line: PasteLine, starts: RegExp): PasteLine[] {
  const { text } = line;
  // `matchAll` would make another expression for each line.
  starts.lastIndex = 0;
  let match = starts.exec(text);
  if (match?.index === 0) match = starts.exec(text);
  if (match === null) return [line];
  const cuts: number[] = [0];
  for (; match !== null; match = starts.exec(text)) {
    cuts.push(match.index);
    if (match[0] === '') starts.lastIndex++;
  }
  const parts: PasteLine[] = [];
  for (let i = 0; i < cuts.length; i++) {
    const part = text.slice(cuts[i], cuts[i + 1] ?? text.length).trimEnd();
    if (part.trim() !== '') parts.push(line.rewrite(part, 'joined-lines'));
  }
  return parts;
}

function readParts(parts: readonly PasteLine[], format: Format): { evidence: number; telling: number } {
  const reader = new LineReader(format);
  let telling = 0;
  for (const part of parts) if (reader.read(part) >= Reads.Remark) telling++;
  return { evidence: reader.evidence, telling };
}
