/** The dialogue of libcurl with FTP servers, whatever marks its lines bear. */
import { SPACE, startsWith } from '../bytes/ascii.ts';
import { byteTextOf, textOf } from '../bytes/text.ts';
import { type EventCursor, Failure, Kind, Note } from '../event.ts';
import { readExtendedPort, readHostPort } from '../ftp/endpoints.ts';
import { Verb, verbAt } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import { emitCommand, isCommandAt, replyLineCodeAt, skipBlanks, trimmedEnd, verbEndAt } from './control-lines.ts';
import type { CurlConnection, Target } from './curl-connection.ts';
import { CurlConnections, UNNUMBERED } from './curl-connections.ts';
import { CurlEvents } from './curl-events.ts';
import { type ByConnection, REMARKS, type Remark, type Turn } from './curl-remarks.ts';
import { attemptedTarget, bareAddress, hostOf, portOf } from './curl-targets.ts';
import { failureIn } from './failures.ts';

const HTTP_REQUEST = /^[A-Z]+ \S+ HTTP\/\d(?:\.\d)?$/;
const HTTP_HEADER = /^[A-Za-z][-A-Za-z0-9]*:/;
const USER_AGENT = 'User-Agent: ';
const EPSV_ALL = /^EPSV\s+ALL$/i;

