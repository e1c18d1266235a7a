import type { AnalysisOptions, InputSource } from './analysis.ts';
import { isBlank } from './bytes/ascii.ts';
import { createTranscoder, detectEncoding, type Transcoder } from './bytes/encoding.ts';
import { countsCarriageReturns, LineSplitter } from './bytes/lines.ts';
import { ReplacementCounter } from './bytes/replacements.ts';
import { textOf } from './bytes/text.ts';
import { counted } from './diagnoses/wording.ts';
import { EventCursor, NO_KEY } from './event.ts';
import type { Format, Scanner } from './formats/format.ts';
import { limits } from './limits.ts';
import {
  type Detection,
  detect,
  detectPrefix,
  type LinePrefix,
  type Piece,
  restore,
  type Segment,
  type Shares,
  showsDamage,
} from './repair/index.ts';
import type { DateOrder, Input, Repair, Transcript } from './report.ts';
import type { EventLog } from './sessions/event-log.ts';
import { SessionRecord, type TranscriptContext } from './sessions/record.ts';
import { SessionTable, type Shard } from './sessions/session-table.ts';

/** What an input's reader is told. */
export interface ReadingOptions extends AnalysisOptions {
  readonly input: number;
  readonly source: InputSource;
  /** Whether only tallies are wanted: sessions are then watched for routine, and characters are not counted. */
  readonly forTallies?: boolean;
  /** Takes each session when it is over; borrowed. */
  readonly session: (record: SessionRecord) => void;
}

/** Formats that log commands when they are done, and so no greeting. */
const WITHOUT_GREETING = new Set(['proftpd', 'iis-w3c']);
/** Formats whose lines show no replies. */
const WITHOUT_REPLIES = new Set(['xferlog', 'pure-ftpd']);

/**
 * Reads one input: undoes its encoding, decides between the two roads and sends its lines through a scanner. A clean log is
 * streamed; anything else is held whole (up to `limits.pasteBytes`), repaired, and goes through the same scanners.
 */
export class InputReader {
  private readonly options: ReadingOptions;
  /** Those that the input may be. */
  private readonly formats: readonly Format[];
  private readonly allFormats: readonly Format[];
  private transcoder: Transcoder | null = null;
  private encoding = 'utf-8';
  private sizeBytes = 0;
  private readonly replacements = new ReplacementCounter();
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  /** Set once the input is streamed. */
  private stream: TranscriptReader | null = null;
  private splitter: LineSplitter | null = null;
  private readonly transcripts: Transcript[] = [];
  private error: string | null = null;
  private lines = 0;
  /** What the head was found to be. */
  private head: DetectedHead | null = null;
  /** Whether the head was looked at and is to be repaired. */
  private paste = false;
  /** Whether the input is left to the reader of its first shard. */
  private isLeft = false;

  constructor(options: ReadingOptions, formats: readonly Format[]) {
    this.options = options;
    this.allFormats = formats;
    const format = options.source.continued?.format ?? options.format;
    this.formats = format == null ? formats : formats.filter(({ id }) => id === format);
  }

  /** Takes the next bytes; false when the rest is not wanted. */
  push(chunk: Uint8Array): boolean {
    // A Buffer has another hidden class than the arrays that carry split lines; the hot path stays monomorphic with one.
    if (chunk.constructor !== Uint8Array) chunk = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.sizeBytes += chunk.length;
    if (this.error !== null || this.isLeft) return false;
    if (this.transcoder === null) {
      this.encoding = this.options.encoding ?? detectEncoding(chunk).label;
      this.transcoder = createTranscoder(this.encoding);
    }
    this.take(this.transcoder.push(chunk));
    return this.error === null && !this.isLeft;
  }

