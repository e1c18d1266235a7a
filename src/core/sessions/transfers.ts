import { textOf } from '../bytes/text.ts';
import { Note } from '../event.ts';
import { saysNeverConnected } from '../ftp/replies.ts';
import { Verb } from '../ftp/verbs.ts';
import type { Outcome } from '../report.ts';
import { isoText } from './clock.ts';
import type { LoggedDataConnection } from './data-connections.ts';
import type { EventLog } from './event-log.ts';
import type { LoggedExchange, LoggedRemark } from './exchanges.ts';
import type * as session from './session.ts';

const DIRECTIONS = ['download', 'upload', 'listing'] as const;
/** FileZilla Server 1.x reports a broken data connection as 425 after the 1yz; its words name what it was doing. */
const BROKEN_425 = /^Error (?:while )?(?:transfer+ing|reading|writing)/i;
/** Servers that print the size in the 1yz reply: vsftpd, ProFTPD, pyftpdlib, IIS. */
const SIZE_IN_PRELIMINARY = /\(\s*(\d{1,18})\s*(?:bytes|octets|Bytes|байт)/;
const QUOTED_DIRECTORY = /"((?:[^"]|"")+)"/;
const QUOTED_PATH = /"(\/(?:[^"]|"")*)"/;

/** A transfer and what the transcript says of it. */
export class LoggedTransfer implements session.Transfer {
  private readonly log: EventLog;
  /** The exchange of its verb; null where only its result is shown. */
  readonly command: LoggedExchange | null;
  readonly exchange: number | null;
  /** The remark that announced it, where no command is shown. */
  readonly announced: LoggedRemark | null;
  readonly connection: LoggedDataConnection | null;
  readonly dataConnection: number | null;
  type: session.Transfer['type'] = null;
  restartOffset: number | null = null;
  /** The SIZE exchange that asked for the same path, if any. */
  size: LoggedExchange | null = null;
  allocated: number | null = null;
  /** The last PWD, CWD or CDUP that was answered well before it. */
  directory: LoggedExchange | null = null;
  attempt = 1;
  retryOf: session.Transfer['retryOf'] = null;
  outcome: Outcome = 'unfinished';
  endMs: number | null = null;
  transferredBytes: number | null = null;
  bytesExact = true;
  /** The client's own words on the transfer. */
  failure: LoggedRemark | null = null;
  done: LoggedRemark | null = null;
  error: LoggedRemark | null = null;
  stopped = false;
  cut = false;
  flowed = false;
  broken = false;
  aborted = false;
  private expected: number | null = null;
  lastLine: number;

  constructor(
    log: EventLog,
    command: LoggedExchange | null,
    exchange: number | null,
    announced: LoggedRemark | null,
    connection: LoggedDataConnection | null,
    dataConnection: number | null,
  ) {
    this.log = log;
    this.command = command;
    this.exchange = exchange;
    this.announced = announced;
    this.connection = connection;
    this.dataConnection = dataConnection;
    this.lastLine = this.firstLine;
  }

  get order(): number {
    return this.command?.order ?? this.announced!.order;
  }

  get firstLine(): number {
    return this.command?.line ?? this.announced!.line;
  }

  get verb(): string | null {
    return this.command?.verb ?? null;
  }

  get direction(): session.Transfer['direction'] {
    switch (this.command?.verbId) {
      case Verb.RETR:
        return 'download';
      case Verb.STOR:
      case Verb.APPE:
      case Verb.STOU:
        return 'upload';
      case undefined:
        return DIRECTIONS[this.announced!.value] ?? 'download';
      default:
        return 'listing';
    }
  }

  get path(): string | null {
    return this.command !== null ? this.command.argument : this.announced!.text || null;
  }

  get fullPath(): string | null {
    for (const reply of this.command?.replies ?? []) {
      const quoted = QUOTED_PATH.exec(reply.text);
      if (quoted !== null) return quoted[1]!.replaceAll('""', '"');
    }
    const { path } = this;
    if (path?.startsWith('/')) return path;
    const workingDirectory = this.directory === null ? null : directoryOf(this.directory);
    if (path === null || path === '' || (this.direction === 'listing' && path.startsWith('-'))) return workingDirectory;
    return workingDirectory === null ? null : `${workingDirectory.replace(/\/$/, '')}/${path}`;
  }

  get announcedBytes(): number | null {
    const sized = this.size?.final;
    if (sized?.code === 213) {
      const bytes = Number.parseInt(sized.text, 10);
      if (Number.isSafeInteger(bytes) && bytes >= 0) return bytes;
    }
    const preliminary = this.command?.preliminary;
    if (preliminary != null) {
      const match = SIZE_IN_PRELIMINARY.exec(preliminary.text);
      if (match !== null) return Number(match[1]);
    }
    return this.expected ?? this.allocated;
  }

  get startMs(): number | null {
    return this.command === null ? this.announced!.atMs : (this.command.preliminary?.atMs ?? this.command.atMs);
  }

  get startedAt(): string | null {
    return this.iso(this.startMs);
  }

  get endedAt(): string | null {
    return this.iso(this.endMs);
  }

  get durationMs(): number | null {
    const { startMs, endMs } = this;
    return startMs === null || endMs === null ? null : Math.max(0, endMs - startMs);
  }

  get finalCode(): number | null {
    return this.command?.final?.code ?? null;
  }

