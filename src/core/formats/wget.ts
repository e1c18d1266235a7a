import { isDigit } from '../bytes/ascii.ts';
import { IsoStampReader } from '../bytes/stamp.ts';
import { bytesOf } from '../bytes/text.ts';
import { type EventCursor, Failure, Kind, NO_DAY, NO_TIME, Note } from '../event.ts';
import { packVerb, Verb } from '../ftp/verbs.ts';
import { emitCommand, isCommandAt, ReplyLines, replyLineCodeAt, trimmedEnd } from './control-lines.ts';
import { failureIn } from './failures.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';
import { emitBare, emitConnected, emitRemark, findRemark, lineText, type Remark, type RemarkRule } from './remarks.ts';
import { isoClock, NO_CLOCK } from './server-clock.ts';

type What =
  | Note
  | 'header'
  | 'resolving'
  | 'connecting'
  | 'login'
  | 'saved'
  | 'broken'
  | 'socket'
  | 'closed-socket'
  | 'nothing';

/** `==> PASV ... done.`: a step; what follows the dots is its result, nothing where `-d` shows the command itself on the next line. */
const STEP =
  /==> (?<verb>[A-Z]{3,4})(?: \(\d+\))?(?: (?<argument>[^\s.](?:(?! \.\.\. ).){0,1000}?))? \.\.\.[ \t]*(?<result>(?:(?!==> ).){0,1000})/dg;
/** Host and port of `Connecting to`: `192.0.2.10:21`, `[2001:db8::10]:21`, `ftp.example.net (ftp.example.net)|192.0.2.10|:21`. */
const TARGET = String.raw`(?:[^\s|]+ ?(?:\([^)]*\))?\|(?<named>[^|]+)\||\[(?<literal>[0-9A-Fa-f:.%]+)\]|(?<plain>[^\s:|[\]]+)):(?<target>\d{1,5})`;

