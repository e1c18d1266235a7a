import { bytesOf } from '../../../src/core/bytes/text.ts';
import { EventCursor } from '../../../src/core/event.ts';
import type { Format } from '../../../src/core/formats/format.ts';

const MUTANTS = 4000;

/**
 * Feeds a scanner the format's own samples, spoilt at random: cut, spliced, with bytes replaced. Returns what it did wrong: it
 * may refuse a line, but not throw, emit spans outside of it, or emit from a line that it refuses.
 */
export function feedHostileLines(format: Format, seed = 1): string[] {
  const wrong: string[] = [];
  const lines = format.samples.flatMap((sample) => sample.split('\n')).map((line) => bytesOf(line));
  const next = generator(seed);
  let emitted = 0;
  let length = 0;
  const out = new EventCursor({
    accept: (event) => {
      emitted++;
      for (const [start, end] of [
        [event.textStart, event.textEnd],
        [event.userStart, event.userEnd],
        [event.peerStart, event.peerEnd],
        [event.addressStart, event.addressEnd],
        [event.verbStart, event.verbEnd],
      ] as const)
        if (start > end || start < 0 || end > length) wrong.push(`span ${start}..${end} of ${length}`);
    },
  });
  const scanner = format.createScanner({ order: null });
  for (let n = 0; n < MUTANTS; n++) {
    const line = mutant(lines, next);
    out.bytes = line;
    out.line = n + 1;
    length = line.length;
    emitted = 0;
    try {
      if (!scanner.scan(line, 0, length, out) && emitted > 0) wrong.push(`emits from a refused line`);
    } catch (error) {
      wrong.push(`${String(error)} for ${JSON.stringify(new TextDecoder().decode(line))}`);
    }
  }
  return wrong;
}

function mutant(lines: readonly Uint8Array[], next: (below: number) => number): Uint8Array {
  const line = lines[next(lines.length)]!;
  const other = lines[next(lines.length)]!;
  const kind = next(4);
  if (kind === 0) return line.subarray(0, next(line.length + 1));
  if (kind === 1)
    return Uint8Array.from([...line.subarray(0, next(line.length)), ...other.subarray(next(other.length))]);
  const copy = Uint8Array.from(line);
  for (let i = next(6); i >= 0; i--) copy[next(copy.length)] = kind === 2 ? next(256) : other[next(other.length)]!;
  return copy;
}

/** Numbers below a bound, the same for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}
