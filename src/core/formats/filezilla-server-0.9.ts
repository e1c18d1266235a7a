import {
  CR,
  DIGIT_0,
  GREATER,
  indexOfText,
  isDigit,
  MINUS,
  numberAt,
  PAREN_CLOSE,
  PAREN_OPEN,
  replyCodeAt,
  SPACE,
  startsWith,
} from '../bytes/ascii.ts';
import { LocaleStampReader } from '../bytes/stamp.ts';
import { type EventCursor, Kind, NO_DAY, NO_KEY, NO_TIME, Note } from '../event.ts';
import { packVerb, verbAt } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import { fillCommand } from './command.ts';
import type { Format, Scanner, ScannerClock, ScannerOptions } from './format.ts';

const NOT_LOGGED_IN = '(not logged in)';
/** The session of lines whose prefix was cut off; the server counts from 1. */
const PREFIX_LOST_KEY = 0;
/** Bytes that a day-half marker and the blanks around it take between the time and ` - `. */
const MARKER_BYTES = 24;
const ID_DIGITS = 10;

/**
 * The log of FileZilla Server 0.9.x, as its file has it and as copied out of its window (no blank behind the id). A line does
 * not say whether it is a command, a reply or a remark, so the text decides.
 */
class FilezillaServer09Scanner implements Scanner {
  private readonly stamp: LocaleStampReader;
  /** Sessions inside a multi-line reply: its inner lines show no code and look like commands (FEAT's `SIZE`). */
  private readonly openReplies = new Set<number>();
  private dated = false;
  private starting = false;
  private prefixLost = false;

  constructor(options: ScannerOptions) {
    this.stamp = new LocaleStampReader(options.order);
  }

  get clock(): ScannerClock {
    const { order, basis, contradictedBy } = this.stamp.evidence;
    return {
      date: this.dated ? 'full' : 'none',
      resolutionMs: this.dated ? this.stamp.resolutionMs : null,
      zone: null,
      order,
      basis,
      contradictedBy,
    };
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    if (end > start && bytes[end - 1] === CR) end--;
    let i = start;
    if (bytes[i] !== PAREN_OPEN || i >= end) return this.scanWithoutPrefix(bytes, start, end, out);

    let key = 0;
    for (i++; i < end && isDigit(bytes[i]!); i++) key = key * 10 + bytes[i]! - DIGIT_0;
    const digits = i - start - 1;
    if (digits === 0 || digits > ID_DIGITS || bytes[i] !== PAREN_CLOSE) return false;
    i++;
    if (bytes[i] === SPACE) i++;
    i = this.stamp.read(bytes, i, end);
    if (i < 0) return false;

    const userStart = separatorEnd(bytes, i, end);
    if (userStart < 0) return false;
    const prefixEnd = endOfPrefix(bytes, userStart, end);
    if (prefixEnd < 0) return false;

    out.clear(Kind.Nothing);
    out.key = key;
    out.day = this.stamp.day;
    out.ms = this.stamp.ms;
    fillUserAndPeer(out, bytes, userStart, prefixEnd);
    this.dated = true;
    this.starting = false;
    i = prefixEnd + 2;
    if (i < end && bytes[i] === SPACE) i++;
    this.readText(bytes, i, end, out);
    out.emit();
    return true;
  }

  /** Tells a reply from a remark from a command. */
  private readText(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    out.textEnd = end;
    const code = replyCodeAt(bytes, start, end);
    if (code !== 0 && (start + 3 === end || bytes[start + 3] === SPACE || bytes[start + 3] === MINUS)) {
      out.code = code;
      out.textStart = Math.min(start + 4, end);
      const isLast = start + 3 === end || bytes[start + 3] === SPACE;
      out.kind = isLast ? Kind.Reply : Kind.ReplyPart;
      if (!isLast) this.openReply(out.key, code);
      else if (this.openReplies.size !== 0) this.openReplies.delete(out.key);
      return;
    }
    const verb = verbAt(bytes, start, end);
    if ((verb === 0 || SENTENCE_VERBS.has(verb)) && readSentence(bytes, start, end, out)) {
      if (this.openReplies.size !== 0) this.openReplies.delete(out.key);
      return;
    }
    if (this.openReplies.size !== 0 && this.openReplies.has(out.key)) {
      if (!NEVER_IN_REPLY.has(verb)) {
        out.kind = Kind.ReplyPart;
        out.textStart = start;
        return;
      }
      this.openReplies.delete(out.key);
    }
    out.kind = Kind.Command;
    fillCommand(out, bytes, start, end);
  }

  private openReply(key: number, code: number): void {
    // Every line of a greeting carries its code, and each session has one: it needs no memory.
    if (code === 220) return;
    if (this.openReplies.size >= limits.openSessions) this.openReplies.clear();
    this.openReplies.add(key);
  }

