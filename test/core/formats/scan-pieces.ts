import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { LineSplitter } from '../../../src/core/bytes/lines.ts';
import { bytesOf, textOf } from '../../../src/core/bytes/text.ts';
import { EventCursor } from '../../../src/core/event.ts';
import type { Format } from '../../../src/core/formats/format.ts';
import { describeEvent } from '../../events.ts';

/** What a scanner makes of a transcript that is cut into pieces at CR and LF, as inputs are. */
export function scanPieces(format: Format, content: Uint8Array): { events: string[]; unread: string[] } {
  const events: string[] = [];
  const unread: string[] = [];
  const scanner = format.createScanner({ order: null });
  const out = new EventCursor({ accept: (event) => void events.push(describeEvent(event)) });
  const splitter = new LineSplitter({
    line(bytes, start, end, line) {
      out.bytes = bytes;
      out.line = line;
      const before = events.length;
      if (scanner.scan(bytes, start, end, out) || start === end) return;
      unread.push(textOf(bytes, start, end));
      if (events.length !== before) throw new Error(`line ${line} is refused, yet emits`);
    },
  });
  splitter.push(content);
  splitter.end();
  return { events, unread };
}

/** The same for a file in `fixtures/curl`. */
export function scanFixture(format: Format, name: string): { events: string[]; unread: string[] } {
  return scanPieces(format, readFileSync(new URL(`../../../fixtures/curl/${name}`, import.meta.url)));
}

/**
 * Feeds a scanner the format's own samples, cut and spliced with noise. Fails if it throws, emits a span outside of its bytes,
 * emits from a line that it refuses, or leaves other bytes in the cursor.
 */
export function assertSurvives(format: Format, others: readonly string[]): void {
  const lines = format.samples.join('\n').split('\n').concat(others);
  const line = fc.constantFrom(...lines);
  const spliced = fc
    .tuple(line, line, fc.nat(80), fc.nat(80), fc.constantFrom('', ' ', '\0', '\u00e9', '\u2603', '* ', '\x1b[1m'))
    .map(([a, b, i, j, noise]) => a.slice(0, i) + noise + b.slice(j));
  fc.assert(
    fc.property(fc.array(fc.oneof(line, spliced), { maxLength: 40 }), (texts) => {
      const scanner = format.createScanner({ order: null });
      let emitted = 0;
      let isSound = true;
      const out = new EventCursor({
        accept: (event) => {
          emitted++;
          const { length } = event.bytes;
          isSound &&= isSpan(event.textStart, event.textEnd, length);
          isSound &&= isSpan(event.addressStart, event.addressEnd, length);
          isSound &&= isSpan(event.verbStart, event.verbEnd, length);
        },
      });
      for (const text of texts) {
        const bytes = bytesOf(text);
        out.bytes = bytes;
        emitted = 0;
        isSound &&= scanner.scan(bytes, 0, bytes.length, out) || emitted === 0;
        isSound &&= out.bytes === bytes;
      }
      return isSound;
    }),
    { numRuns: 200 },
  );
}

function isSpan(start: number, end: number, length: number): boolean {
  return 0 <= start && start <= end && end <= length;
}
