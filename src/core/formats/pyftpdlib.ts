import {
  APOSTROPHE,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  COLON,
  CR,
  ESC,
  isDigit,
  MINUS,
  numberAt,
  QUOTE,
  replyCodeAt,
  SPACE,
  startsWith,
} from '../bytes/ascii.ts';
import { IsoStampReader } from '../bytes/stamp.ts';
import { type EventCursor, Failure, Kind, NO_DAY, NO_KEY, NO_TIME, Note } from '../event.ts';
import { fillCommand } from './command.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';
import { NamedSessions } from './named-sessions.ts';
import { fillReply } from './reply-line.ts';
import { isoClock, NO_CLOCK } from './server-clock.ts';
import { endsWith, indexOfByte, indexOfSpan, lastIndexOfByte } from './spans.ts';
import { millisecondsAt, setBack } from './transfer-runs.ts';

/** Bytes before a session's name: level, date, and what a program's own logging set-up adds. */
const HEAD_BYTES_MAX = 160;
const USER_BYTES_MAX = 512;
const LOGGED_IN = 230;
const LETTER_M = 109;

interface PyftpdlibSession {
  readonly key: number;
  /** From USER on lines name who wants to log in; only afterwards is it the user. */
  loggedIn: boolean;
  /** Whether its commands and replies were logged (level DEBUG). */
  dialogue: boolean;
  openReply: number;
}

/** pyftpdlib at level INFO and DEBUG, with its own line head or that of Python's `logging`. */
class PyftpdlibScanner implements Scanner {
  clock: ScannerClock = NO_CLOCK;