  /** The server's own remarks have neither date nor session. */
  private scanWithoutPrefix(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    if (bytes[start] === GREATER && end - start > 2) return this.scanPrefixLost(bytes, start, end, out);
    const note = serverRemarkAt(bytes, start, end);
    if (note < 0) return false;
    out.clear(Kind.Note);
    out.key = NO_KEY;
    out.day = NO_DAY;
    out.ms = NO_TIME;
    out.textStart = start;
    out.textEnd = end;
    if (note === Note.ServerStarted) {
      // `… started` and `Initializing Server.` belong to one start; either may be cut off.
      if (this.starting) return true;
      this.starting = true;
      this.openReplies.clear();
      out.note = Note.ServerStarted;
      out.emit();
      if (!startsWith(bytes, start, end, INITIALIZING)) {
        out.note = Note.Program;
        out.textEnd = end - STARTED.length;
        out.emit();
      }
      return true;
    }
    out.note = note as Note;
    out.emit();
    return true;
  }

  /** `> text`: all that some posts leave of a line. Read only behind a sentence that nothing but this server says. */
  private scanPrefixLost(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    const textStart = bytes[start + 1] === SPACE ? start + 2 : start + 1;
    if (isGreeting(bytes, textStart, end)) this.prefixLost = true;
    if (!this.prefixLost) return false;
    out.clear(Kind.Nothing);
    out.key = PREFIX_LOST_KEY;
    out.day = NO_DAY;
    out.ms = NO_TIME;
    this.readText(bytes, textStart, end, out);
    out.emit();
    return true;
  }
}

/** The offset behind the ` - ` that ends the stamp, or -1. A day-half marker may stand before it. */
function separatorEnd(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end - 2, start + MARKER_BYTES);
  for (let i = start; i < limit; i++)
    if (bytes[i] === SPACE && bytes[i + 1] === MINUS && bytes[i + 2] === SPACE) return i + 3;
  return -1;
}

/** The offset of the `)>` that ends the prefix, or -1. The user's name before it may hold either byte, but not both. */
function endOfPrefix(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start + 1; i < end; i++) if (bytes[i] === GREATER && bytes[i - 1] === PAREN_CLOSE) return i - 1;
  return -1;
}

/** Takes `user (ip)` apart; `prefixEnd` is the closing parenthesis. */
function fillUserAndPeer(out: EventCursor, bytes: Uint8Array, start: number, prefixEnd: number): void {
  let open = prefixEnd - 1;
  let isAddress = true;
  while (open > start && bytes[open] !== PAREN_OPEN) if (bytes[open--] === SPACE) isAddress = false;
  // `ip unknown` is no address.
  if (isAddress) {
    out.peerStart = open + 1;
    out.peerEnd = prefixEnd;
  }
  const userEnd = open > start ? open - 1 : start;
  if (
    bytes[start] === PAREN_OPEN &&
    userEnd - start === NOT_LOGGED_IN.length &&
    startsWith(bytes, start, userEnd, NOT_LOGGED_IN)
  )
    return;
  out.userStart = start;
  out.userEnd = userEnd;
}

/** First words of remarks that could be verbs: `TLS connection established`. */
const SENTENCE_VERBS: ReadonlySet<number> = new Set(['TLS', 'SSL', 'DATA'].map(packVerb));

/** Commands that no multi-line reply of this server holds without a blank before them: it was cut off before its end. */
const NEVER_IN_REPLY: ReadonlySet<number> = new Set(
  'USER PASS QUIT CWD CDUP PWD XPWD LIST NLST RETR STOR APPE PASV PORT TYPE SYST NOOP DELE RNFR RNTO MKD RMD'
    .split(' ')
    .map(packVerb),
);

/** Fills `out` with the remark that the text is, or returns false. */
function readSentence(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
  out.textStart = start;
  if (startsWith(bytes, start, end, CONNECTED_ON_PORT) || startsWith(bytes, start, end, CONNECTED)) {
    out.kind = Kind.Connected;
    out.port = Math.max(0, numberAt(bytes, start + CONNECTED_ON_PORT.length, end));
    out.textStart = end;
    return true;
  }
  for (const text of LAST_WORDS)
    if (startsWith(bytes, start, end, text)) {
      out.kind = Kind.Disconnected;
      return true;
    }
  const note = sessionRemarkAt(bytes, start, end);
  if (note < 0) return false;
  out.kind = Kind.Note;
  out.note = note as Note;
  return true;
}

/** Since 0.9.46 the greeting's remark names the server's port. */
const CONNECTED_ON_PORT = 'Connected on port ';
const CONNECTED = 'Connected, sending';
const LAST_WORDS = ['disconnected', 'could not send reply', "Can't get remote IP"];

function isGreeting(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    startsWith(bytes, start, end, '220-FileZilla Server') ||
    (startsWith(bytes, start, end, 'Connected') && indexOfText(bytes, start, end, ', sending welcome message') > 0)
  );
}

