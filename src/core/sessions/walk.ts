import { Note } from '../event.ts';
import { isDataSetupVerb, isTransferVerb, Verb } from '../ftp/verbs.ts';
import { type ControlConnection, LoggedDataConnection } from './data-connections.ts';
import type { EventLog } from './event-log.ts';
import type { Dialogue, LoggedExchange, LoggedRemark } from './exchanges.ts';
import { namesTimeLimit } from './session-end.ts';
import { LoggedTransfer, numberOf, sameArgument } from './transfers.ts';

/** How many SIZE replies are remembered for the transfers that follow. */
const SIZES_KEPT = 64;

/** What the dialogue amounts to. */
export interface Course {
  readonly connections: LoggedDataConnection[];
  readonly transfers: LoggedTransfer[];
  /** USER of the last accepted login, or the last USER at all. */
  readonly userExchange: LoggedExchange | null;
  readonly loginAccepted: boolean;
  readonly loginRefused: boolean;
  readonly authAccepted: boolean;
  readonly authRefused: boolean;
  /** AUTH was sent and no reply to it is shown. */
  readonly authUnanswered: boolean;
  /** PROT P or PROT C as last accepted; null if neither was. */
  readonly protection: 'P' | 'C' | null;
  readonly protectionBuffer: boolean;
}

/**
 * Walks through a session in the order of its lines, commands and remarks together, and finds which set-up command served which
 * transfer, and which remark speaks of which.
 */
export class Walk implements Course {
  readonly connections: LoggedDataConnection[] = [];
  readonly transfers: LoggedTransfer[] = [];
  loginAccepted = false;
  loginRefused = false;
  authAccepted = false;
  authRefused = false;
  authUnanswered = false;
  protection: 'P' | 'C' | null = null;
  protectionBuffer = false;

  private readonly log: EventLog;
  private readonly control: ControlConnection;
  private readonly exchanges: readonly LoggedExchange[];
  private lastUser: LoggedExchange | null = null;
  private acceptedUser: LoggedExchange | null = null;
  /** Order of the last command that is not part of a transfer's end (ABOR, QUIT, NOOP). */
  private lastCommand = -1;
  /** The set-up that waits for its transfer. */
  private waiting = -1;
  private transfer: LoggedTransfer | null = null;
  /** A transfer that the program announced and no command has claimed yet. */
  private announced: LoggedRemark | null = null;
  private type: LoggedTransfer['type'] = null;
  private restart: LoggedExchange | null = null;
  private allocated: LoggedExchange | null = null;
  private directory: LoggedExchange | null = null;
  private readonly sizes: LoggedExchange[] = [];
  private readonly commandsHidden: boolean;

  constructor(log: EventLog, dialogue: Dialogue, control: ControlConnection) {
    this.log = log;
    this.control = control;
    this.exchanges = dialogue.exchanges;
    this.commandsHidden =
      dialogue.commandCount === 0 || dialogue.remarks.some((remark) => remark.note === Note.CommandsHidden);
    const { remarks } = dialogue;
    let next = 0;
    for (let i = 0; i < this.exchanges.length; i++) {
      const exchange = this.exchanges[i]!;
      while (next < remarks.length && remarks[next]!.order < exchange.order) this.takeRemark(remarks[next++]!);
      this.takeExchange(exchange, i);
    }
    while (next < remarks.length) this.takeRemark(remarks[next++]!);
    if (this.announced !== null && this.commandsHidden) this.begin(null, null, this.announced);
  }

  /** Decides the outcomes, once it is known how the session ended. `closedAt`: order of the closing line or 421, -1 for none. */
  settle(closedAt: number): void {
    for (const transfer of this.transfers) {
      transfer.settle(closedAt > transfer.order);
      transfer.connection?.use(transfer.startMs, transfer.endMs, this.log.printsDates);
      settleConnection(transfer);
    }
    for (let i = 0; i < this.connections.length; i++) {
      const connection = this.connections[i]!;
      if (connection.outcome === 'unknown' && connection.accepted && (i + 1 < this.connections.length || closedAt >= 0))
        connection.outcome = connection.unreadable ? 'unreachable' : 'unused';
    }
  }

