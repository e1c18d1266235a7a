import { textOf } from '../bytes/text.ts';
import { Kind } from '../event.ts';
import { Fit, fitOf } from '../ftp/replies.ts';
import { isTransferVerb, Verb, verbName } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import { isoOf } from './clock.ts';
import type { EventLog } from './event-log.ts';
import type * as session from './session.ts';

/** A reply: its first and last line in the log, its text decoded when asked for. */
export class LoggedReply implements session.Reply {
  private readonly log: EventLog;
  readonly order: number;
  readonly code: number;
  /** The log's index of the reply's last line. */
  last: number;
  isUnended = false;
  private textRead: string | null = null;

  constructor(log: EventLog, index: number, code: number) {
    this.log = log;
    this.order = index;
    this.last = index;
    this.code = code;
  }

  get line(): number {
    return this.log.line(this.order);
  }

  get lastLine(): number {
    return this.log.line(this.last);
  }

  get at(): string | null {
    return isoOf(this.log, this.last);
  }

  get atMs(): number | null {
    const ms = this.log.timeMs(this.last);
    return Number.isNaN(ms) ? null : ms;
  }

  get text(): string {
    this.textRead ??= this.readText();
    return this.textRead;
  }

  private readText(): string {
    const { log } = this;
    let text = textOf(log.bytes, log.textStart(this.order), log.textEnd(this.order));
    for (let i = this.order + 1; i <= this.last && text.length < limits.replyBytes; i++) {
      const kind = log.kind(i);
      if (kind !== Kind.ReplyPart && kind !== Kind.Reply) continue;
      text += `\n${textOf(log.bytes, log.textStart(i), log.textEnd(i))}`;
    }
    return text;
  }
}

const NO_REPLIES: readonly LoggedReply[] = [];

/** A command with all its replies, or replies that no command asked for. */
export class LoggedExchange implements session.Exchange {
  private readonly log: EventLog;
  readonly order: number;
  readonly verbId: number;
  replies: readonly LoggedReply[] = NO_REPLIES;
  final: LoggedReply | null = null;
  preliminary: LoggedReply | null = null;
  note: session.Exchange['note'] = null;
  /** Whether a command was sent, as opposed to replies that nobody asked for. */
  readonly isCommand: boolean;

  constructor(log: EventLog, index: number) {
    this.log = log;
    this.order = index;
    this.isCommand = log.kind(index) === Kind.Command;
    this.verbId = this.isCommand ? log.number(index) : 0;
  }

  add(reply: LoggedReply): void {
    // An array made with its first element is small; one that grows by push from empty has room for 17.
    this.replies = this.replies.length === 0 ? [reply] : [...this.replies, reply];
    if (reply.code >= 200) this.final ??= reply;
    else if (this.final === null) this.preliminary ??= reply;
  }

  get line(): number {
    return this.log.line(this.order);
  }

  get lastLine(): number {
    return this.replies.length === 0 ? this.line : this.replies[this.replies.length - 1]!.lastLine;
  }

  get at(): string | null {
    return isoOf(this.log, this.order);
  }

  get atMs(): number | null {
    const ms = this.log.timeMs(this.order);
    return Number.isNaN(ms) ? null : ms;
  }

  get verb(): string | null {
    if (!this.isCommand) return null;
    if (this.verbId !== 0) return verbName(this.verbId);
    const { log, order } = this;
    return textOf(log.bytes, log.textEnd(order), log.extraEnd(order)).toUpperCase();
  }

  get hasArgument(): boolean {
    return this.isCommand && this.log.textEnd(this.order) > this.log.textStart(this.order);
  }

  get argument(): string | null {
    const { log, order } = this;
    if (!this.isCommand || log.textEnd(order) === log.textStart(order)) return null;
    return textOf(log.bytes, log.textStart(order), log.textEnd(order));
  }
}