  /**
   * Begins to tell sessions with as little as is there, for an input that goes on to grow. Returns false for an input that is no
   * clean log and so cannot be followed.
   */
  settle(): boolean {
    if (this.stream !== null || this.heldBytes === 0) return true;
    const whole = this.whole();
    const { prefix, found } = detectHead(whole.subarray(0, limits.headBytes), this.formats);
    if (found.format === null || found.share < limits.streamShare) return !this.paste && this.error === null;
    const clock = survey(found.format, [whole], this.options.order ?? null, prefix);
    this.startStream(found.format, found.share, clock, prefix, whole);
    return true;
  }

  /** Shows the open sessions that had lines since the last look, as they stand; those that ended before it are handed on. */
  peek(visit: (record: SessionRecord) => void): void {
    this.stream?.peek(visit);
  }

  close(error: string | null): Input {
    if (this.transcoder !== null && this.error === null) this.take(this.transcoder.end());
    if (this.error === null && this.stream === null && !this.isLeft) this.readHeld();
    if (this.stream !== null) {
      this.splitter!.end();
      this.lines = this.splitter!.lines;
      this.transcripts.push(this.stream.end());
      this.tellLosses(this.splitter!.droppedBytes, this.stream.losses);
    }
    this.replacements.end();
    const { path, sizeBytes, compression, parts } = this.options.source;
    return {
      path,
      parts: parts ?? null,
      transcripts: this.transcripts,
      sizeBytes: sizeBytes ?? this.sizeBytes,
      lines: this.lines,
      encoding: this.encoding,
      compression,
      replacedCharacters: this.replacements.count,
      error: error ?? this.error,
    };
  }

  /** What the limits of memory kept from being read. */
  private tellLosses(droppedBytes: number, { evicted, shortened }: Losses): void {
    const { complain, source } = this.options;
    if (droppedBytes > 0)
      complain?.(`${source.path}: ${counted(droppedBytes, 'byte')} of overlong lines were left out`);
    if (evicted > 0)
      complain?.(
        `${source.path}: more than ${counted(limits.openSessions, 'session')} were open at once; ${counted(evicted, 'session')} silent for the longest time ended there, as unfinished`,
      );
    if (shortened > 0)
      complain?.(
        `${source.path}: ${counted(shortened, 'session')} went on beyond what is kept of one; what came after that is not told`,
      );
  }

  private take(bytes: Uint8Array): void {
    if (this.options.forTallies !== true) this.replacements.push(bytes);
    if (this.splitter !== null) {
      this.splitter.push(bytes);
      return;
    }
    if (bytes.length === 0) return;
    this.held.push(new Uint8Array(bytes));
    this.heldBytes += bytes.length;
    if (!this.paste && this.heldBytes >= limits.headBytes) this.decide(false);
    else if (this.paste && this.heldBytes > limits.pasteBytes) this.refuse(detect(this.whole(), this.formats).shares);
  }

  /** Looks at the head: streams the input if a format reads nearly all of it. */
  private decide(complete: boolean): void {
    const whole = this.whole();
    const head = whole.length > limits.headBytes ? whole.subarray(0, limits.headBytes) : whole;
    this.head ??= detectHead(head, this.formats);
    const { prefix, found } = this.head;
    const { source } = this.options;
    const format = source.continued === undefined ? found.format : this.formats[0]!;
    const isClean = source.continued !== undefined || found.share >= limits.streamShare;
    // What a poster's editor did to names and paths leaves the lines readable, so a share alone does not show it; a small input
    // with lines that are not read may hold prose, or another transcript.
    const isDamaged = (format: Format) =>
      source.continued === undefined && complete && (found.share < 1 || showsDamage(head, format, this.formats));
    if (format === null || !isClean || isDamaged(format)) {
      this.paste = true;
      this.isLeft = (source.shard?.index ?? 0) > 0;
      return;
    }
    const samples = source.samples === undefined ? [whole] : [head, ...source.samples];
    const order = this.options.order ?? source.continued?.order ?? null;
    const clock = survey(format, samples, order, prefix);
    // A pipe cannot be sampled further on; what it begins with must do.
    const open = clock.basis === 'assumed' && source.samples === undefined && !complete;
    if (open && this.heldBytes < limits.dateSampleBytes) return;
    this.startStream(format, found.share, clock, prefix, whole);
  }

