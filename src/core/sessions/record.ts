import { textOf } from '../bytes/text.ts';
import { Note } from '../event.ts';
import { classifyAddress, endpointOf } from '../ftp/addresses.ts';
import { type Product, productOf } from '../ftp/products.ts';
import { isDataSetupVerb, isTransferVerb, Verb } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import type * as report from '../report.ts';
import { isoText, timeText } from './clock.ts';
import { type ControlConnection, type LoggedDataConnection, negotiationOf } from './data-connections.ts';
import type { EventLog } from './event-log.ts';
import { type Dialogue, type LoggedExchange, type LoggedRemark, readDialogue } from './exchanges.ts';
import { RepeatedText } from './repeated-text.ts';
import type * as session from './session.ts';
import type { Tally } from './session.ts';
import { type SessionEnd, sessionEnd } from './session-end.ts';
import { tallyOf } from './tally.ts';
import { readTls } from './tls.ts';
import { traitsOf } from './traits.ts';
import type { LoggedTransfer } from './transfers.ts';
import { Walk } from './walk.ts';

/** What a session's transcript says of itself, the same for all its sessions. */
export interface TranscriptContext {
  readonly input: number;
  readonly transcript: number;
  readonly format: report.FormatId;
  readonly vantage: 'client' | 'server';
  readonly resolutionMs: number | null;
  /** Whether lines of the format carry the session's id, and that id is the program's own. */
  readonly keyed: boolean;
  /** Whether a reply can be expected for a command: false for logs that show none. */
  readonly showsReplies: boolean;
  /** Whether the log shows the greeting: false for logs of commands, whose first line is the first command. */
  readonly showsGreeting: boolean;
}

const greetings = new RepeatedText();

/** A session read from its event log. */
export class SessionRecord implements session.Session, ControlConnection {
  readonly id: string;
  readonly input: number;
  readonly transcript: number;
  readonly format: report.FormatId;
  readonly vantage: 'client' | 'server';
  readonly resolutionMs: number | null;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly overLine: number;
  readonly exchangesLeftOut: number;
  /** Puts the verdict into words; asked when it is read. */
  judge: (() => string) | null = null;
  /** What the session was read from; with {@link context} it can be read again from a copy. */
  readonly log: EventLog;
  readonly context: TranscriptContext;
  private readonly keyed: boolean;
  private dialogueRead: Dialogue | null = null;
  private courseRead: Walk | null = null;
  private endRead: SessionEnd | null = null;
  private gapsRead: readonly report.Gap[] | null = null;
  private tallyRead: Tally | null = null;
  private peerText: string | null | undefined;
  private clientRead: report.Session['client'] | null = null;
  private serverRead: report.Session['server'] | null = null;
  private userRead: string | null | undefined;
  private traitsRead: number | null = null;
  private tlsRead: report.Session['tls'] | null = null;

  constructor(log: EventLog, context: TranscriptContext, id: string) {
    this.log = log;
    this.context = context;
    this.id = id;
    this.input = context.input;
    this.transcript = context.transcript;
    this.format = context.format;
    this.vantage = context.vantage;
    this.resolutionMs = context.resolutionMs;
    this.keyed = context.keyed;
    this.firstLine = log.firstLine;
    this.lastLine = log.lastLine;
    this.overLine = log.overLine;
    this.exchangesLeftOut = log.droppedEvents;
  }

  /** Takes over what is known of a routine session; the rest is read when it is asked for. */
  assume(tally: Tally): void {
    this.tallyRead = tally;
  }

  get dialogue(): Dialogue {
    this.dialogueRead ??= readDialogue(this.log);
    return this.dialogueRead;
  }

  private get course(): Walk {
    if (this.courseRead === null) {
      const course = new Walk(this.log, this.dialogue, this);
      this.courseRead = course;
      course.settle(this.ended.closedAt);
      for (const transfer of course.transfers)
        if (transfer.retryOf !== null) transfer.retryOf = { session: this.id, transfer: transfer.retryOf.transfer };
    }
    return this.courseRead;
  }

  private get ended(): SessionEnd {
    this.endRead ??= sessionEnd(this.dialogue, this.log);
    return this.endRead;
  }

  get exchanges(): readonly LoggedExchange[] {
    return this.dialogue.exchanges;
  }

  get remarks(): readonly LoggedRemark[] {
    return this.dialogue.remarks;
  }

  get commandCount(): number {
    return this.dialogue.commandCount;
  }

  get dataConnections(): readonly LoggedDataConnection[] {
    return this.course.connections;
  }

  get transfers(): readonly LoggedTransfer[] {
    return this.course.transfers;
  }

  get gaps(): readonly report.Gap[] {
    this.gapsRead ??= this.findGaps(this.context);
    return this.gapsRead;
  }