  private takeExchange(exchange: LoggedExchange, index: number): void {
    const { verbId } = exchange;
    if (!exchange.isCommand) return;
    if (verbId !== Verb.ABOR && verbId !== Verb.QUIT && verbId !== Verb.NOOP) this.lastCommand = exchange.order;
    if (isTransferVerb(verbId)) {
      this.begin(exchange, index, this.announced);
      return;
    }
    if (isDataSetupVerb(verbId)) {
      this.setUp(exchange, index);
      return;
    }
    const code = exchange.final?.code ?? 0;
    const positive = code >= 200 && code < 400;
    switch (verbId) {
      case Verb.USER:
        this.lastUser = exchange;
        if (code === 230 || code === 232) this.acceptLogin();
        else if (code >= 400 && !isTooLate(exchange)) this.refuseLogin();
        break;
      case Verb.PASS:
      case Verb.ACCT:
        if (code >= 200 && code < 300) this.acceptLogin();
        else if (code >= 400 && !isTooLate(exchange)) this.refuseLogin();
        break;
      case Verb.AUTH:
        if (code === 234 || code === 334) this.authAccepted = true;
        else if (code >= 400) this.authRefused = true;
        else this.authUnanswered = true;
        break;
      case Verb.PBSZ:
        if (positive) this.protectionBuffer = true;
        break;
      case Verb.PROT:
        if (positive) this.protection = this.letterOf(exchange) === 'P' ? 'P' : 'C';
        break;
      case Verb.TYPE:
        if (positive) this.type = this.letterOf(exchange) === 'A' ? 'ascii' : 'image';
        break;
      case Verb.REST:
        this.restart = positive ? exchange : null;
        break;
      case Verb.ALLO:
        this.allocated = exchange;
        break;
      case Verb.SIZE:
        this.sizes.push(exchange);
        if (this.sizes.length > SIZES_KEPT) this.sizes.shift();
        break;
      case Verb.ABOR:
        if (this.transfer !== null && isRunning(this.transfer, exchange)) this.transfer.aborted = true;
        break;
      case Verb.PWD:
      case Verb.XPWD:
      case Verb.CWD:
      case Verb.XCWD:
      case Verb.CDUP:
        if (positive) this.directory = exchange;
        break;
    }
  }

  get userExchange(): LoggedExchange | null {
    return this.acceptedUser ?? this.lastUser;
  }

  private acceptLogin(): void {
    this.loginAccepted = true;
    this.acceptedUser = this.lastUser;
  }

  private refuseLogin(): void {
    this.loginRefused = true;
  }

  private setUp(exchange: LoggedExchange, index: number): void {
    // RFC 2428 section 4: EPSV ALL announces, it does not set up.
    if (exchange.verbId === Verb.EPSV && /^\s*ALL\s*$/i.test(exchange.argument ?? '')) return;
    const connection = new LoggedDataConnection(this.log, index, exchange, this.control);
    this.connections.push(connection);
    this.waiting = connection.accepted || exchange.final === null ? this.connections.length - 1 : -1;
  }

  private begin(command: LoggedExchange | null, index: number | null, announced: LoggedRemark | null): void {
    const waiting = this.waiting;
    const connection = waiting >= 0 ? this.connections[waiting]! : null;
    const transfer = new LoggedTransfer(this.log, command, index, announced, connection, waiting >= 0 ? waiting : null);
    transfer.type = this.type;
    if (connection !== null && connection.tls === null && this.protection === 'P' && command?.preliminary != null)
      connection.tls = true;
    if (command !== null) {
      if (this.restart !== null && transfer.direction !== 'listing')
        transfer.restartOffset = numberOf(this.log, this.restart);
      if (transfer.direction === 'download')
        transfer.size = this.sizes.findLast((size) => sameArgument(this.log, size, command)) ?? null;
      if (transfer.direction === 'upload' && this.allocated !== null)
        transfer.allocated = numberOf(this.log, this.allocated);
    }
    transfer.directory = this.directory;
    if (transfer.direction !== 'listing') this.linkAttempt(transfer);
    this.restart = null;
    this.allocated = null;
    this.waiting = -1;
    this.announced = null;
    this.transfer = transfer;
    this.transfers.push(transfer);
  }