/** Remarks inside a session by how they begin; `SSL` was the word up to 0.9.57. */
const SESSION_REMARKS: readonly (readonly [string, Note])[] = [
  ['TLS connection for data connection established', Note.DataTlsConnected],
  ['SSL connection for data connection established', Note.DataTlsConnected],
  ['TLS connection established', Note.TlsConnected],
  ['SSL connection established', Note.TlsConnected],
  ['TLS warning:', Note.TlsFailed],
  ['SSL warning:', Note.TlsFailed],
  ['Data connection TLS warning:', Note.DataTlsFailed],
  ['Data connection SSL warning:', Note.DataTlsFailed],
  ['Failed to load ', Note.TlsFailed],
  ['Failed to initialize ', Note.TlsFailed],
  ['Failed to set certificate', Note.TlsFailed],
  ['Failed to ', Note.ServerError],
  ['Could not get peer name', Note.ServerError],
  ['Refusing connection', Note.PeerRefused],
];

function sessionRemarkAt(bytes: Uint8Array, start: number, end: number): number {
  for (const [text, note] of SESSION_REMARKS) {
    if (!startsWith(bytes, start, end, text)) continue;
    // OpenSSL's alerts: only a fatal one ends the handshake or the connection.
    const isAlert = text.endsWith('warning:');
    return isAlert && indexOfText(bytes, start, end, 'fatal') < 0 ? Note.Other : note;
  }
  return -1;
}

const INITIALIZING = 'Initializing Server';
const STARTED = ' started';

/** Remarks of the server itself by how they begin. */
const SERVER_REMARKS: readonly (readonly [string, Note])[] = [
  [INITIALIZING, Note.ServerStarted],
  ['Creating listen socket on port ', Note.Other],
  ['Server online', Note.Other],
  ['Server not online', Note.ServerError],
  ['Server offline', Note.Other],
  ['Listen socket port changed', Note.Other],
  ['Closing all listening sockets', Note.Other],
  ['Number of threads increased to ', Note.Other],
  ['Decreasing number of threads to ', Note.Other],
  ['If you use a firewall, please check your firewall configuration', Note.Other],
  ['Warning: FTP over ', Note.Other],
  ['You appear to be behind a NAT router', Note.Other],
  ['No listen ports set in settings', Note.ServerError],
  ['Failed to bind the listen socket', Note.ServerError],
  ['Failed to create a listen socket', Note.ServerError],
  ['Failed to create listen socket', Note.ServerError],
  ['Failure in CListenSocket::OnAccept', Note.ServerError],
];

function serverRemarkAt(bytes: Uint8Array, start: number, end: number): number {
  if (startsWith(bytes, start, end, 'FileZilla Server '))
    return startsWith(bytes, end - STARTED.length, end, STARTED) ? Note.ServerStarted : -1;
  for (const [text, note] of SERVER_REMARKS) if (startsWith(bytes, start, end, text)) return note;
  return -1;
}

const SAMPLES = [
  `(000022) 11/12/2012 22:33:35 PM - (not logged in) (192.0.2.7)> Connected on port 21, sending welcome message...
(000022) 11/12/2012 22:33:35 PM - (not logged in) (192.0.2.7)> 220 FileZilla Server 0.9.60 beta
(000022) 11/12/2012 22:33:36 PM - (not logged in) (192.0.2.7)> USER anna
(000022) 11/12/2012 22:33:36 PM - (not logged in) (192.0.2.7)> 331 Password required for anna
(000022) 11/12/2012 22:33:36 PM - (not logged in) (192.0.2.7)> PASS ********
(000022) 11/12/2012 22:33:36 PM - anna (192.0.2.7)> 230 Logged on
(000022) 11/12/2012 22:33:36 PM - anna (192.0.2.7)> EPSV
(000022) 11/12/2012 22:33:36 PM - anna (192.0.2.7)> 229 Entering Extended Passive Mode (|||50007|)
`,
  `Creating listen socket on port 21...
Server online.
(000001)2015. 01. 05. 9:05:01 - (not logged in) (2001:db8::7)> Connected, sending welcome message...
(000001)2015. 01. 05. 9:05:01 - (not logged in) (2001:db8::7)> 220 ready
(000001)2015. 01. 05. 9:05:02 - (not logged in) (2001:db8::7)> QUIT
(000001)2015. 01. 05. 9:05:02 - (not logged in) (2001:db8::7)> 221 Goodbye
(000001)2015. 01. 05. 9:05:02 - (not logged in) (2001:db8::7)> disconnected.
`,
];

/** FileZilla Server 0.9.x: `(000022) 11/12/2012 22:33:35 PM - anna (192.0.2.7)> 426 Connection closed; transfer aborted.` */
export const filezillaServer09: Format = {
  id: 'filezilla-server-0.9',
  title: 'FileZilla Server 0.9',
  vantage: 'server',
  keyed: true,
  samples: SAMPLES,
  createScanner: (options) => new FilezillaServer09Scanner(options),
};