  private startStream(
    format: Format,
    share: number,
    surveyed: SurveyedClock,
    prefix: LinePrefix | null,
    head: Uint8Array,
  ): void {
    const repairs = prefix === null ? [] : [prefix.repair];
    const { shard, compression } = this.options.source;
    const isShared =
      shard !== undefined && compression === null && format.createScanner({ order: null }).keyAt !== undefined;
    if (!isShared && (shard?.index ?? 0) > 0) {
      this.isLeft = true;
      return;
    }
    this.stream = new TranscriptReader(this.options, format, {
      confidence: share,
      repairs,
      surveyed,
      index: 0,
      prefix,
      isHeld: false,
      shard: isShared ? shard : null,
    });
    this.splitter = new LineSplitter(this.stream, {
      countCarriageReturns: countsCarriageReturns(head),
      firstLine: this.options.source.continued?.firstLine ?? 1,
    });
    this.held = [];
    this.splitter.push(head);
  }

  /** The whole input is here and was not streamed: a small clean log, or one that needs repair. */
  private readHeld(): void {
    if (!this.paste && this.heldBytes > 0) this.decide(true);
    if (this.stream !== null || this.isLeft) return;
    const bytes = this.whole();
    this.lines = countLines(bytes);
    const { segments, shares } = restore(bytes, this.formats);
    if (segments.length === 0) {
      if (!isBlankText(bytes)) this.refuse(shares);
      return;
    }
    this.tellUnread(bytes, segments);
    for (const segment of segments) {
      const surveyed = surveyPieces(segment.format, segment.pieces, this.options.order ?? null);
      const reader = new TranscriptReader(this.options, segment.format, {
        confidence: segment.confidence,
        repairs: segment.repairs,
        surveyed,
        index: this.transcripts.length,
        prefix: null,
        isHeld: true,
        shard: null,
      });
      for (const piece of segment.pieces) reader.line(piece.bytes, piece.start, piece.end, piece.line);
      this.transcripts.push(reader.end(segment));
    }
  }

  /** Lines in no transcript (prose around one, say) are not understood either. */
  private tellUnread(bytes: Uint8Array, segments: readonly Segment[]): void {
    const { unread, input } = this.options;
    if (unread == null) return;
    const isInside = (line: number) =>
      segments.some(({ firstLine, lastLine }) => line >= firstLine && line <= lastLine);
    const splitter = new LineSplitter(
      {
        line: (text, start, end, line) => {
          if (!isInside(line) && !isBlankRange(text, start, end)) unread(input, line, textOf(text, start, end));
        },
      },
      { countCarriageReturns: countsCarriageReturns(bytes) },
    );
    splitter.push(bytes);
    splitter.end();
  }

  private refuse(shares: Shares): void {
    const { format } = this.options;
    if (format == null)
      this.error = `no FTP transcript: ${sharesInWords(shares) ?? 'no format reads any of its lines'}`;
    else {
      const forced = shares.find(({ id }) => id === format)?.share ?? 0;
      const others = detect(this.whole().subarray(0, limits.headBytes), this.allFormats).shares;
      const best = others.find(({ id, share }) => id !== format && share > 0);
      const said = best === undefined ? 'no other format reads any' : `${best.id} reads ${percent(best.share)}`;
      this.error = `not ${format}, which reads ${percent(forced)} of its lines; ${said}`;
    }
    this.held = [];
  }

  private whole(): Uint8Array {
    if (this.held.length === 1) return this.held[0]!;
    const whole = new Uint8Array(this.heldBytes);
    let at = 0;
    for (const chunk of this.held) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    this.held = [whole];
    return whole;
  }
}