/** A remark, decoded when asked for. */
export class LoggedRemark implements session.Remark {
  private readonly log: EventLog;
  readonly order: number;
  readonly note: session.Remark['note'];

  constructor(log: EventLog, index: number) {
    this.log = log;
    this.order = index;
    this.note = log.note(index) as session.Remark['note'];
  }

  get line(): number {
    return this.log.line(this.order);
  }

  get atMs(): number | null {
    const ms = this.log.timeMs(this.order);
    return Number.isNaN(ms) ? null : ms;
  }

  get text(): string {
    return textOf(this.log.bytes, this.log.textStart(this.order), this.log.textEnd(this.order));
  }

  get address(): string | null {
    const { log, order } = this;
    return log.extraEnd(order) > log.textEnd(order) ? textOf(log.bytes, log.textEnd(order), log.extraEnd(order)) : null;
  }

  get port(): number | null {
    return this.log.number(this.order) || null;
  }

  get value(): number {
    return this.log.value(this.order);
  }

  get exact(): boolean {
    return this.log.exact(this.order);
  }

  get failure(): session.Remark['failure'] {
    return this.log.failure(this.order) as session.Remark['failure'];
  }
}

/** The dialogue of one session. */
export interface Dialogue {
  readonly exchanges: LoggedExchange[];
  readonly remarks: LoggedRemark[];
  /** Indexes of `Kind.Connected` and `Kind.Disconnected` in the log, -1 without. */
  readonly connectedAt: number;
  readonly disconnectedAt: number;
  /** Whether replies came that no waiting command can have had. */
  readonly desynchronised: boolean;
  readonly repliesSeen: boolean;
  readonly commandCount: number;
}

/**
 * Gives each reply to a command: to the oldest waiting one that can have its code, not simply to the last. FTP answers in
 * order, so a command that is passed over got no reply that the log shows; only transfers and what comes while one runs
 * may be answered out of order (RFC 959 section 5.4).
 */
export function readDialogue(log: EventLog): Dialogue {
  const exchanges: LoggedExchange[] = [];
  const remarks: LoggedRemark[] = [];
  const pending: LoggedExchange[] = [];
  let lastTransfer: LoggedExchange | null = null;
  let part: LoggedReply | null = null;
  let connectedAt = -1;
  let disconnectedAt = -1;
  let desynchronised = false;
  let repliesSeen = false;
  let commandCount = 0;

  for (let i = 0; i < log.count; i++) {
    switch (log.kind(i)) {
      case Kind.Command: {
        const exchange = new LoggedExchange(log, i);
        commandCount++;
        exchanges.push(exchange);
        pending.push(exchange);
        if (pending.length > limits.pendingCommands) pending.shift();
        if (isTransferVerb(exchange.verbId)) lastTransfer = exchange;
        part = null;
        break;
      }
      case Kind.ReplyPart:
        if (part !== null) part.last = i;
        else if (log.number(i) === 0) {
          // In place of a greeting: what another protocol says (`SSH-2.0-…`).
          if (exchanges.length === 0) remarks.push(new LoggedRemark(log, i));
        } else {
          part = new LoggedReply(log, i, log.number(i));
          part.isUnended = true;
          desynchronised = place(log, part, exchanges, pending, lastTransfer) || desynchronised;
          repliesSeen = true;
        }
        break;
      case Kind.Reply: {
        repliesSeen = true;
        const code = log.number(i);
        if (part !== null && part.code === code) {
          part.last = i;
          part.isUnended = false;
          part = null;
          break;
        }
        part = null;
        desynchronised = place(log, new LoggedReply(log, i, code), exchanges, pending, lastTransfer) || desynchronised;
        break;
      }
      case Kind.Note:
        remarks.push(new LoggedRemark(log, i));
        break;
      case Kind.Connected:
        if (connectedAt < 0) connectedAt = i;
        break;
      case Kind.Disconnected:
        if (disconnectedAt < 0) disconnectedAt = i;
        break;
    }
  }
  return { exchanges, remarks, connectedAt, disconnectedAt, desynchronised, repliesSeen, commandCount };
}