const RULES: readonly RemarkRule<What>[] = [
  [/^--(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d--\s+ftps?:\/\//i, 'header'],
  [/^DEBUG output created by Wget|^Setting --[\w-]+ \(\w+\) to /, 'header'],
  [/^(?:\s+|\s*\(try:\s*\d+\) )=> /, 'nothing'],
  [/^Resolving (?<text>[^\s(]+?) ?(?:\([^)]*\))?\.\.\. (?=failed)/d, 'resolving'],
  [/^Resolving /, 'nothing'],
  [new RegExp(`^Connecting to ${TARGET}\\.\\.\\. (?<result>.*)$`, 'd'), 'connecting'],
  [/^Logging in as (?<user>.+?) \.\.\.[ \t]*(?<result>.*)$/d, 'login'],
  [/^Login incorrect/, Note.LoginRefused],
  [/^Length: (?<value>[\d,]+)/d, Note.AnnouncedBytes],
  [/^(?:trying to connect to) (?<host>\S+) port (?<port>\d+)/d, Note.DataAttempt],
  [/^couldn't connect to (?<host>\S+) port (?<port>\d+)/d, Note.DataFailed],
  [/^Accepted client at socket/, Note.DataConnected],
  [/(?<text>Data connection: .{0,500}?);?\s*$/d, 'broken'],
  [/^Control connection closed/, Note.ConnectionLost, Failure.Closed],
  [/^Data transfer aborted/, Note.TransferFailed],
  [/^Created socket (?<value>\d+)\./d, 'socket'],
  [/^Closed fd (?<value>\d+)/d, 'closed-socket'],
  [/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \([^)]*\) - .*saved \[(?<bytes>\d+)/d, 'saved'],
  [/^(?:\d\d:\d\d:\d\d) \([^)]*\) - .*saved \[(?<bytes>\d+)/d, 'saved'],
  [/^(?:Giving up|No such (?:file|directory))/, Note.ClientError],
  [/certificate (?<text>.*)/d, Note.CertificateVerify],
];
/** What `-d` prints behind a step's dots before the command itself. */
const DEBUG_RESULT = /^(?:conaddr is|Local socket|Created socket|trying to)/;
/** What `-d` and the progress meter print besides. */
const NOISE =
  /^(?:Reading HSTS|URI encoding|Converted file name|Releasing 0x|Deleting unused|Caching |Logged in!|done\.|conaddr is:|respline is|UNIX TYPE|Prepended |\s+(?:pwd|old|new):|\s*\d+[KMG]?(?: |$)|\s*[.,]|deferring a |sleeping |Local socket fd|binding to address|Retrying\.|Using '|Listing|Removed|FINISHED|Total wall|Downloaded:|\S.{0,200}\d+%[[ ]|Initiating SSL|Handshake successful|Certificate:|\s+\[ skipping |\s+(?:subject|issuer):|TLS|FTPS|==> )/;

/**
 * wget fetching FTP (1.10 to 1.24), with `-d`, with `-S` (server responses), or plain, where steps are shown without replies.
 *
 * `--2026-11-22 05:09:17--  ftp://192.0.2.10/file`
 */
export const wget: Format = {
  id: 'wget',
  title: 'wget',
  vantage: 'client',
  keyed: false,
  samples: [
    [
      '--2026-11-22 05:09:17--  ftp://192.0.2.10/hello.txt',
      '           => ‘hello.txt’',
      'Connecting to 192.0.2.10:21... connected.',
      '220 (vsFTPd 3.0.3)',
      'Logging in as anna ... ',
      '--> USER anna',
      '',
      '331 Please specify the password.',
      '--> PASS Turtle Power!',
      '',
      '230 Login successful.',
      '--> PASV',
      '',
      '227 Entering Passive Mode (192,0,2,10,156,86).',
      '--> RETR hello.txt',
      '',
      '150 Opening BINARY mode data connection for hello.txt (43 bytes).',
      'Length: 43 (unauthoritative)',
      '     0K                                                       100%  816K=0s',
      '226 Transfer complete.',
      '2026-11-22 05:09:17 (816 KB/s) - ‘hello.txt’ saved [43]',
    ].join('\n'),
    [
      '--2026-11-22 05:20:56--  ftp://anna:*password*@192.0.2.10/medium.bin',
      'Connecting to 192.0.2.10:21... connected.',
      'Logging in as anna ... Logged in!',
      '==> SYST ... done.    ==> PWD ... done.',
      '==> TYPE I ... done.  ==> CWD not needed.',
      '==> SIZE medium.bin ... 300000',
      '==> PASV ... done.    ==> RETR medium.bin ... done.',
      'Length: 300000 (293K) (unauthoritative)',
      '2026-11-22 05:20:56 (21.4 MB/s) - ‘medium.bin’ saved [300000]',
    ].join('\n'),
  ],
  lineStarts:
    /--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--\s+ftps?:|(?<=\s)(?:-->|==>) [A-Z]{3,4}\b|(?<=\s\s|\bfd \d{1,3}\s)[1-5]\d\d[ -](?=[A-Za-z"])|Connecting to \S+\.\.\. /,
  createScanner: () => new WgetScanner(),
};

class WgetScanner implements Scanner {
  private readonly stamps = new IsoStampReader();
  private readonly replies = new ReplyLines();
  private hasDate = false;
  private sure = false;
  private key = 0;
  private begun = false;
  /** Descriptor of the control connection's socket (`-d`), -1 while unknown. */
  private socket = -1;

  get clock(): ScannerClock {
    return this.hasDate ? isoClock(1000, null) : NO_CLOCK;
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    end = trimmedEnd(bytes, start, end);
    const line = lineText(bytes, start, end);
    out.key = this.key;
    out.day = NO_DAY;
    out.ms = NO_TIME;
    if (line === '') return this.sure;
    if (line.startsWith('--> ')) return this.readCommand(line, start, end, out);
    if (line.includes('==> ')) return this.readSteps(line, start, end, out);
    if (this.sure && this.isReply(bytes, start, end)) {
      this.replies.emit(out, start, end);
      return true;
    }
    const remark = findRemark(RULES, line);
    if (remark === null) return this.sure && NOISE.test(line);
    if (!this.sure && remark.what !== 'header' && remark.what !== 'login' && remark.what !== 'connecting') return false;
    this.sure = true;
    this.readStamp(bytes, line.startsWith('--') ? start + 2 : start, end, out);
    this.readRemark(remark, start, end, out);
    return true;
  }

  /** A line of a reply; a bare number of three digits is the size that `-d` repeats. */
  private isReply(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.replies.open !== 0) return true;
    return end - start > 3 && replyLineCodeAt(bytes, start, end) !== 0;
  }

  private readStamp(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    if (!isDigit(bytes[start]!) || this.stamps.read(bytes, start, end) < 0) return;
    out.day = this.stamps.day;
    out.ms = this.stamps.ms;
    this.hasDate = true;
  }

  private readCommand(line: string, start: number, end: number, out: EventCursor): boolean {
    const text = start + '--> '.length;
    if (!this.sure || !isCommandAt(out.bytes, text, end)) return false;
    // `-S` shows a made-up password that has a blank in it.
    this.replies.open = 0;
    emitCommand(out, text, line.startsWith('--> PASS') ? text + 4 : end);
    return true;
  }

  private readSteps(line: string, start: number, end: number, out: EventCursor): boolean {
    this.sure = true;
    const broken = findRemark(RULES, line);
    for (const match of line.matchAll(STEP)) {
      const result = match.groups!['result']!.trim();
      if (result === '' || DEBUG_RESULT.test(result)) continue;
      this.emitStep(match, start, end, line, out);
      this.emitResult(match.groups!['verb']!, result, out, start, end);
    }
    if (broken?.what === Note.LoginRefused) emitRemark(out, Note.LoginRefused, broken, start, end);
    return true;
  }

  private emitStep(match: RegExpMatchArray, start: number, end: number, line: string, out: EventCursor): void {
    const offset = (index: number) => Math.min(end, start + bytesOf(line.substring(0, index)).length);
    const spans = match.indices!.groups!;
    out.clear(Kind.Command);
    out.verb = packVerb(match.groups!['verb']!);
    [out.verbStart, out.verbEnd] = spans['verb']!.map(offset) as [number, number];
    if (spans['argument'] !== undefined)
      [out.textStart, out.textEnd] = spans['argument'].map(offset) as [number, number];
    out.emit();
  }

  /** The number behind SIZE, or why a step failed. */
  private emitResult(verb: string, result: string, out: EventCursor, start: number, end: number): void {
    if (packVerb(verb) === Verb.SIZE && /^\d+$/.test(result)) {
      out.clear(Kind.Note);
      out.note = Note.AnnouncedBytes;
      out.value = Number(result);
      out.emit();
      return;
    }
    const failed = /^couldn't connect to/.test(result);
    if (!failed && !/^(?:No such|Unknown|Error|failed|Invalid|Cannot)/i.test(result)) return;
    out.clear(Kind.Note);
    out.note = failed ? Note.DataFailed : Note.ClientError;
    out.failure = failed ? failureIn(result) : Failure.Unknown;
    out.textStart = start;
    out.textEnd = end;
    out.emit();
  }

  private readRemark(remark: Remark<What>, start: number, end: number, out: EventCursor): void {
    const { what, match } = remark;
    const groups = match.groups ?? {};
    if (typeof what === 'number') {
      emitRemark(out, what, remark, start, end);
      return;
    }
    switch (what) {
      case 'resolving':
        this.beginSession(out);
        this.emitTarget(out, Note.ConnectAttempt, groups['text']!, 0);
        this.emitTarget(out, Note.ConnectFailed, groups['text']!, 0, Failure.NoName);
        break;
      case 'connecting':
        this.readConnecting(remark, start, end, out);
        break;
      case 'login':
        if (/^Logged in/.test(groups['result']!)) emitRemark(out, Note.LoginAccepted, remark, start, end);
        else if (/incorrect/.test(groups['result']!)) emitRemark(out, Note.LoginRefused, remark, start, end);
        break;
      case 'broken':
        emitRemark(out, Note.DataBroken, remark, start, end);
        break;
      case 'saved':
        out.clear(Kind.Note);
        out.note = Note.TransferDone;
        out.value = Number(groups['bytes']);
        out.emit();
        break;
      case 'socket':
        if (this.socket < 0) this.socket = Number(groups['value']);
        break;
      case 'closed-socket':
        if (Number(groups['value']) === this.socket) emitBare(out, Kind.Disconnected);
        break;
    }
  }

  private readConnecting(remark: Remark<What>, start: number, end: number, out: EventCursor): void {
    const groups = remark.match.groups!;
    const address = groups['named'] ?? groups['literal'] ?? groups['plain']!;
    const port = Number(groups['target']);
    const result = groups['result']!;
    this.beginSession(out);
    this.emitTarget(out, Note.ConnectAttempt, address, port);
    if (result.startsWith('connected')) emitConnected(out, null, start, end);
    else if (result.startsWith('failed')) this.emitTarget(out, Note.ConnectFailed, address, port, failureIn(result));
  }

  private beginSession(out: EventCursor): void {
    if (this.begun) this.key++;
    this.begun = true;
    this.socket = -1;
    this.replies.open = 0;
    out.key = this.key;
  }

  private emitTarget(
    out: EventCursor,
    note: Note,
    address: string,
    port: number,
    failure: Failure = Failure.Unknown,
  ): void {
    const { bytes } = out;
    out.clear(Kind.Note);
    out.note = note;
    out.bytes = bytesOf(address);
    out.addressEnd = out.bytes.length;
    out.port = port;
    out.failure = failure;
    out.emit();
    out.bytes = bytes;
  }
}
