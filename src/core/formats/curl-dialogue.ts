/** The dialogue of libcurl with FTP servers, whatever marks its lines bear. */
import { SPACE, startsWith } from '../bytes/ascii.ts';
import { byteTextOf, textOf } from '../bytes/text.ts';
import { type EventCursor, Kind, Note } from '../event.ts';
import { readExtendedPort, readHostPort } from '../ftp/endpoints.ts';
import { Verb, verbAt } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import { emitCommand, isCommandAt, replyLineCodeAt, skipBlanks, trimmedEnd, verbEndAt } from './control-lines.ts';
import type { CurlConnection } from './curl-connection.ts';
import { CurlConnections } from './curl-connections.ts';
import { CurlEvents } from './curl-events.ts';
import { CurlRemarkReader } from './curl-remark-reader.ts';

const HTTP_REQUEST = /^[A-Z]+ \S+ HTTP\/\d(?:\.\d)?$/;
const HTTP_HEADER = /^[A-Za-z][-A-Za-z0-9]*:/;
const USER_AGENT = 'User-Agent: ';
const EPSV_ALL = /^EPSV\s+ALL$/i;

/** Reads what curl says, sends and receives, line by line in order, and emits what it means. */
export class CurlDialogue {
  /** Whether anything that only curl prints was seen. */
  begun = false;
  readonly connections: CurlConnections;
  private readonly events = new CurlEvents();
  /** Whether what goes over the wire is HTTP: a proxy's CONNECT, or where a redirect led. */
  private http = false;
  private spokeFtp = false;
  /** Whether the line before belongs to a reply that goes on. */
  private inReply = false;

  private readonly remarks: CurlRemarkReader;

  constructor() {
    this.connections = new CurlConnections(this.events);
    this.remarks = new CurlRemarkReader(this.connections, this.events);
  }

  /** Takes a command line, its credentials blotted out; it is kept for the session that follows. */
  takeCommandLine(text: string, line: number): void {
    this.begun = true;
    this.http = this.inReply = false;
    this.connections.beginRun(text, line);
  }

  /** Takes a line that curl sent. Returns false if it is no command. */
  takeCommand(out: EventCursor, start: number, end: number): boolean {
    const { bytes } = out;
    end = trimmedEnd(bytes, start, end);
    this.inReply = false;
    this.events.turnTo(out, start, start);
    if (!this.isCommand(bytes, start, end)) return this.takeHttp(out, start, end, true);
    this.http = false;
    this.begun = this.spokeFtp = true;
    const verb = verbAt(bytes, start, end);
    const connection = this.connections.speaking(verb === Verb.QUIT);
    out.key = connection.key;
    emitCommand(out, start, end);
    const announcesOnly = verb === Verb.EPSV && EPSV_ALL.test(byteTextOf(bytes, start, Math.min(end, start + 16)));
    connection.send(verb, announcesOnly);
    return true;
  }

  /** Takes a line that curl received. Returns false if it can be no reply. */
  takeReply(out: EventCursor, start: number, end: number): boolean {
    const { bytes } = out;
    end = trimmedEnd(bytes, start, end);
    this.events.turnTo(out, start, start);
    const code = replyLineCodeAt(bytes, start, end);
    if ((this.connections.current?.replies.open ?? 0) === 0) {
      this.inReply = false;
      if (code === 0) {
        if (this.http || startsWith(bytes, start, end, 'HTTP/')) return this.takeHttp(out, start, end, false);
        return this.takeBabble(out, start, end);
      }
      if (!this.canAnswer(code)) return false;
      if (this.isNewGreeting(code)) this.connections.begin('connected');
    }
    this.http = false;
    this.begun = this.spokeFtp = true;
    this.emitReplyLine(out, this.connections.speaking(false), start, end);
    return true;
  }

  /** Takes a line that lost its mark within a reply of several lines. Returns false if no reply is open before it. */
  continueReply(out: EventCursor, start: number, end: number): boolean {
    const { current } = this.connections;
    if (!this.inReply || current === null || current.replies.open === 0) return false;
    const code = replyLineCodeAt(out.bytes, start, end);
    if (code === 0 || code === current.replies.open) this.emitReplyLine(out, current, start, end);
    else this.emitText(out, current, start, end);
    return true;
  }

  /** Takes bytes that curl says it moved: NaN if it does not say how many; the first block of several under `-v`. */
  takeData(out: EventCursor, count: number): void {
    this.inReply = false;
    this.events.turnTo(out, 0, 0);
    const { here } = this.connections;
    if (here.transfer !== 'running') here.showsRecords = true;
    // Where TLS records are shown nothing tells those of the data connection from those of the control connection.
    else if (!here.showsRecords && !here.flowing && count !== 0) {
      here.flowing = true;
      this.events.say(here, Note.DataFlowing);
    }
  }

  /** Takes the bytes of one block of data, which a trace shows each: what the transfer at hand moved is their sum. */
  takeBlock(out: EventCursor, count: number): void {
    this.takeData(out, count);
    const { here } = this.connections;
    if (here.transfer !== 'running' || count === 0) return;
    here.movedBytes += count;
    this.events.say(here, Note.TransferredBytes, { value: here.movedBytes });
  }