  get end(): report.Session['end'] {
    return this.tallyRead?.end ?? this.ended.end;
  }

  get tally(): Tally {
    this.tallyRead ??= tallyOf(this);
    return this.tallyRead;
  }

  get nativeId(): string | null {
    return this.keyed && this.log.key > 0 ? String(this.log.key) : null;
  }

  get startMs(): number | null {
    return this.timeAt(0, 1);
  }

  get endMs(): number | null {
    return this.timeAt(this.log.count - 1, -1);
  }

  get startedAt(): string | null {
    const { startMs } = this;
    return startMs !== null && this.isDated ? isoText(startMs) : null;
  }

  get endedAt(): string | null {
    const { endMs } = this;
    return endMs !== null && this.isDated ? isoText(endMs) : null;
  }

  get timeOfDay(): string | null {
    const { startMs } = this;
    return startMs === null || this.isDated ? null : timeText(startMs);
  }

  get durationMs(): number | null {
    const { startMs, endMs } = this;
    return startMs === null || endMs === null ? null : Math.max(0, endMs - startMs);
  }

  get client(): report.Session['client'] {
    if (this.clientRead === null) {
      const { address, port, family, range } =
        this.vantage === 'server' ? endpointOf(this.peer, null) : this.clientEnd();
      this.clientRead = { address, port, family, range, product: null, version: null };
    }
    return this.clientRead;
  }

  get server(): report.Session['server'] {
    if (this.serverRead === null) {
      const { banner } = this;
      const known = (banner === null ? null : productOf(banner)) ?? PRODUCT_OF_FORMAT[this.format] ?? null;
      const { address, port, family, range } = endpointOf(this.serverAddress, this.serverPort);
      const product = known?.product ?? null;
      this.serverRead = { address, port, family, range, banner, product, version: known?.version ?? null };
    }
    return this.serverRead;
  }

  get proxy(): report.Endpoint | null {
    if (this.passedProxy === undefined) return null;
    const { connectedAt } = this.dialogue;
    const tried = this.attemptBefore(this.passedProxy.order);
    const address = (connectedAt >= 0 ? addressAt(this.log, connectedAt) : null) ?? tried?.address ?? null;
    return endpointOf(
      tried?.address ?? address,
      (connectedAt >= 0 && this.log.number(connectedAt)) || tried?.port || null,
    );
  }

  get connectAttempts(): readonly report.ConnectAttempt[] {
    return connectAttempts(
      this.remarks,
      this.dialogue.connectedAt >= 0 ? this.log.line(this.dialogue.connectedAt) : null,
      this.serverAddress,
    );
  }

  get controlFamily(): report.Family {
    const { peer } = this;
    return peer === null ? 'unknown' : classifyAddress(peer).family;
  }

  /** The server's address where a client's transcript names it. */
  get serverAddress(): string | null {
    return this.vantage === 'client' ? this.peer : null;
  }

  get user(): string | null {
    if (this.userRead === undefined) this.userRead = this.readUser();
    return this.userRead;
  }

  /** The user that the line prefixes name last; null where they name none. */
  get loggedUser(): string | null {
    const { log } = this;
    return log.userEnd > log.userStart ? textOf(log.bytes, log.userStart, log.userEnd) : null;
  }

  private readUser(): string | null {
    const sent = this.course.userExchange?.argument ?? null;
    const logged = this.loggedUser;
    if (logged === null) return sent;
    // vsftpd's prefix names the local account that `anonymous` is mapped to; FileZilla Server's the account as it is spelled.
    if (sent === null || sent === logged) return logged;
    return sent.toLowerCase() === logged.toLowerCase() ? logged : sent;
  }

  get login(): report.Session['login'] {
    const { loginAccepted, loginRefused, userExchange } = this.course;
    if (loginAccepted) return 'accepted';
    if (loginRefused) return 'refused';
    if (this.log.userEnd > this.log.userStart) return 'accepted';
    if (userExchange === null && !this.gaps.includes('head')) return 'none';
    return 'unknown';
  }

  get tls(): report.Session['tls'] {
    this.tlsRead ??= readTls(this.dialogue, this.course, this.mayHideTls, this.serverPort);
    return this.tlsRead;
  }

  /** Whether AUTH may have been sent and is not shown. A client that hides commands still tells of TLS. */
  private get mayHideTls(): boolean {
    const { gaps } = this;
    return gaps.includes('head') || (this.vantage === 'server' && gaps.includes('commands-hidden'));
  }

  get epsv(): report.Negotiation {
    return negotiationOf(this.dataConnections, 'EPSV');
  }

  get pasv(): report.Negotiation {
    return negotiationOf(this.dataConnections, 'PASV');
  }