/** Puts the reply where it belongs; returns whether it fits nowhere. */
function place(
  log: EventLog,
  reply: LoggedReply,
  exchanges: LoggedExchange[],
  pending: LoggedExchange[],
  lastTransfer: LoggedExchange | null,
): boolean {
  const { code } = reply;
  const at = waitingFor(log, reply, pending);
  if (at >= 0) {
    const exchange = pending[at]!;
    exchange.add(reply);
    if (code >= 200) removeAt(pending, at);
    dropPassedOver(pending, at);
    return false;
  }
  // A second verdict on a transfer that has one: 426 after 226, or a late 425.
  if (
    lastTransfer !== null &&
    lastTransfer.final !== null &&
    (code === 426 || code === 425 || code === 451 || code === 226)
  ) {
    lastTransfer.add(reply);
    lastTransfer.note = 'late';
    return false;
  }
  const last = exchanges[exchanges.length - 1];
  const unsolicited =
    last !== undefined && last.verbId === 0 && last.verb === null ? last : new LoggedExchange(log, reply.order);
  const first = exchanges.length === 0;
  if (unsolicited !== last) {
    exchanges.push(unsolicited);
    unsolicited.note = first ? null : 'unsolicited';
  }
  unsolicited.add(reply);
  return !first && code !== 421 && unsolicited !== last;
}

/** The waiting command that the reply belongs to, or -1. */
function waitingFor(log: EventLog, reply: LoggedReply, pending: readonly LoggedExchange[]): number {
  if (pending.length === 0) return -1;
  const { code } = reply;
  if (code < 200) {
    for (let i = 0; i < pending.length; i++)
      if (isTransferVerb(pending[i]!.verbId) && pending[i]!.preliminary === null) return i;
    return pending.length === 1 ? 0 : -1;
  }
  let best = -1;
  let bestFit: Fit = Fit.No;
  for (let i = 0; i < pending.length; i++) {
    const { verbId } = pending[i]!;
    const fit = fitOf(verbId, code);
    if (fit > bestFit && !(code === 426 && verbId === Verb.ABOR && bestFit !== Fit.No)) {
      best = i;
      bestFit = fit;
    }
  }
  if (best >= 0 && pending.length > 1 && code === 226) {
    // `226 ABOR command successful` answers the ABOR although the transfer still waits (FileZilla Server 1.9.4).
    const abor = pending.findIndex((exchange) => exchange.verbId === Verb.ABOR);
    if (abor >= 0 && abor !== best && startsWithAbor(log, reply)) return abor;
  }
  // With one command waiting a strange code is still its answer; the catalogue of codes is not closed.
  if (best < 0 && pending.length === 1 && !isTransferVerb(pending[0]!.verbId) && code !== 426 && code !== 226) return 0;
  if (best < 0 && pending.length === 1 && pending[0]!.preliminary === null && code >= 200 && code < 300) return 0;
  return best;
}

function startsWithAbor(log: EventLog, reply: LoggedReply): boolean {
  return /^\W*ABOR/i.test(
    textOf(log.bytes, log.textStart(reply.order), Math.min(log.textEnd(reply.order), log.textStart(reply.order) + 8)),
  );
}

/** Takes an element out of a short list; `splice` would make a list of what it took. */
function removeAt(list: LoggedExchange[], at: number): void {
  for (let i = at; i + 1 < list.length; i++) list[i] = list[i + 1]!;
  list.pop();
}

/** Older commands that got no reply are not waited for any longer, except transfers and ABOR. */
function dropPassedOver(pending: LoggedExchange[], at: number): void {
  for (let i = Math.min(at, pending.length) - 1; i >= 0; i--)
    if (!isTransferVerb(pending[i]!.verbId) && pending[i]!.verbId !== Verb.ABOR) removeAt(pending, i);
}