  /** Takes curl's last word on a transfer, `curl: (18) …`: its number, and its text at `bytes[start, end)`. */
  takeError(out: EventCursor, value: number, start: number, end: number): void {
    this.begun = true;
    this.inReply = false;
    this.events.turnTo(out, start, trimmedEnd(out.bytes, start, end));
    const isFirst = this.connections.current === null;
    const connection = this.connections.here;
    this.events.say(connection, Note.ClientError, { value });
    if (isFirst || connection.stage === 'trying') connection.rest('closed');
    else connection.endTransfer();
  }

  /** Takes the result of the attempt before where it has no mark. Returns false if none is waited for. */
  takeResult(out: EventCursor, start: number, end: number): boolean {
    end = trimmedEnd(out.bytes, start, end);
    if (start === end || this.connections.current?.attempt == null) return false;
    this.events.turnTo(out, start, end);
    this.connections.settle(byteTextOf(out.bytes, start, end));
    return true;
  }

  /** Takes a remark. `onlyKnown`: returns false for one whose wording is not curl's. */
  takeRemark(out: EventCursor, start: number, end: number, onlyKnown = false): boolean {
    const { bytes } = out;
    start = skipBlanks(bytes, start, end);
    end = Math.min(trimmedEnd(bytes, start, end), start + limits.textBytes);
    this.events.turnTo(out, start, end);
    const isKnown = this.remarks.read(byteTextOf(bytes, start, end));
    if (!isKnown && (onlyKnown || !this.begun)) return false;
    if (!isKnown && start < end) this.events.say(this.connections.current, Note.Other);
    this.begun = true;
    return true;
  }

  private isCommand(bytes: Uint8Array, start: number, end: number): boolean {
    if (isHttpRequest(bytes, start, end)) return false;
    const verbEnd = verbEndAt(bytes, start, end);
    const word = byteTextOf(bytes, start, Math.min(verbEnd, start + 16));
    const isKnown = isCommandAt(bytes, start, end);
    if (isKnown && word === word.toUpperCase()) return true;
    // Small letters and a server's own verbs come from the user: only where a command can stand, prose begins so too.
    const { current } = this.connections;
    if (!this.spokeFtp || this.http || current?.stage !== 'connected' || current.busy) return false;
    return isKnown || ((verbEnd === end || bytes[verbEnd] === SPACE) && /^[A-Z]{3,8}$/.test(word));
  }

  /**
   * Whether such a reply may come now. curl does not read from a kept connection: what looks like a reply is a listing.
   */
  private canAnswer(code: number): boolean {
    const { current, mixed } = this.connections;
    if (current === null || mixed || current.stage === 'trying' || current.stage === 'connected') return true;
    return code === 220 || code === 120;
  }

  /** Whether the reply greets a new session whose first lines are not shown. */
  private isNewGreeting(code: number): boolean {
    const { current, mixed } = this.connections;
    if (current === null || mixed || (code !== 220 && code !== 120)) return false;
    if (current.stage === 'idle' || current.stage === 'closed') return true;
    return current.stage === 'connected' && current.repliesSeen > 0 && !current.busy && current.lastCode !== 120;
  }

  private emitReplyLine(out: EventCursor, connection: CurlConnection, start: number, end: number): void {
    out.key = connection.key;
    const code = connection.replies.emit(out, start, end);
    this.inReply = code === 0;
    if (code === 0) return;
    if (code === 229 || code === 227) {
      const text = textOf(out.bytes, out.textStart, Math.min(out.textEnd, out.textStart + limits.textBytes));
      const port = code === 229 ? readExtendedPort(text) : (readHostPort(text)?.port ?? null);
      if (port !== null) connection.dataTarget = { address: '', port };
    }
    connection.answer(code);
  }

  private emitText(out: EventCursor, connection: CurlConnection, start: number, end: number): void {
    out.key = connection.key;
    out.clear(Kind.ReplyPart);
    out.textStart = start;
    out.textEnd = end;
    out.emit();
  }

  /** A received line that is no reply: the other end does not speak FTP. */
  private takeBabble(out: EventCursor, start: number, end: number): boolean {
    const { current } = this.connections;
    if (current === null || (current.stage !== 'connected' && current.stage !== 'trying')) return false;
    if (start < end) this.emitText(out, this.connections.speaking(false), start, end);
    return true;
  }

  /** A line of HTTP, which is no FTP: it asks a proxy to let curl through, or a redirect led there. */
  private takeHttp(out: EventCursor, start: number, end: number, sent: boolean): boolean {
    const { bytes } = out;
    const isFirst = sent ? isHttpRequest(bytes, start, end) : startsWith(bytes, start, end, 'HTTP/');
    this.http ||= isFirst;
    const { current } = this.connections;
    if (!this.http || (!this.spokeFtp && !current?.proxied)) return false;
    if (!sent || isFirst || start === end) return true;
    if (!HTTP_HEADER.test(byteTextOf(bytes, start, Math.min(end, start + 128)))) return false;
    if (startsWith(bytes, start, end, USER_AGENT)) {
      this.events.turnTo(out, start + USER_AGENT.length, end);
      this.events.say(current, Note.Program);
    }
    return true;
  }
}

function isHttpRequest(bytes: Uint8Array, start: number, end: number): boolean {
  return HTTP_REQUEST.test(byteTextOf(bytes, start, Math.min(end, start + limits.textBytes)));
}