  get eprt(): report.Negotiation {
    return negotiationOf(this.dataConnections, 'EPRT');
  }

  get port(): report.Negotiation {
    return negotiationOf(this.dataConnections, 'PORT');
  }

  get fellBackTo(): report.Session['fellBackTo'] {
    return fallBack(this.dataConnections, this.transfers);
  }

  get errors(): readonly report.ReplyError[] {
    const errors: report.ReplyError[] = [];
    for (const exchange of this.exchanges)
      for (const reply of exchange.replies)
        if (reply.code >= 400 && reply.code < 600)
          errors.push({ line: reply.line, verb: exchange.verb, code: reply.code, text: reply.text });
    return errors.sort((a, b) => a.line - b.line);
  }

  get traits(): number {
    this.traitsRead ??= traitsOf(this, this.log);
    return this.traitsRead;
  }

  get peerAddress(): string | null {
    return this.peer;
  }

  get peerRange(): report.AddressRange | null {
    return this.peer === null ? null : classifyAddress(this.peer).range;
  }

  get verdict(): string | null {
    return this.judge === null ? null : this.judge();
  }

  get incomplete(): boolean {
    return this.gaps.length > 0;
  }

  /** The greeting's text, all its lines. */
  private get banner(): string | null {
    const first = this.exchanges[0];
    if (first === undefined || first.verbId !== 0) return null;
    const greeting = first.replies.find((reply) => reply.code === 220 || reply.code === 120);
    return greeting === undefined ? null : greetings.read(this.log, greeting);
  }

  private get passedProxy(): LoggedRemark | undefined {
    return this.remarks.find(({ note }) => note === Note.ProxyPassed);
  }

  private get serverPort(): number | null {
    if (this.passedProxy !== undefined) return this.passedProxy.port;
    const { connectedAt } = this.dialogue;
    const port = connectedAt >= 0 ? this.log.number(connectedAt) : 0;
    if (port !== 0) return port;
    return this.remarks.findLast((remark) => remark.note === Note.ConnectAttempt)?.port ?? null;
  }

  /** The other side's address: the client's in a server's log, the server's in a client's transcript. */
  private get peer(): string | null {
    if (this.peerText !== undefined) return this.peerText;
    this.peerText = this.findPeer();
    return this.peerText;
  }

  private findPeer(): string | null {
    const { log } = this;
    if (log.peerEnd > log.peerStart) return textOf(log.bytes, log.peerStart, log.peerEnd);
    const { dialogue } = this;
    if (this.passedProxy !== undefined) return this.passedProxy.address;
    if (dialogue.connectedAt >= 0) {
      const address = addressAt(log, dialogue.connectedAt);
      if (address !== null && (classifyAddress(address).family !== 'unknown' || this.vantage === 'server'))
        return address;
      const tried = this.attemptBefore(dialogue.connectedAt);
      return tried?.address ?? address;
    }
    const named = this.remarks.findLast(
      ({ note, address }) => (note === Note.ConnectAttempt || note === Note.ConnectionReused) && address !== null,
    );
    return named?.address ?? null;
  }

  private attemptBefore(index: number): LoggedRemark | undefined {
    return this.remarks.findLast(
      (remark) => remark.note === Note.ConnectAttempt && remark.order < index && remark.address !== null,
    );
  }

  private clientEnd(): report.Endpoint {
    const local = this.remarks.find((remark) => remark.note === Note.LocalAddress);
    if (local !== undefined) return endpointOf(local.address, local.port);
    const active = this.dataConnections.find((connection) => connection.mode === 'active');
    return endpointOf(active?.endpoint.address ?? null, null);
  }

  private get isDated(): boolean {
    return this.log.printsDates;
  }

  private timeAt(from: number, step: number): number | null {
    for (let i = from; i >= 0 && i < this.log.count; i += step) {
      const ms = this.log.timeMs(i);
      if (!Number.isNaN(ms)) return ms;
    }
    return null;
  }

  private findGaps({ showsReplies, showsGreeting }: TranscriptContext): report.Gap[] {
    const gaps: report.Gap[] = [];
    if (!showsReplies) gaps.push('replies-not-logged');
    else if (!this.dialogue.repliesSeen && this.commandCount > 0 && this.vantage === 'server')
      gaps.push('replies-not-logged');
    const areHidden = this.remarks.some((remark) => remark.note === Note.CommandsHidden);
    if (areHidden) gaps.push('commands-hidden');
    const showsStart = areHidden && this.dialogue.connectedAt >= 0;
    if (showsReplies && !showsStart && this.startsInside(showsGreeting)) gaps.push('head');
    if (this.log.droppedEvents > 0) gaps.push('middle');
    else if (showsReplies && this.end === 'unfinished' && this.stopsInside()) gaps.push('tail');
    const mixed = this.remarks.some((remark) => remark.note === Note.SessionsMixed);
    if (mixed) gaps.push('ambiguous');
    else if (this.dialogue.desynchronised) gaps.push('desynchronised');
    return gaps;
  }

