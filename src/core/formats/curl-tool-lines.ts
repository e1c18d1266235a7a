/** What the curl tool and its user put between libcurl's lines: the meter, errors, prompts, warnings, command lines. */
import { byteTextOf, textOf } from '../bytes/text.ts';
import type { EventCursor } from '../event.ts';
import { limits } from '../limits.ts';
import { blotCommandLine } from './credentials.ts';
import type { CurlDialogue } from './curl-dialogue.ts';
import { isParallelHeader, meterLength } from './curl-meter.ts';
import { UNMARKED } from './curl-remarks.ts';

const ERROR = /^curl: \((\d{1,3})\) ?/;
const PASSWORD_PROMPT = /^Enter (?:host|proxy) password for user '[^']*':\s*/;
/** The result of an attempt to connect, which the meter can tear off its line. */
const RESULT = /^(?:connected|Connection (?:refused|timed out)|No route to host|Network is unreachable)$/;
/** How far into a line the shell's prompt may reach. */
const PROMPT_LENGTH_MAX = 200;
const PROMPT = /(?:^|[$#%>:\])}+~]|[^\0-\x7f])\s*(?:(?:sudo|time|env|\w+=\S{0,64})\s+){0,4}(?:[^\s'"]{0,200}[\\/])?$/;
const CALL = /^curl(?:\.exe)?\s.*(?:\s-[-\w]|:\/\/|\bftps?\.)/;

/** Reads a line that bears a mark of libcurl at `start`; returns false for any other. */
export type ReadMarked = (bytes: Uint8Array, start: number, end: number, out: EventCursor) => boolean;

export class CurlToolLines {
  private readonly dialogue: CurlDialogue;
  private readonly readMarked: ReadMarked;
  /** A command line that goes on in the next line, as far as it is read. */
  private commandLine = '';
  private commandLineAt = 0;

  constructor(dialogue: CurlDialogue, readMarked: ReadMarked) {
    this.dialogue = dialogue;
    this.readMarked = readMarked;
  }

  /** Reads a line without a mark: `start` is before its blanks, `first` behind them. */
  read(bytes: Uint8Array, start: number, first: number, end: number, out: EventCursor): boolean {
    const text = byteTextOf(bytes, first, Math.min(end, first + limits.textBytes));
    if (this.commandLine !== '') {
      this.takeCommandLine(`${this.commandLine} ${textOf(bytes, first, first + text.length)}`, out.line);
      return true;
    }
    const meter = meterLength(text);
    if (meter > 0) return this.readBehindMeter(bytes, first, end, out, text, meter);
    if (this.readError(text, first, end, out)) return true;
    const prompt = PASSWORD_PROMPT.exec(text)?.[0].length ?? 0;
    if (prompt > 0) return prompt === text.length || this.readMarked(bytes, first + prompt, end, out);
    if (UNMARKED.test(text) || UNMARKED.test(byteTextOf(bytes, start, Math.min(end, start + 128)))) return true;
    if (RESULT.test(text) && this.dialogue.takeResult(out, first, end)) return true;
    return this.readCommandLine(bytes, first, out, text);
  }

  /** Rows of the meter have no line end: what comes next stands behind them. */
  private readBehindMeter(
    bytes: Uint8Array,
    start: number,
    end: number,
    out: EventCursor,
    text: string,
    length: number,
  ): boolean {
    if (isParallelHeader(text)) this.dialogue.connections.parallel = true;
    const next = start + length;
    if (next >= end) return true;
    if (this.readMarked(bytes, next, end, out) || this.readError(text.slice(length), next, end, out)) return true;
    return this.readCommandLine(bytes, start, out, text) || this.dialogue.takeResult(out, next, end);
  }

  private readError(text: string, start: number, end: number, out: EventCursor): boolean {
    const match = ERROR.exec(text);
    if (match === null) return false;
    this.dialogue.takeError(out, Number(match[1]), start + match[0].length, end);
    return true;
  }

  private readCommandLine(bytes: Uint8Array, start: number, out: EventCursor, text: string): boolean {
    const at = text.indexOf('curl');
    if (at < 0 || at > PROMPT_LENGTH_MAX) return false;
    if (!PROMPT.test(text.slice(0, at)) || !CALL.test(text.slice(at))) return false;
    this.takeCommandLine(textOf(bytes, start + at, start + text.length), out.line);
    return true;
  }

  /**
   * Takes a command line, or the next part of one: a backslash, `^` (Windows) or a backtick (PowerShell) lets it go on.
   */
  private takeCommandLine(text: string, line: number): void {
    if (this.commandLine === '') this.commandLineAt = line;
    const goesOn = /\s[\\^`]$/.test(text) && text.length < limits.textBytes;
    this.commandLine = goesOn ? text.slice(0, -2) : '';
    if (!goesOn) this.dialogue.takeCommandLine(blotCommandLine(text), this.commandLineAt);
  }
}