  private readonly stamp = new IsoStampReader();
  private readonly sessions = new NamedSessions<PyftpdlibSession>();
  private nextKey = 1;
  private day = NO_DAY;
  private ms = NO_TIME;
  private loggedIn = false;
  private nameStart = 0;
  private nameEnd = 0;
  private userStart = 0;
  private userEnd = 0;

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    while (end > start && (bytes[end - 1] === CR || bytes[end - 1] === SPACE)) end--;
    const own = this.readHead(bytes, start, end);
    const text = this.readName(bytes, own < 0 ? start : own, end);
    if ((text < 0 && own < 0) || (own >= 0 && holdsHead(bytes, own, end))) return false;
    out.day = this.day;
    out.ms = this.ms;
    if (text < 0) this.emitServerLine(bytes, own, end, out);
    else this.emitSessionLine(bytes, text, end, out);
    return true;
  }

  /** Reads `[I 2026-11-22 05:15:18,154] `; returns the offset behind it, or -1 where another set-up wrote the head. */
  private readHead(bytes: Uint8Array, start: number, end: number): number {
    const i = skipColour(bytes, start, end);
    this.day = NO_DAY;
    this.ms = NO_TIME;
    const own = bytes[i] === BRACKET_OPEN && bytes[i + 2] === SPACE;
    const stampStart = own ? i + 3 : i;
    const stampEnd = this.stamp.read(bytes, stampStart, end);
    if (stampEnd < 0) return -1;
    this.day = this.stamp.day;
    this.ms = this.stamp.ms;
    const resolutionMs = stampEnd - stampStart > 20 ? 1 : 1000;
    if (!own || bytes[stampEnd] !== BRACKET_CLOSE || stampEnd >= end) return -1;
    if (this.clock.resolutionMs !== resolutionMs) this.clock = isoClock(resolutionMs, null);
    const textStart = skipColour(bytes, stampEnd + 1, end);
    return textStart < end && bytes[textStart] === SPACE ? textStart + 1 : textStart;
  }

  /** Finds `address:port-[user] `; returns the offset behind it, or -1. */
  private readName(bytes: Uint8Array, start: number, end: number): number {
    const limit = Math.min(end, start + HEAD_BYTES_MAX);
    for (let i = start; i + 1 < limit; i++) {
      if (bytes[i] !== MINUS || bytes[i + 1] !== BRACKET_OPEN) continue;
      let port = i;
      while (port > start && isDigit(bytes[port - 1]!)) port--;
      if (port === i || port - 1 <= start || bytes[port - 1] !== COLON) continue;
      let name = port - 1;
      while (name > start && bytes[name - 1] !== SPACE) name--;
      if (startsWith(bytes, name, end, 'INFO:') || startsWith(bytes, name, end, 'DEBUG:'))
        name = indexOfByte(bytes, name + 6, port, COLON) + 1;
      const close = indexOfByte(bytes, i + 2, Math.min(end, i + USER_BYTES_MAX), BRACKET_CLOSE);
      if (close < 0 || (close + 1 < end && bytes[close + 1] !== SPACE)) continue;
      this.nameStart = name;
      this.nameEnd = i;
      this.userStart = i + 2;
      this.userEnd = close;
      if (this.day !== NO_DAY && this.clock.date !== 'full')
        this.clock = isoClock(this.ms % 1000 === 0 ? 1000 : 1, null);
      return Math.min(end, close + 2);
    }
    return -1;
  }

  private emitServerLine(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    if (!startsWith(bytes, start, end, '>>> starting FTP')) return;
    out.clear(Kind.Note);
    out.note = Note.ServerStarted;
    out.key = NO_KEY;
    out.textStart = start;
    out.textEnd = end;
    out.emit();
  }

  private emitSessionLine(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    let session = this.sessions.get(bytes, this.nameStart, this.nameEnd);
    const opened = startsWith(bytes, start, end, 'FTP session opened');
    if (session === undefined || opened) {
      session = { key: this.nextKey++, loggedIn: !opened, dialogue: false, openReply: 0 };
      this.sessions.set(bytes, this.nameStart, this.nameEnd, session);
    }
    out.key = session.key;
    this.loggedIn = session.loggedIn;
    if (opened) {
      this.begin(out, Kind.Connected);
      out.emit();
    } else if (startsWith(bytes, start, end, 'FTP session closed')) {
      this.sessions.delete(bytes, this.nameStart, this.nameEnd);
      this.begin(out, Kind.Disconnected);
      out.textStart = start;
      out.textEnd = end;
      out.emit();
    } else if (startsWith(bytes, start, end, '<- ')) {
      session.dialogue = true;
      this.emitCommand(bytes, start + 3, end, out);
    } else if (startsWith(bytes, start, end, '-> ')) {
      session.dialogue = true;
      session.openReply = fillReply(out, bytes, start + 3, end, session.openReply);
      if (out.code === LOGGED_IN && out.kind === Kind.Reply) this.loggedIn = session.loggedIn = true;
      this.fillContext(out);
      out.emit();
    } else if (startsWith(bytes, start, end, "USER '")) this.emitLogin(bytes, start, end, session, out);
    else this.emitResult(bytes, start, end, session, out);
  }

  private emitCommand(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    this.begin(out, Kind.Command);
    fillCommand(out, bytes, start, end);
    out.emit();
  }

  /** `USER 'anna' logged in.`, `USER 'anna' failed login.` */
  private emitLogin(bytes: Uint8Array, start: number, end: number, session: PyftpdlibSession, out: EventCursor): void {
    const quote = lastIndexOfByte(bytes, start + 6, end, APOSTROPHE);
    const accepted = endsWith(bytes, start, end, 'logged in.');
    const refused = endsWith(bytes, start, end, 'failed login.');
    if (quote < 0 || (!accepted && !refused)) {
      this.emitNote(out, Note.Other, start, end);
      return;
    }
    if (accepted) session.loggedIn = true;
    this.begin(out, Kind.Note);
    out.note = accepted ? Note.LoginAccepted : Note.LoginRefused;
    out.userStart = start + 6;
    out.userEnd = quote;
    out.emit();
  }

  /** A command with its result, `RETR path completed=0 bytes=4456448 seconds=2.992` or `CWD path 250`; or a remark. */
  private emitResult(bytes: Uint8Array, start: number, end: number, session: PyftpdlibSession, out: EventCursor): void {
    const completed = indexOfSpan(bytes, start, end, ' completed=');
    if (completed >= 0) {
      this.emitTransfer(bytes, start, completed, end, session, out);
      return;
    }
    const code = resultAt(bytes, start, end);
    if (code < 0) {
      this.emitNote(out, indexOfSpan(bytes, start, end, 'timed out') < 0 ? Note.Other : Note.ServerError, start, end);
      return;
    }
    if (session.dialogue) return;
    this.emitCommand(bytes, start, code - 1, out);
    this.begin(out, Kind.Reply);
    out.code = replyCodeAt(bytes, code, end);
    out.textStart = Math.min(end, code + 4);
    out.textEnd = end;
    out.emit();
  }

  private emitTransfer(
    bytes: Uint8Array,
    start: number,
    resultStart: number,
    end: number,
    session: PyftpdlibSession,
    out: EventCursor,
  ): void {
    const complete = numberAt(bytes, resultStart + 11, end) === 1;
    const bytesAt = indexOfSpan(bytes, resultStart, end, ' bytes=');
    const secondsAt = indexOfSpan(bytes, resultStart, end, ' seconds=');
    const size = bytesAt < 0 ? -1 : numberAt(bytes, bytesAt + 7, end);
    const { day, ms } = out;
    if (!session.dialogue) {
      const durationMs = secondsAt < 0 ? 0 : millisecondsAt(bytes, secondsAt + 9, end);
      const stepMs = this.clock.resolutionMs ?? 1;
      if (ms !== NO_TIME && durationMs >= stepMs) setBack(out, durationMs - (durationMs % stepMs));
      this.emitCommand(bytes, start, resultStart, out);
      out.day = day;
      out.ms = ms;
    }
    let note: Note = Note.TransferFailed;
    if (complete) note = session.dialogue ? Note.TransferredBytes : Note.TransferDone;
    this.emitNote(out, note, start, end, size < 0 ? Number.NaN : size);
  }

  private begin(out: EventCursor, kind: Kind): void {
    out.clear(kind);
    this.fillContext(out);
  }

  private fillContext(out: EventCursor): void {
    if (this.loggedIn) {
      out.userStart = this.userStart;
      out.userEnd = this.userEnd;
    }
    out.peerStart = this.nameStart;
    // An IPv6 address stands without brackets: the last colon is the port's.
    out.peerEnd = Math.max(this.nameStart, lastIndexOfByte(out.bytes, this.nameStart, this.nameEnd, COLON));
  }

  private emitNote(out: EventCursor, note: Note, textStart: number, textEnd: number, value = Number.NaN): void {
    this.begin(out, Kind.Note);
    out.note = note;
    out.textStart = textStart;
    out.textEnd = textEnd;
    out.value = value;
    if (note === Note.ServerError) out.failure = Failure.Timeout;
    out.emit();
  }
}

