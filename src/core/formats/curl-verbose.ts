import {
  ASTERISK,
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_OPEN,
  CR,
  GREATER,
  isBlank,
  LESS,
  MINUS,
  numberAt,
  startsWith,
} from '../bytes/ascii.ts';
import { byteTextOf } from '../bytes/text.ts';
import { type EventCursor, NO_DAY, NO_TIME } from '../event.ts';
import { limits } from '../limits.ts';
import { isCommandAt, replyLineCodeAt, skipBlanks } from './control-lines.ts';
import { CurlDialogue } from './curl-dialogue.ts';
import { CurlPrefix } from './curl-prefix.ts';
import { DEBUG_REMARK, TELLING_REMARKS } from './curl-remarks.ts';
import { CurlToolLines } from './curl-tool-lines.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';

/** How PowerShell 5.1 begins the record into which it wraps the first line of standard error. */
const POWERSHELL_RECORD = /^curl(?:\.exe)? : /;
/**
 * Marks of applications with a debug callback of their own, where curl puts `< `, `> `, `{ ` or `} `, and `* `; some
 * put a time behind them.
 */
const CALLBACK = new RegExp(
  '^(?:CURLINFO_SSL_DATA_(?:IN|OUT): \\S*\\s+)?(?:' +
    '(?<received>incoming header|CURLINFO_HEADER_IN)|(?<sent>outgoing header|CURLINFO_HEADER_OUT)|' +
    '(?<data>incoming data|outgoing data|CURLINFO_(?:SSL_)?DATA_(?:IN|OUT))|(?<remark>CURLINFO_TEXT)' +
    '): ?(?:(?<h>\\d\\d)[.:](?<m>\\d\\d)[.:](?<s>\\d\\d)[.:](?<ms>\\d{3})\\d{0,3}(?: |$))?',
);
/**
 * What `curl -v` prints on standard error, with what stands in between, and what applications of libcurl print
 * likewise.
 */
class CurlVerboseScanner implements Scanner {
  private readonly dialogue = new CurlDialogue();
  private readonly prefix = new CurlPrefix();
  private readonly toolLines = new CurlToolLines(this.dialogue, (...line) => this.scanMarked(...line));
  private timed = false;
  /** Whether an application prints the lines, with other marks or none. */
  private bare = false;

  get clock(): ScannerClock {
    return { date: 'none', resolutionMs: this.timed ? 1 : null, zone: null, order: null, basis: null };
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    out.day = NO_DAY;
    out.ms = NO_TIME;
    end = endBeforeNote(bytes, start, end);
    while (end > start && (bytes[end - 1] === CR || isBlank(bytes[end - 1]!))) end--;
    const first = skipBlanks(bytes, start, end);
    if (first === end) return false;
    return this.scanMarked(bytes, first, end, out) || this.scanUnmarked(bytes, start, first, end, out);
  }

  /** A line that bears one of curl's marks at `start`, behind its time and its ids. */
  private scanMarked(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    const { prefix, dialogue } = this;
    const at = prefix.read(bytes, start, end);
    const mark = at < end && (at + 1 === end || isBlank(bytes[at + 1]!)) ? bytes[at] : 0;
    if (mark !== ASTERISK && mark !== GREATER && mark !== LESS && mark !== BRACE_OPEN && mark !== BRACE_CLOSE)
      return false;
    if (prefix.ms !== NO_TIME) {
      out.ms = prefix.ms;
      this.timed = true;
    }
    dialogue.connections.turnTo(prefix.connection);
    const text = Math.min(at + 2, end);
    if (mark === ASTERISK) return dialogue.takeRemark(out, text, end);
    if (mark === GREATER) return dialogue.takeCommand(out, text, end);
    if (mark === LESS) return dialogue.takeReply(out, text, end);
    return this.takeData(bytes, text, end, out);
  }

  /** `{ [43 bytes data]`, before 7.40 `{ [data not shown]`. */
  private takeData(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    if (start >= end || bytes[start] !== BRACKET_OPEN) return false;
    const count = numberAt(bytes, start + 1, end);
    if (count < 0 && !startsWith(bytes, start, end, '[data not shown]')) return false;
    this.dialogue.takeData(out, count < 0 ? Number.NaN : count);
    return true;
  }

  /** A line without a mark: `start` is before its blanks, `first` behind them. */
  private scanUnmarked(bytes: Uint8Array, start: number, first: number, end: number, out: EventCursor): boolean {
    if (this.toolLines.read(bytes, start, first, end, out)) return true;
    const text = byteTextOf(bytes, first, Math.min(end, first + limits.textBytes));
    if (this.scanCallback(text, first, end, out) || this.scanBare(bytes, text, first, end, out)) return true;
    if (DEBUG_REMARK.test(text) || this.dialogue.continueReply(out, first, end)) return true;
    const record = POWERSHELL_RECORD.exec(text)?.[0].length ?? 0;
    return record > 0 && this.scan(bytes, first + record, end, out);
  }

