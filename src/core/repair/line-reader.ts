import { textOf } from '../bytes/text.ts';
import { EventCursor, type EventSink, Kind, Note } from '../event.ts';
import type { Format, Scanner } from '../formats/format.ts';
import { KNOWN_VERBS } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import type { Piece } from './paste-line.ts';

/** How much a line tells to one format's scanner, in rising order. */
export const Reads = {
  Refused: 0,
  /** Taken for a command, but with no verb of FTP: some marks are everybody's. */
  Doubtful: 1,
  /** Taken for the text of a reply that began in an earlier line: any line could be that. */
  Continued: 2,
  /** The scanner takes the line, which proves little: a prose line may begin with `* ` as well. */
  Accepted: 3,
  /** A connection or transfer is remarked upon. */
  Remark: 4,
  /** A command with a verb of FTP. */
  Command: 5,
  /** A line of a reply that shows its code. */
  Reply: 6,
} as const;
export type Reads = (typeof Reads)[keyof typeof Reads];

/** What a line is worth as evidence, by {@link Reads}. Many verbs that nobody knows speak against a reading. */
export const EVIDENCE: readonly number[] = [0, -0.1, 0, 0.05, 0.5, 1, 1];

/** Remarks that any text with a word and a colon could be mistaken for. */
const UNTELLING: ReadonlySet<Note> = new Set([Note.Other, Note.ServerError, Note.Program]);

/** Reads lines with a fresh scanner of one format and says how much they told. */
export class LineReader implements EventSink {
  private readonly scanner: Scanner;
  private readonly cursor = new EventCursor(this);
  private told: Reads = Reads.Refused;
  /** Evidence of all lines so far; a line may tell several things. */
  evidence = 0;
  /** Which of {@link Reads} they told, as bits. */
  kinds = 0;

  constructor(format: Format) {
    this.scanner = format.createScanner({ order: null });
  }

  /** Reads the next line. */
  read(line: Piece): Reads {
    return this.readSpan(line.bytes, line.start, line.end, line.line);
  }

  /** Reads `bytes[start, end)` as the next line. */
  readSpan(bytes: Uint8Array, start: number, end: number, line: number): Reads {
    if (end - start > limits.lineBytes) return Reads.Refused;
    this.cursor.bytes = bytes;
    this.cursor.line = line;
    this.told = Reads.Refused;
    if (!this.scanner.scan(bytes, start, end, this.cursor)) return Reads.Refused;
    // A line that emits nothing is known all the same: a meter, a heading.
    return this.told === Reads.Refused ? Reads.Accepted : this.told;
  }

  accept(event: EventCursor): void {
    const told = readsOf(event);
    if (told > this.told) this.told = told;
    this.evidence += EVIDENCE[told]!;
    this.kinds |= 1 << told;
  }
}

function readsOf(event: EventCursor): Reads {
  switch (event.kind) {
    case Kind.Reply:
      return Reads.Reply;
    case Kind.ReplyPart:
      return event.code === 0 ? Reads.Continued : Reads.Reply;
    case Kind.Command:
      return isKnownVerb(event) ? Reads.Command : Reads.Doubtful;
    case Kind.Connected:
    case Kind.Disconnected:
      return Reads.Remark;
    case Kind.Note:
      return isTelling(event) ? Reads.Remark : Reads.Accepted;
    default:
      return Reads.Accepted;
  }
}

function isTelling(event: EventCursor): boolean {
  // `Error: …` could be anybody's; with the program's own number it is this one's.
  if (event.note === Note.ClientError) return !Number.isNaN(event.value);
  return !UNTELLING.has(event.note);
}

function isKnownVerb(event: EventCursor): boolean {
  const length = event.verbEnd - event.verbStart;
  if (length === 0) return event.verb !== 0;
  return length < 10 && KNOWN_VERBS.has(textOf(event.bytes, event.verbStart, event.verbEnd).toUpperCase());
}

/**
 * Bare formats read other formats' texts too, once their marks are gone: they have to read clearly more to be right.
 */
export function evidenceFactor(format: Format): number {
  return format.bare ? 0.7 : 1;
}

/** Counts of lines by {@link Reads}. */
export type ReadsCounts = Float64Array;

/** How many lines are read. Of lines that merely go on with a reply only as many count as there are telling ones. */
export function countRead(counts: ReadsCounts): number {
  const telling = counts[Reads.Remark]! + counts[Reads.Command]! + counts[Reads.Reply]!;
  return telling + counts[Reads.Accepted]! + counts[Reads.Doubtful]! + Math.min(counts[Reads.Continued]!, telling);
}