/** `of its lines the formats read curl 40 %, wget 12 %`; null where none reads any. */
function sharesInWords(shares: Shares): string | null {
  const best = shares.filter(({ share }) => share > 0).slice(0, 3);
  if (best.length === 0) return null;
  return `of its lines the formats read ${best.map(({ id, share }) => `${id} ${percent(share)}`).join(', ')}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

interface DetectedHead {
  readonly prefix: LinePrefix | null;
  readonly found: Detection;
}

function detectHead(head: Uint8Array, formats: readonly Format[]): DetectedHead {
  const plain = detect(head, formats);
  if (plain.share >= limits.streamShare) return { prefix: null, found: plain };
  const prefix = detectPrefix(head, formats);
  return { prefix, found: prefix === null ? plain : detect(head, formats, prefix) };
}

type SurveyedClock = Pick<Transcript['clock'], 'order' | 'basis'>;

/** Lines after which it is asked whether the order is beyond doubt. */
const SURVEYED_LINES = 64;

/** Reads samples with a scanner of their own, only to see in which order day and month stand, until nothing can change it. */
function survey(
  format: Format,
  samples: readonly Uint8Array[],
  order: DateOrder | null,
  prefix: LinePrefix | null,
): SurveyedClock {
  const scanner = format.createScanner({ order });
  const out = new EventCursor(NOWHERE);
  let isSettled = order !== null;
  for (const sample of samples) {
    const splitter = new LineSplitter({
      line: (bytes, start, end, line) => {
        if (isSettled) return;
        out.bytes = bytes;
        out.line = line;
        scanner.scan(bytes, prefix === null ? start : prefix.strip(bytes, start, end), end, out);
        if (line % SURVEYED_LINES === 0) isSettled = scanner.clock.basis === 'unambiguous';
      },
    });
    if (isSettled) break;
    splitter.push(sample);
    splitter.end();
  }
  return scanner.clock;
}

function surveyPieces(format: Format, pieces: readonly Piece[], order: DateOrder | null): SurveyedClock {
  const scanner = format.createScanner({ order });
  const out = new EventCursor(NOWHERE);
  for (const piece of pieces) {
    out.bytes = piece.bytes;
    out.line = piece.line;
    scanner.scan(piece.bytes, piece.start, piece.end, out);
  }
  return scanner.clock;
}

const NOWHERE = { accept: () => undefined };

interface TranscriptFacts {
  readonly confidence: number;
  readonly repairs: readonly Repair[];
  readonly surveyed: SurveyedClock;
  /** Index of the transcript in its input. */
  readonly index: number;
  readonly prefix: LinePrefix | null;
  /** Whether it was held whole: its sessions are then told in the order in which they began. */
  readonly isHeld: boolean;
  /** Which of its sessions are read; null = all. */
  readonly shard: Shard | null;
}

/** What the bounds of {@link limits} leave out of sessions. */
type Losses = Pick<SessionTable, 'evicted' | 'shortened'>;

/** Sends the lines of one transcript through its scanner into sessions. */
class TranscriptReader {
  private readonly options: ReadingOptions;
  private readonly format: Format;
  private readonly facts: TranscriptFacts;
  private readonly scanner: Scanner;
  private readonly sessions: SessionTable;
  private readonly out: EventCursor;
  private readonly prefix: LinePrefix | null;
  private readonly shard: Shard | null;
  private firstLine = 0;
  private lastLine = 0;
  /** Lines up to this one were looked at by {@link peek}. */
  private peekedLine = 0;
  private unreadLines = 0;
  private lastId = '';
  private sameId = 1;

  constructor(options: ReadingOptions, format: Format, facts: TranscriptFacts) {
    this.options = options;
    this.format = format;
    this.facts = facts;
    this.prefix = facts.prefix;
    this.scanner = format.createScanner({ order: facts.surveyed.order });
    const watched = options.forTallies === true;
    this.shard = facts.shard;
    this.sessions = new SessionTable(
      { finish: (log) => this.finish(log) },
      { watched, inOrder: facts.isHeld, shard: facts.shard },
    );
    this.out = new EventCursor(this.sessions);
  }

  /** What was left out of sessions so far. */
  get losses(): Losses {
    return this.sessions;
  }

  line(bytes: Uint8Array, start: number, end: number, line: number): void {
    const { out } = this;
    out.bytes = bytes;
    out.line = line;
    if (this.prefix !== null) start = this.prefix.strip(bytes, start, end);
    if (this.firstLine === 0) this.firstLine = line;
    this.lastLine = line;
    if (this.shard !== null && this.isOthers(this.shard, bytes, start, end)) return;
    if (!this.scanner.scan(bytes, start, end, out)) this.miss(bytes, start, end, line);
  }

  /** Whether the line belongs to a session of another shard. */
  private isOthers(shard: Shard, bytes: Uint8Array, start: number, end: number): boolean {
    const key = this.scanner.keyAt!(bytes, start, end);
    return key !== NO_KEY && key % shard.count !== shard.index;
  }

  end(range: { firstLine: number; lastLine: number } | null = null): Transcript {
    this.sessions.finishAll();
    const { clock } = this.scanner;
    const given = this.options.order != null && clock.order !== null;
    return {
      format: this.format.id,
      confidence: this.facts.confidence,
      firstLine: range?.firstLine ?? this.firstLine,
      lastLine: range?.lastLine ?? this.lastLine,
      unreadLines: this.unreadLines,
      repairs: this.facts.repairs,
      clock: {
        order: clock.order,
        basis: clock.order === null ? null : given ? 'given' : this.facts.surveyed.basis,
        date: clock.date,
        resolutionMs: clock.resolutionMs,
        zone: this.options.zone ?? clock.zone,
      },
    };
  }

  peek(visit: (record: SessionRecord) => void): void {
    const seen = this.peekedLine;
    this.peekedLine = this.lastLine;
    this.sessions.closeEnded(seen);
    this.sessions.peek(seen, (log) => visit(this.recordOf(log, `s${this.options.input}-${log.firstLine}`)));
  }

  private miss(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (isBlankRange(bytes, start, end)) return;
    this.unreadLines++;
    this.options.unread?.(this.options.input, line, textOf(bytes, start, end));
  }

  private finish(log: EventLog): void {
    if (log.count > 0) this.options.session(this.recordOf(log, this.idOf(log)));
  }

  private recordOf(log: EventLog, id: string): SessionRecord {
    const { options, format } = this;
    const context: TranscriptContext = {
      input: options.input,
      transcript: this.facts.index,
      format: format.id,
      vantage: this.scanner.vantage ?? format.vantage,
      resolutionMs: this.scanner.clock.resolutionMs,
      keyed: format.keyed,
      showsReplies: !WITHOUT_REPLIES.has(format.id),
      showsGreeting: !WITHOUT_GREETING.has(format.id),
    };
    return new SessionRecord(log, context, id);
  }

  /** Sessions that begin on the same line are told apart by `.2`, `.3`; that happens only where line breaks were lost. */
  private idOf(log: EventLog): string {
    const id = `s${this.options.input}-${log.firstLine}`;
    this.sameId = id === this.lastId ? this.sameId + 1 : 1;
    this.lastId = id;
    return this.sameId === 1 ? id : `${id}.${this.sameId}`;
  }
}

function isBlankRange(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isBlank(bytes[i]!) && bytes[i] !== 13) return false;
  return true;
}

function isBlankText(bytes: Uint8Array): boolean {
  return textOf(bytes, 0, bytes.length).trim() === '';
}

function countLines(bytes: Uint8Array): number {
  const counter = new LineSplitter({ line: () => undefined }, { countCarriageReturns: countsCarriageReturns(bytes) });
  counter.push(bytes);
  counter.end();
  return counter.lines;
}
