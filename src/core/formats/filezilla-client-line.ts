/** The parts of a line of the FileZilla client's message log before its text. */
import { COLON, isBlank, isDigit, numberAt, SPACE, TAB } from '../bytes/ascii.ts';
import { IsoStampReader } from '../bytes/stamp.ts';
import { NO_DAY, NO_KEY, NO_TIME } from '../event.ts';
import { skipBlanks } from './control-lines.ts';
import { type Word, wordAt } from './filezilla-client-words.ts';

/** Keys are process id times this plus engine id. */
const ENGINES = 65_536;
/** First two bytes, in UTF-8, of the marks from U+2000 to U+203F. */
const GENERAL_PUNCTUATION = [0xe2, 0x80] as const;
/** Last bytes of U+200E, U+200F and of U+202A to U+202E. */
const LEFT_TO_RIGHT_MARK = 0x8e;
const RIGHT_TO_LEFT_MARK = 0x8f;
const EMBEDDING_FIRST = 0xaa;
const EMBEDDING_LAST = 0xae;

/** Reads the prefix of a line: date, time, process and engine in the log file, a time or nothing in the window; then the word. */
export class LinePrefix {
  day = NO_DAY;
  ms = NO_TIME;
  /** Key of process and engine in a log file, {@link NO_KEY} in a window. */
  engine = NO_KEY;
  word: Word | null = null;
  wordEnd = 0;
  /** Where the text begins: a log file's may begin with a blank, as continuation lines of replies do. */
  textStart = 0;
  /** The line is cut off before its word. */
  cut = false;
  private readonly stamps = new IsoStampReader();

  read(bytes: Uint8Array, start: number, end: number): void {
    this.day = NO_DAY;
    this.ms = NO_TIME;
    this.engine = NO_KEY;
    let at = skipMarks(bytes, skipBlanks(bytes, start, end), end);
    const stampEnd = this.stamps.read(bytes, at, end);
    if (stampEnd > 0 && stampEnd + 1 < end && bytes[stampEnd] === SPACE && isDigit(bytes[stampEnd + 1]!))
      at = this.readProcess(bytes, stampEnd + 1, end);
    else if (isTimeAt(bytes, at, end)) {
      this.ms = timeAt(bytes, at);
      at = skipMarks(bytes, skipBlanks(bytes, at + TIME_LENGTH, end), end);
    }
    this.cut = at >= end && this.engine !== NO_KEY;
    this.word = wordAt(bytes, at, end);
    this.wordEnd = at + (this.word?.bytes.length ?? 0);
    this.textStart = this.engine === NO_KEY ? windowTextAt(bytes, this.wordEnd, end) : Math.min(end, this.wordEnd + 1);
  }

  /** `5637 2 `; 3.69 leaves the engine out on lines that belong to none. */
  private readProcess(bytes: Uint8Array, start: number, end: number): number {
    const processEnd = digitsEnd(bytes, start, end);
    const engineEnd = digitsEnd(bytes, Math.min(processEnd + 1, end), end);
    const hasEngine = engineEnd > processEnd + 1;
    this.day = this.stamps.day;
    this.ms = this.stamps.ms;
    const engine = hasEngine ? numberAt(bytes, processEnd + 1, engineEnd) : 0;
    this.engine = numberAt(bytes, start, processEnd) * ENGINES + engine;
    return Math.min(end, (hasEngine ? engineEnd : processEnd) + 1);
  }
}

/** Length of `HH:MM:SS`. */
const TIME_LENGTH = 8;

/** Whether `HH:MM:SS` and a blank stand at `start`. */
function isTimeAt(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start <= TIME_LENGTH || !isBlank(bytes[start + TIME_LENGTH]!)) return false;
  for (let i = 0; i < TIME_LENGTH; i++) {
    const byte = bytes[start + i]!;
    if (i % 3 === 2 ? byte !== COLON : !isDigit(byte)) return false;
  }
  return true;
}

function timeAt(bytes: Uint8Array, start: number): number {
  const hours = numberAt(bytes, start, start + 2);
  const minutes = numberAt(bytes, start + 3, start + 5);
  return ((hours * 60 + minutes) * 60 + numberAt(bytes, start + 6, start + TIME_LENGTH)) * 1000;
}

/** Behind the tab; where pasting made blanks of it, behind them. */
function windowTextAt(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] === SPACE) i++;
  if (i < end && bytes[i] === TAB) i++;
  return skipMarks(bytes, i, end);
}

/** Skips the direction marks that the window puts around texts of languages written from right to left. */
function skipMarks(bytes: Uint8Array, start: number, end: number): number {
  const [first, second] = GENERAL_PUNCTUATION;
  while (start + 2 < end && bytes[start] === first && bytes[start + 1] === second && isMark(bytes[start + 2]!))
    start += 3;
  return start;
}

function isMark(last: number): boolean {
  return (
    last === LEFT_TO_RIGHT_MARK || last === RIGHT_TO_LEFT_MARK || (last >= EMBEDDING_FIRST && last <= EMBEDDING_LAST)
  );
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  while (start < end && isDigit(bytes[start]!)) start++;
  return start;
}
