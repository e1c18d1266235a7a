import { readFileSync } from 'node:fs';
import { LineSplitter } from '../../../src/core/bytes/lines.ts';
import { textOf } from '../../../src/core/bytes/text.ts';
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
