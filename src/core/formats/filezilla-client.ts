import { COLON, HASH, isBlank, replyCodeAt, TAB } from '../bytes/ascii.ts';
import { textOf } from '../bytes/text.ts';
import { type EventCursor, NO_KEY, NO_TIME } from '../event.ts';
import { Verb, verbAt } from '../ftp/verbs.ts';
import { emitCommand, isCommandAt, replyLineCodeAt, skipBlanks, trimmedEnd, verbEndAt } from './control-lines.ts';
import { EngineConnections } from './filezilla-client-connections.ts';
import { LinePrefix } from './filezilla-client-line.ts';
import { RemarkTeller, sentenceAt } from './filezilla-client-remarks.ts';
import { isKnownError, isKnownStatus } from './filezilla-client-sentences.ts';
import { type WordKind, wordAt, wordPattern } from './filezilla-client-words.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';
import { passivePortIn } from './passive-port.ts';
import { isoClock, NO_CLOCK } from './server-clock.ts';

/** FluentFTP's notes: `# Connect(False)`, `+-----`, `| text`, `>         Connect()`. */
const FLUENT_NOTE = /^(?:# ?\w+\(|\+-{8}|-{16}|\| |>\s{4,}\w+\()/;
/** FluentFTP's `[12ms]`, `[0,048s]` and `[738969.366d]` behind a reply: how long it took. */
const FLUENT_DURATION = / \[[\d.,]{1,20}(?:ms|s|m|h|d)\]$/;
const FLUENT_DURATION_BYTES = 32;

/**
 * The FileZilla client's message log (3.0 to 3.69): the log file, and copies of the window as people paste them. FluentFTP
 * writes lines of the same kind and is read as well.
 *
 * `2026-11-22 05:03:15 5637 2 Response: 227 Entering Passive Mode (127,0,0,1,174,201).`
 */
export const filezillaClient: Format = {
  id: 'filezilla-client',
  title: 'FileZilla client',
  vantage: 'client',
  keyed: false,
  samples: [
    [
      'Status:\tConnecting to 192.0.2.10:21...',
      'Status:\tConnection established, waiting for welcome message...',
      'Response:\t220 ProFTPD Server ready.',
      'Command:\tUSER anna',
      'Response:\t331 Password required for anna',
      'Command:\tPASS ******',
      'Response:\t230 User anna logged in',
      'Command:\tPASV',
      'Response:\t227 Entering Passive Mode (192,0,2,10,174,201).',
      'Command:\tRETR big.bin',
      'Error:\tCould not read from transfer socket: ECONNRESET - Connection reset by peer',
      'Response:\t426 Transfer aborted. Data connection closed.',
      'Error:\tFile transfer failed after transferring 4,980,736 bytes in 1 second',
    ].join('\n'),
    [
      '2026-11-22 05:09:15 12782 1 Status: Verbinde mit [2001:db8::10]:21...',
      '2026-11-22 05:09:15 12782 1 Status: Verbindung hergestellt, warte auf Willkommensnachricht...',
      '2026-11-22 05:09:15 12782 1 Antwort: 220 Ready',
      '2026-11-22 05:09:15 12782 1 Befehl: USER anna',
      '2026-11-22 05:09:16 12782 1 Antwort: 530 Login incorrect.',
      '2026-11-22 05:09:16 12782 1 Fehler: Kritischer Fehler: Herstellen der Verbindung zum Server fehlgeschlagen',
    ].join('\n'),
  ],
  lineStarts: new RegExp(
    `\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\d{1,10} (?:\\d{1,9} )?(?:${wordPattern})|` +
      `(?<![\\d:])\\d\\d:\\d\\d:\\d\\d\\s{1,4}(?:${wordPattern})|(?<!\\d{3} |[\\d:]{8}\\s{1,4}| \\d{1,9} )(?:${wordPattern})(?=\\s)`,
  ),
  createScanner: () => new FileZillaClientScanner(),
};

class FileZillaClientScanner implements Scanner {
  private readonly prefix = new LinePrefix();
  private readonly connections = new EngineConnections();
  private readonly remarks = new RemarkTeller(this.connections);
  private isFile = false;
  private hasTime = false;
  /** Whether a line was read that no other program writes. */
  private sure = false;

  get clock(): ScannerClock {
    if (this.isFile) return isoClock(1000, null);
    return this.hasTime ? { ...NO_CLOCK, resolutionMs: 1000 } : NO_CLOCK;
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    end = trimmedEnd(bytes, start, end);
    const { prefix } = this;
    prefix.read(bytes, start, end);
    if (prefix.cut) return this.isFile;
    const { word } = prefix;
    if (word === null) return prefix.engine === NO_KEY && this.isFluentNote(bytes, start, end);
    if (!this.isOwn(bytes, end)) return false;
    out.day = prefix.day;
    out.ms = prefix.ms;
    if (prefix.engine !== NO_KEY) this.isFile = true;
    else if (prefix.ms !== NO_TIME) this.hasTime = true;
    this.read(word.kind, prefix.textStart, end, out);
    return true;
  }

  private read(kind: WordKind, start: number, end: number, out: EventCursor): void {
    if (kind === 'command') this.readCommand(start, end, out);
    else if (kind === 'response') this.readResponse(start, end, out);
    else if (kind !== 'listing') this.remarks.tell(kind, start, end, this.prefix.engine, out);
  }

  /** Whether this program wrote the line, not one that begins its lines with the same word. */
  private isOwn(bytes: Uint8Array, end: number): boolean {
    const { wordEnd, textStart, engine } = this.prefix;
    const word = this.prefix.word!;
    // The tab may be lost: `Response:220 ready`.
    const glued = wordEnd < end && !isBlank(bytes[wordEnd]!);
    if (glued && !isTelling(word.kind, bytes, wordEnd, end)) return false;
    this.sure ||=
      engine !== NO_KEY ||
      !word.common ||
      bytes.subarray(wordEnd, textStart).includes(TAB) ||
      isTelling(word.kind, bytes, textStart, end);
    return this.sure;
  }

  private isFluentNote(bytes: Uint8Array, start: number, end: number): boolean {
    return (this.sure || bytes[start] === HASH) && FLUENT_NOTE.test(sentenceAt(bytes, start, end));
  }

  private readCommand(start: number, end: number, out: EventCursor): void {
    const { bytes } = out;
    const { engine } = this.prefix;
    const second = secondLineIn(bytes, start, end);
    const commandEnd = second > 0 ? second : end;
    const verb = verbAt(bytes, start, verbEndAt(bytes, start, commandEnd));
    const connection = this.connections.sender(engine, verb);
    out.key = connection.key;
    connection.send(emitCommand(out, start, commandEnd));
    if (second === 0) return;
    const word = wordAt(bytes, second, end)!;
    this.readResponse(skipBlanks(bytes, second + word.bytes.length, end), end, out);
  }

  private readResponse(start: number, end: number, out: EventCursor): void {
    const { bytes } = out;
    const tail = textOf(bytes, Math.max(start, end - FLUENT_DURATION_BYTES), end);
    end -= FLUENT_DURATION.exec(tail)?.[0].length ?? 0;
    const { engine } = this.prefix;
    const connection = this.connections.receiver(engine, replyLineCodeAt(bytes, start, end));
    connection.replyCount++;
    out.key = connection.key;
    const code = connection.replies.emit(out, start, end);
    if (code === 0) return;
    const answered = connection.pending[0] ?? 0;
    connection.answer(code);
    if (code === 227 || code === 229) connection.passivePort = passivePortIn(textOf(bytes, start, end));
    if (code === 221 && answered === Verb.QUIT) this.connections.end(engine, connection);
  }
}

/** Whether a line with a word that other programs use too cannot be theirs. */
function isTelling(kind: WordKind, bytes: Uint8Array, start: number, end: number): boolean {
  if (kind === 'command') return isCommandAt(bytes, start, end);
  if (kind === 'response') return replyLineCodeAt(bytes, start, end) !== 0;
  const sentence = sentenceAt(bytes, start, end);
  if (kind === 'status') return isKnownStatus(sentence);
  return kind === 'error' ? isKnownError(sentence) : kind === 'trace' && /^C\w+::/.test(sentence);
}

/** Where a second line begins whose line break was lost (`USER anna Response: 331 Password required`), 0 for nowhere. */
function secondLineIn(bytes: Uint8Array, start: number, end: number): number {
  for (let i = bytes.indexOf(COLON, start); i > 0 && i < end; i = bytes.indexOf(COLON, i + 1)) {
    const textStart = skipBlanks(bytes, i + 1, end);
    if (textStart === i + 1 || replyCodeAt(bytes, textStart, end) === 0) continue;
    let from = i;
    while (from > start && !isBlank(bytes[from - 1]!)) from--;
    if (from > start && wordAt(bytes, from, end)?.kind === 'response') return from;
  }
  return 0;
}