  /** A try of a path that the session tried before. */
  private linkAttempt(transfer: LoggedTransfer): void {
    const { command } = transfer;
    const before = this.transfers[this.transfers.length - 1];
    if (command === null || before?.command == null || before.direction !== transfer.direction) return;
    if (!sameArgument(this.log, before.command, command) || isPlainSuccess(before)) return;
    transfer.attempt = before.attempt + 1;
    transfer.retryOf = { session: '', transfer: this.transfers.length - 1 };
  }

  private takeRemark(remark: LoggedRemark): void {
    switch (remark.note) {
      case Note.TransferStarted:
        if (this.announced !== null && this.commandsHidden) this.begin(null, null, this.announced);
        this.announced = remark;
        return;
      case Note.TransferType:
        if (this.announced !== null) this.type = remark.value === 0 ? 'ascii' : 'image';
        return;
      case Note.LoginAccepted:
        this.loginAccepted = true;
        return;
      case Note.LoginRefused:
        this.loginRefused = true;
        return;
      case Note.TransferDone:
      case Note.TransferFailed:
        if (
          this.announced !== null &&
          (this.commandsHidden || remark.note === Note.TransferDone) &&
          !this.isOpenFor(this.announced)
        )
          this.begin(null, null, this.announced);
        break;
    }
    const connection = this.waiting >= 0 ? this.connections[this.waiting]! : (this.transfer?.connection ?? null);
    if (connection !== null && isAboutConnection(remark.note)) connection.remark(remark);
    // Once the next set-up command is sent, what the program remarks is no longer about the transfer before it.
    if (this.transfer !== null && this.waiting < 0 && !this.isBehind(this.transfer)) this.transfer.remark(remark);
  }

  /** Whether another transfer was announced, or another command sent after the final reply: remarks then speak of that. */
  private isBehind(transfer: LoggedTransfer): boolean {
    if (this.announced !== null && this.announced.order > transfer.order) return true;
    const final = transfer.command?.final ?? null;
    return final !== null && this.lastCommand > final.order;
  }

  /** Whether the transfer at hand is the one that was announced and still runs. */
  private isOpenFor(announced: LoggedRemark): boolean {
    return this.transfer !== null && this.transfer.order > announced.order;
  }

  private letterOf(exchange: LoggedExchange): string {
    return String.fromCharCode((this.log.bytes[this.log.textStart(exchange.order)] ?? 0) & 0xdf);
  }
}

/** The server had closed the session before: its 421 answers whatever comes next. */
function isTooLate({ final }: LoggedExchange): boolean {
  return final?.code === 421 && namesTimeLimit(final.text);
}

function isAboutConnection(note: number): boolean {
  return (
    (note >= Note.DataAttempt && note <= Note.DataClosed) ||
    note === Note.DataTlsConnected ||
    note === Note.DataTlsFailed ||
    note === Note.TlsResumed ||
    note === Note.TlsNotResumed
  );
}

/** Whether ABOR came while the transfer ran: after its command, before its final reply. */
function isRunning(transfer: LoggedTransfer, abor: LoggedExchange): boolean {
  const final = transfer.command?.final ?? null;
  return transfer.command !== null && (final === null || final.order > abor.order);
}

function isPlainSuccess(transfer: LoggedTransfer): boolean {
  const code = transfer.finalCode ?? 0;
  return code >= 200 && code < 300 && transfer.failure === null && transfer.error === null && !transfer.aborted;
}

/** What the transfer's end says of its data connection. */
function settleConnection(transfer: LoggedTransfer): void {
  const { connection } = transfer;
  if (connection === null || connection.outcome === 'unreachable') return;
  if (transfer.outcome === 'completed' || transfer.outcome === 'aborted' || transfer.flowed) {
    connection.outcome = 'used';
    return;
  }
  if (transfer.finalCode === 425 || transfer.hadNoConnection) {
    connection.outcome = 'unreachable';
    connection.failure ??= 'never-came';
  } else if (transfer.command?.preliminary != null && connection.outcome === 'unknown') connection.outcome = 'used';
}