  /** Whether the session's start is not shown: neither a connection nor a greeting. */
  private startsInside(showsGreeting: boolean): boolean {
    const first = this.exchanges[0];
    if (first === undefined) return false;
    // A connection that goes straight to data commands had a greeting and a login that are not shown.
    if (this.dialogue.connectedAt >= 0) return isDataSetupVerb(first.verbId) || isTransferVerb(first.verbId);
    if (!showsGreeting) return first.verbId !== Verb.USER && first.verbId !== Verb.AUTH && first.verbId !== Verb.FEAT;
    if (first.verbId === 0 && first.verb === null) {
      const code = first.replies[0]?.code ?? 0;
      return code !== 220 && code !== 120 && code !== 421;
    }
    return !this.remarks.some((remark) => remark.note === Note.ConnectAttempt && remark.order < first.order);
  }

  /** Whether the text stops while a command waits for its reply or a transfer for its end, and nothing says why. */
  private stopsInside(): boolean {
    if (this.ended.clientGaveUp) return false;
    const last = this.exchanges[this.exchanges.length - 1];
    if (last === undefined) return false;
    const transfer = this.transfers[this.transfers.length - 1];
    if (transfer !== undefined && transfer.outcome === 'unfinished') return true;
    return last.verb !== null && last.final === null && last.verbId !== Verb.QUIT;
  }
}

const PRODUCT_OF_FORMAT: Partial<Record<report.FormatId, Product>> = {
  'filezilla-server-0.9': { product: 'FileZilla Server', version: null },
  'filezilla-server-1': { product: 'FileZilla Server', version: null },
  vsftpd: { product: 'vsftpd', version: null },
  proftpd: { product: 'ProFTPD', version: null },
  'pure-ftpd': { product: 'Pure-FTPd', version: null },
  pyftpdlib: { product: 'pyftpdlib', version: null },
  'iis-w3c': { product: 'Microsoft IIS', version: null },
};

function addressAt(log: EventLog, index: number): string | null {
  return log.extraEnd(index) > log.textEnd(index) ? textOf(log.bytes, log.textEnd(index), log.extraEnd(index)) : null;
}

function connectAttempts(
  remarks: readonly LoggedRemark[],
  connectedLine: number | null,
  connectedTo: string | null,
): report.ConnectAttempt[] {
  const attempts: {
    line: number;
    address: string;
    port: number | null;
    family: report.Family;
    outcome: report.ConnectAttempt['outcome'];
  }[] = [];
  for (const remark of remarks) {
    if (remark.note === Note.ConnectAttempt && remark.address !== null && attempts.length < limits.evidence) {
      const { family } = classifyAddress(remark.address);
      attempts.push({ line: remark.line, address: remark.address, port: remark.port, family, outcome: 'unknown' });
    } else if (remark.note === Note.ConnectFailed) {
      const { address } = remark;
      const failed = attempts.findLast(
        (attempt) => attempt.outcome === 'unknown' && (address === null || attempt.address === address),
      );
      if (failed !== undefined) failed.outcome = 'failed';
    }
  }
  if (connectedLine !== null) {
    const won = attempts.findLast((attempt) => attempt.address === connectedTo) ?? attempts[attempts.length - 1];
    if (won !== undefined) won.outcome = 'connected';
  }
  return attempts;
}

/**
 * The set-up command of another kind that followed the first refused or unusable one, for the same transfer. 503 and 530 refuse
 * the session's state, not the kind of set-up.
 */
function fallBack(
  connections: readonly LoggedDataConnection[],
  transfers: readonly LoggedTransfer[],
): report.Session['fellBackTo'] {
  const first = connections.findIndex(
    (connection) =>
      (connection.outcome === 'refused' && connection.replyCode !== 503 && connection.replyCode !== 530) ||
      connection.outcome === 'unreachable' ||
      connection.unreadable,
  );
  if (first < 0) return null;
  const failed = connections[first]!;
  const later = transfers.find(
    ({ order, outcome }) => order > failed.setup.order && (outcome === 'completed' || outcome === 'aborted'),
  );
  for (let i = first + 1; i < connections.length; i++) {
    const next = connections[i]!;
    if (later !== undefined && later.order < next.setup.order) return null;
    if (next.command === failed.command) continue;
    return next.command === 'LPSV' || next.command === 'LPRT' ? null : next.command;
  }
  return null;
}