  private scanCallback(text: string, start: number, end: number, out: EventCursor): boolean {
    const match = CALLBACK.exec(text);
    if (match === null) return false;
    const { received, sent, data, h, m, s, ms } = match.groups!;
    this.bare = true;
    if (h !== undefined) {
      out.ms = ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(ms);
      this.timed = true;
    }
    const behind = Math.min(start + match[0].length, end);
    if (received !== undefined) return this.dialogue.takeReply(out, behind, end);
    if (sent !== undefined) return this.dialogue.takeCommand(out, behind, end);
    if (data === undefined) return this.dialogue.takeRemark(out, behind, end);
    if (!data.includes('SSL')) this.dialogue.takeData(out, Number.NaN);
    return true;
  }

  /** A line of an application that prints remarks, commands and replies without any mark. */
  private scanBare(bytes: Uint8Array, text: string, start: number, end: number, out: EventCursor): boolean {
    this.bare ||= TELLING_REMARKS.some((remark) => remark.test(text));
    if (!this.bare) return false;
    if (this.dialogue.continueReply(out, start, end) || this.dialogue.takeRemark(out, start, end, true)) return true;
    if (replyLineCodeAt(bytes, start, end) !== 0) return this.dialogue.takeReply(out, start, end);
    return /^[A-Z]/.test(text) && isCommandAt(bytes, start, end) && this.dialogue.takeCommand(out, start, end);
  }
}

/** The end of the line proper, where a poster has put a note behind it: `< 227 …   <- the port`. */
function endBeforeNote(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start + 2; i + 1 < end; i++)
    if (bytes[i] === LESS && bytes[i + 1] === MINUS && isBlank(bytes[i - 1]!) && isBlank(bytes[i - 2]!)) return i;
  return end;
}

/**
 * Marks stand free, or behind the meter; what follows must look like curl's, for texts and listings hold these
 * characters too.
 */
const LINE_STARTS = new RegExp(
  [
    String.raw`(?<=^|\s|\d)\* (?=[ \t]*[A-Za-z[(])`,
    String.raw`(?<=^|\s|\d)> (?=[A-Z]{3,4}(?:\s|$))`,
    String.raw`(?<=^|\s|\d)< (?=[1-6]\d\d[ -])`,
    String.raw`(?<=^|\s|\d)[{}] \[(?:\d+ bytes |data not)`,
    String.raw`(?<=^|\s)(?:\d+\s+){8}--:--:-- `,
    String.raw`(?<=^|\s)(?:curl: \(\d+\) |CApath: )`,
  ].join('|'),
);

/** `curl -v`, 7.10 to 8.x, FTP and FTPS. */
export const curlVerbose: Format = {
  id: 'curl-verbose',
  title: 'curl -v',
  vantage: 'client',
  keyed: false,
  samples: [
    [
      '*   Trying 192.0.2.7:21...',
      '* Connected to ftp.example.org (192.0.2.7) port 21 (#0)',
      '< 220 Welcome',
      '> USER anna',
      '< 331 Password required for anna',
      '> PASS secret',
      '< 230 Logged on',
      '> PWD',
      '< 257 "/" is current directory.',
      "* Entry path is '/'",
      '> EPSV',
      '* Connect data stream passively',
      '< 229 Entering Extended Passive Mode (|||50012|)',
      '* Connecting to 192.0.2.7 (192.0.2.7) port 50012',
      '*   Trying 192.0.2.7:50012...',
      '* Connected to ftp.example.org (192.0.2.7) port 21 (#0)',
      '> TYPE I',
      '< 200 Type set to I',
      '> SIZE file.bin',
      '< 213 1000',
      '> RETR file.bin',
      '< 150 Opening data channel for file download from server of "/file.bin"',
      '* Maxdownload = -1',
      '* Getting file with size: 1000',
      '{ [1000 bytes data]',
      '* Remembering we are in dir ""',
      '< 226 Successfully transferred "/file.bin"',
      '* Connection #0 to host ftp.example.org left intact',
    ].join('\n'),
    [
      '* About to connect() to ftp.example.org port 21 (#0)',
      '*   Trying 192.0.2.7...   % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current',
      '                                 Dload  Upload   Total   Spent    Left  Speed',
      '  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0connected',
      '< 220 Welcome',
      '> USER anna',
      '< 331 Password required for anna',
      '> PASS secret',
      '< 230 Logged on',
      '> PWD',
      '< 257 "/" is current directory.',
      '> CWD pub',
      '< 250 CWD successful',
      '> EPSV',
      '< 500 Syntax error, command unrecognized.',
      '* disabling EPSV usage',
      '> PASV',
      '< 425 Cannot open passive connection.',
      '* Bad PASV/EPSV response: 425',
      '  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0',
      '* Connection #0 to host ftp.example.org left intact',
      'curl: (13) Bad PASV/EPSV response: 425',
      '> QUIT',
      '< 221 Goodbye',
      '* Closing connection #0',
    ].join('\n'),
  ],
  lineStarts: LINE_STARTS,
  createScanner: () => new CurlVerboseScanner(),
};