  get clientError(): session.Transfer['clientError'] {
    const { error, failure } = this;
    // With its number curl prints the first message that it had, which need not be about the timeout that ended it.
    const told = failure?.note === Note.ClientTimeout ? failure : (error ?? failure);
    if (told === null) return null;
    const code = error === null || Number.isNaN(error.value) ? null : error.value;
    return { line: told.line, code, text: told.text };
  }

  /** Takes a remark that fell while the transfer was the last one begun. */
  remark(remark: LoggedRemark): void {
    this.lastLine = Math.max(this.lastLine, remark.line);
    const { value } = remark;
    switch (remark.note) {
      case Note.DataFlowing:
        this.flowed = true;
        return;
      case Note.AnnouncedBytes:
        this.expected = value;
        return;
      case Note.TransferredBytes:
        this.countBytes(remark);
        return;
      case Note.TransferDone:
        this.done = remark;
        this.countBytes(remark);
        break;
      case Note.TransferCut:
        this.cut = true;
        this.failure ??= remark;
        break;
      case Note.TransferStopped:
        this.stopped = true;
        this.failure ??= remark;
        break;
      case Note.TransferFailed:
        this.countBytes(remark);
        this.failure ??= remark;
        break;
      case Note.ClientError:
        this.error ??= remark;
        break;
      case Note.DataBroken:
        this.broken = true;
        this.failure ??= remark;
        break;
      case Note.ClientTimeout:
      case Note.ConnectionLost:
      case Note.DataFailed:
      case Note.DataTlsFailed:
        this.failure ??= remark;
        break;
      default:
        return;
    }
    this.end(remark.atMs);
  }

  /** Settles the outcome. `closed`: the log shows that the session ended after this transfer, or the server said 421. */
  settle(closed: boolean): void {
    const { command } = this;
    if (command !== null && command.replies.length > 0)
      this.lastLine = Math.max(this.lastLine, command.replies[command.replies.length - 1]!.lastLine);
    const final = command?.final ?? null;
    if (final !== null) this.endMs = final.atMs ?? this.endMs;
    this.outcome = this.judge(closed);
  }

  private judge(closed: boolean): Outcome {
    const { command } = this;
    const final = command?.final ?? null;
    const began = command !== null && command.preliminary !== null;
    const clientFailed = this.failure !== null || this.error !== null;
    if (final === null) {
      if (this.done !== null && !clientFailed) return 'completed';
      if (this.aborted) return 'aborted';
      if (clientFailed)
        return this.moved || (began && (this.stopped || this.broken || this.cut)) ? 'aborted' : 'failed';
      return closed && began ? 'aborted' : 'unfinished';
    }
    const { code } = final;
    if (code < 300) {
      if (this.aborted || (this.stopped && !this.isWhole)) return 'aborted';
      return clientFailed && !this.stopped ? 'failed' : 'completed';
    }
    if (code < 400) return 'unfinished';
    // A log of one line for each command shows no 1yz; 426 alone says that a data connection was closed (RFC 959 section 4.2).
    if (this.hadNoConnection) return 'failed';
    if (!began && !this.moved) return code === 426 ? 'aborted' : 'failed';
    if (code === 426 || code === 451 || code === 421) return 'aborted';
    return code === 425 && BROKEN_425.test(final.text) ? 'aborted' : 'failed';
  }

  /** Whether the server says that no data connection came about. */
  get hadNoConnection(): boolean {
    const final = this.command?.final ?? null;
    return final !== null && final.code >= 400 && saysNeverConnected(final.code, final.text);
  }

  /** Whether bytes are known to have flowed. */
  private get moved(): boolean {
    return this.flowed || this.broken || this.cut || (this.transferredBytes !== null && this.transferredBytes > 0);
  }

  private get isWhole(): boolean {
    return this.transferredBytes !== null && this.transferredBytes === this.announcedBytes;
  }

  private countBytes(remark: LoggedRemark): void {
    if (Number.isNaN(remark.value)) return;
    this.transferredBytes = remark.value;
    this.bytesExact = remark.exact;
  }

  private end(ms: number | null): void {
    if (ms !== null) this.endMs = ms;
  }

  private iso(ms: number | null): string | null {
    return ms !== null && this.log.printsDates ? isoText(ms) : null;
  }
}

/** Whether two commands have the same argument. */
export function sameArgument(log: EventLog, a: LoggedExchange, b: LoggedExchange): boolean {
  const startA = log.textStart(a.order);
  const startB = log.textStart(b.order);
  const length = log.textEnd(a.order) - startA;
  if (length !== log.textEnd(b.order) - startB) return false;
  for (let i = 0; i < length; i++) if (log.bytes[startA + i] !== log.bytes[startB + i]) return false;
  return true;
}

/** The number that an argument consists of, or null. */
export function numberOf(log: EventLog, exchange: LoggedExchange): number | null {
  const text = textOf(log.bytes, log.textStart(exchange.order), log.textEnd(exchange.order)).trim();
  return /^\d{1,18}$/.test(text) ? Number(text) : null;
}

/** The directory that a PWD, CWD or CDUP reply names, or that CWD asked for in absolute form. */
function directoryOf(exchange: LoggedExchange): string | null {
  const quoted = QUOTED_DIRECTORY.exec(exchange.final?.text ?? '');
  if (quoted !== null) return quoted[1]!.replaceAll('""', '"');
  const argument = exchange.verbId === Verb.CWD || exchange.verbId === Verb.XCWD ? exchange.argument : null;
  return argument?.startsWith('/') ? argument : null;
}
