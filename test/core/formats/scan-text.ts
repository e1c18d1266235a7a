import { bytesOf } from '../../../src/core/bytes/text.ts';
import { EventCursor, Kind, Note } from '../../../src/core/event.ts';
import type { Format, Scanner } from '../../../src/core/formats/format.ts';
import type { DateOrder } from '../../../src/core/report.ts';
import { describeEvent } from '../../events.ts';

/** What a scanner makes of a text. */
export interface Scan {
  /** The events, one text each. */
  readonly events: string[];
  /** Lines that the scanner does not read, and their numbers. */
  readonly unread: string[];
  readonly unreadLines: number[];
  readonly scanner: Scanner;
}

/**
 * Scans `text` line by line. Every field of the cursor is spoilt before each line, so that a field which the scanner forgets to
 * set shows in the events.
 */
export function scanText(format: Format, text: string | Uint8Array, order: DateOrder | null = null): Scan {
  const scanner = format.createScanner({ order });
  const events: string[] = [];
  const unread: string[] = [];
  const unreadLines: number[] = [];
  const out = new EventCursor({ accept: (event) => void events.push(describeEvent(event)) });
  const bytes = typeof text === 'string' ? bytesOf(text) : new Uint8Array(text);
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed;
    spoil(out);
    out.bytes = bytes;
    out.line = line;
    const before = events.length;
    if (!scanner.scan(bytes, start, end, out)) {
      unread.push(new TextDecoder().decode(bytes.subarray(start, end)));
      unreadLines.push(line);
      if (events.length !== before) throw new Error(`line ${line} is refused, yet emits`);
    }
    start = end + 1;
  }
  return { events, unread, unreadLines, scanner };
}

function spoil(out: EventCursor): void {
  out.kind = Kind.Note;
  out.note = Note.TransferCut;
  out.key = 987_654;
  out.day = 1;
  out.ms = 1;
  out.code = 999;
  out.verb = 0x58585858;
  out.verbStart = out.textStart = out.userStart = out.peerStart = out.addressStart = 0;
  out.verbEnd = out.textEnd = out.userEnd = out.peerEnd = out.addressEnd = 3;
  out.port = 99_999;
  out.value = 99;
  out.exact = false;
  out.failure = 8;
}