/** Whether another line's head, `[I 2026-`, stands in the line: then its line break was lost. */
function holdsHead(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i + 7 < end; i++)
    if (bytes[i] === BRACKET_OPEN && bytes[i + 2] === SPACE && bytes[i + 7] === MINUS && isDigit(bytes[i + 3]!))
      return true;
  return false;
}

/** The offset behind a colour code (`ESC[32m`) at `start`, or `start`. */
function skipColour(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] === ESC) {
    const close = indexOfByte(bytes, i, Math.min(end, i + 16), LETTER_M);
    if (close < 0) return start;
    i = close + 1;
  }
  return i;
}

/** Where the code of a result stands: last in the line, or before the text of a refusal, `550 'No such directory.'`. */
function resultAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 4 && bytes[end - 4] === SPACE && replyCodeAt(bytes, end - 3, end) > 0) return end - 3;
  const last = bytes[end - 1];
  if (last !== APOSTROPHE && last !== QUOTE) return -1;
  for (let i = start + 1; i + 5 < end; i++)
    if (bytes[i - 1] === SPACE && bytes[i + 3] === SPACE && replyCodeAt(bytes, i, end) >= 400 && isQuote(bytes[i + 4]!))
      return i;
  return -1;
}

function isQuote(byte: number): boolean {
  return byte === APOSTROPHE || byte === QUOTE;
}

/** pyftpdlib: `[I 2026-11-22 05:15:18] 192.0.2.7:35456-[anna] FTP session closed (disconnect).` */
export const pyftpdlib: Format = {
  id: 'pyftpdlib',
  title: 'pyftpdlib',
  vantage: 'server',
  keyed: false,
  samples: [
    [
      '[I 2026-11-22 05:15:18] 192.0.2.7:35456-[] FTP session opened (connect)',
      "[I 2026-11-22 05:15:18] 192.0.2.7:35456-[anna] USER 'anna' logged in.",
      '[I 2026-11-22 05:15:21] 192.0.2.7:35456-[anna] RETR /srv/ftp/big.bin completed=0 bytes=4456448 seconds=2.992',
      '[I 2026-11-22 05:15:21] 192.0.2.7:35456-[anna] FTP session closed (disconnect).',
    ].join('\n'),
    [
      '[I 2026-11-22 05:21:15,154] 2001:db8::7:46424-[] FTP session opened (connect)',
      '[D 2026-11-22 05:21:15,155] 2001:db8::7:46424-[] -> 220 pyftpdlib ready.',
      '[D 2026-11-22 05:21:15,155] 2001:db8::7:46424-[] <- USER anna',
      '[D 2026-11-22 05:21:15,155] 2001:db8::7:46424-[] -> 331 Username ok, send password.',
    ].join('\n'),
    [
      '2026-11-22 05:21:15,154 - INFO - 192.0.2.7:46424-[] FTP session opened (connect)',
      '2026-11-22 05:21:15,190 - INFO - 192.0.2.7:46424-[] FTP session closed (disconnect).',
    ].join('\n'),
  ],
  lineStarts: /\[[DIWEC] \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:,\d{3})?\] /,
  createScanner: () => new PyftpdlibScanner(),
};