/** A remark that fits a wording. */
interface Match {
  readonly remark: Remark;
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly spans: Readonly<Record<string, readonly [number, number] | undefined>>;
}

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

  private readonly turns: Readonly<Record<Turn, (match: Match) => void>>;

  constructor() {
    const events = this.events;
    const connections = new CurlConnections(events);
    this.connections = connections;
    this.turns = {
      announce: ({ groups }) => connections.announce(groups['host']!, portOf(groups['port']), numberOf(groups)),
      try: (match) => this.tryTarget(match),
      reach: () => connections.settle('connected'),
      connect: ({ groups }) => this.connect(groups),
      accept: () => connections.openData(null),
      aim: ({ groups }) =>
        connections.aim({ address: bareAddress(groups['address'] ?? groups['host']!), port: portOf(groups['port']) }),
      fail: (match) => connections.fail(failureOf(match), namedTarget(match.groups)),
      giveUp: (match) => connections.giveUp(failureOf(match), null),
      resolveNot: ({ remark, groups }) => connections.giveUp(remark.failure || Failure.NoName, groups['host'] ?? null),
      reuse: ({ groups }) => connections.reuse(numberOf(groups), hostOf(groups['host'])),
      keep: ({ groups }) => connections.keep(numberOf(groups), hostOf(groups['host'])),
      close: ({ groups }) => connections.close(numberOf(groups)),
      tunnel: ({ groups }) =>
        connections.passProxy({ address: bareAddress(groups['host']!), port: portOf(groups['port']) }),
      handshake: () => this.beginHandshake(),
      secure: ({ spans }) => this.endHandshake(spans['version'], spans['cipher']),
      listen: () => this.listen(),
      replace: ({ groups }) => this.replaceAddress(groups['offered']!, groups['address']!),
      fallBack: () => this.fallBack(),
      timeout: () =>
        events.say(connections.here, connections.here.lastCode === 421 ? Note.Other : Note.ClientTimeout, {
          failure: Failure.Timeout,
        }),
    };
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

  /** Takes a line that lost its mark within a reply of several lines. Returns false if no reply is open right before it. */
  continueReply(out: EventCursor, start: number, end: number): boolean {
    const { current } = this.connections;
    if (!this.inReply || current === null || current.replies.open === 0) return false;
    this.emitReplyLine(out, current, start, end);
    return true;
  }

  /** Takes bytes that curl says it moved: NaN if it does not say how many; the first block of several under `-v`. */
  takeData(out: EventCursor, count: number): void {
    this.inReply = false;
    const { current } = this.connections;
    if (current === null) return;
    if (current.transfer !== 'running') current.showsRecords = true;
    // Where TLS records are shown nothing tells those of the data connection from those of the control connection.
    else if (!current.showsRecords && !current.flowing && count !== 0) {
      current.flowing = true;
      this.events.turnTo(out, 0, 0);
      this.events.say(current, Note.DataFlowing);
    }
  }

  /** Takes the bytes of one block of data, which a trace shows each: what the transfer at hand moved is their sum. */
  takeBlock(out: EventCursor, count: number): void {
    this.takeData(out, count);
    const { current } = this.connections;
    if (current === null || current.transfer !== 'running' || count === 0) return;
    current.movedBytes += count;
    this.events.turnTo(out, 0, 0);
    this.events.say(current, Note.TransferredBytes, { value: current.movedBytes });
  }

  /** Takes curl's last word on a transfer, `curl: (18) …`: its number, and its text at `bytes[start, end)`. */
  takeError(out: EventCursor, value: number, start: number, end: number): void {
    this.begun = true;
    this.inReply = false;
    this.events.turnTo(out, start, trimmedEnd(out.bytes, start, end));
    const isFirst = this.connections.current === null;
    const connection = this.connections.here;
    if (isFirst) connection.rest('closed');
    this.events.say(connection, Note.ClientError, { value });
    connection.endTransfer();
  }

  /** Takes the result of the attempt before, where it stands without a mark. Returns false if there is none to wait for. */
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
    const text = byteTextOf(bytes, start, end);
    for (const remark of REMARKS) {
      const match = remark.pattern.exec(text);
      if (match === null) continue;
      this.begun = true;
      const groups = match.groups ?? {};
      const spans = match.indices?.groups ?? {};
      if (remark.turn === null) this.applyNotes({ remark, groups, spans });
      else this.turns[remark.turn]({ remark, groups, spans });
      return true;
    }
    if (onlyKnown || !this.begun) return false;
    if (text !== '') this.events.say(this.connections.current, Note.Other);
    return true;
  }

  private applyNotes({ remark, groups, spans }: Match): void {
    const { connections, events } = this;
    const failure = groups['error'] === undefined ? remark.failure : failureIn(groups['error']);
    const value = groups['value'] === undefined ? Number.NaN : Number(groups['value']) * remark.scale;
    const text = spans['text'];
    for (const said of remark.notes) {
      const connection = said === Note.Other ? connections.current : connections.here;
      events.say(connection, noteOf(said, connection), { value, failure, ...(text && { text }) });
    }
    const { current } = connections;
    if (groups['bytes'] !== undefined && current !== null && current.transfer !== 'none')
      events.say(current, Note.TransferredBytes, { value: Number(groups['bytes']) });
  }

  /** An attempt. Behind it, on its line, may stand the result, the next remark, or the header of the meter. */
  private tryTarget({ groups, spans }: Match): void {
    const { connections, events } = this;
    const { out, start, end } = events;
    const behind = start + spans['rest']![0];
    const [mark] = /^(?:\* |== Info: )?\s*/.exec(groups['rest']!)!;
    const rest = groups['rest']!.slice(mark.length);
    const isAlone = rest === '' || rest.startsWith('% Total');
    if (isAlone) events.turnTo(out, start, trimmedEnd(out.bytes, start, behind));
    const dataPort = connections.current?.dataTarget?.port ?? 0;
    connections.attempt(attemptedTarget(groups['address']!, groups['port'], dataPort));
    if (isAlone) return;
    if (/^Connect(?:ed|ing) to /.test(rest)) this.takeRemark(out, behind + mark.length, end);
    else connections.settle(rest);
  }

  private connect(groups: Match['groups']): void {
    const { connections, events } = this;
    const address = bareAddress(groups['address'] || groups['host'] || '');
    const port = portOf(groups['port']);
    if (groups['second'] !== undefined) connections.openData(address, port);
    else {
      const target = { address, port };
      const opened = connections.connect(target, hostOf(groups['host']), numberOf(groups));
      if (opened === null || groups['local'] === undefined) return;
      events.say(opened, Note.LocalAddress, {
        address: bareAddress(groups['local']),
        port: portOf(groups['localPort']),
      });
    }
  }

  private replaceAddress(offered: string, address: string): void {
    if (offered !== address) this.events.say(this.connections.here, Note.DataAddressReplaced, { address });
  }

  private fallBack(): void {
    const { here } = this.connections;
    this.events.say(here, Note.FallBack);
    here.endTransfer();
  }

  private beginHandshake(): void {
    const { here } = this.connections;
    if (here.handshaking) return;
    here.handshaking = true;
    this.events.say(here, Note.TlsHandshake);
  }

  private endHandshake(
    version: readonly [number, number] | undefined,
    cipher: readonly [number, number] | undefined,
  ): void {
    const { here } = this.connections;
    here.handshaking = false;
    if (version !== undefined) this.events.say(here, Note.TlsVersion, { text: version });
    if (cipher !== undefined) this.events.say(here, Note.TlsCipher, { text: cipher });
    this.events.say(here, here.inDataPhase ? Note.DataTlsConnected : Note.TlsConnected);
  }

  private listen(): void {
    const { here } = this.connections;
    if (here.data === 'tried' || here.data === 'open') return;
    here.data = 'tried';
    this.events.say(here, Note.DataListening);
  }

  private isCommand(bytes: Uint8Array, start: number, end: number): boolean {
    if (isHttpRequest(bytes, start, end)) return false;
    const verbEnd = verbEndAt(bytes, start, end);
    const word = byteTextOf(bytes, start, Math.min(verbEnd, start + 16));
    if (isCommandAt(bytes, start, end))
      return word === word.toUpperCase() || (this.spokeFtp && this.connections.current?.busy === false);
    // Verbs of a server's own, in a dialogue that has begun.
    const isWord = verbEnd === end || bytes[verbEnd] === SPACE;
    return this.spokeFtp && !this.http && isWord && /^[A-Z]{3,8}$/.test(word);
  }

  /** Whether a reply with this code may come now. A kept connection is not read, so what looks like its replies is a listing. */
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

  /** A received line that is no reply: the other end does not speak FTP. */
  private takeBabble(out: EventCursor, start: number, end: number): boolean {
    const { current } = this.connections;
    if (current === null || (current.stage !== 'connected' && current.stage !== 'trying')) return false;
    if (start === end) return true;
    out.key = this.connections.speaking(false).key;
    out.clear(Kind.ReplyPart);
    out.textStart = start;
    out.textEnd = end;
    out.emit();
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

function noteOf(said: Note | ByConnection, connection: CurlConnection | null): Note {
  if (typeof said === 'number') return said;
  return connection?.inDataPhase ? said.data : said.control;
}

function failureOf({ remark, groups }: Match): Failure {
  return groups['error'] === undefined ? remark.failure : failureIn(groups['error']);
}

function numberOf(groups: Match['groups']): number {
  return groups['number'] === undefined ? UNNUMBERED : Number(groups['number']);
}

/** The attempt that a remark names; null if it names none. */
function namedTarget(groups: Match['groups']): Target | null {
  const address = groups['address'];
  return address === undefined ? null : { address: bareAddress(address), port: portOf(groups['port']) };
}
