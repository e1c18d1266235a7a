import { Failure, Note } from '../event.ts';
import { classifyAddress, endpointOf } from '../ftp/addresses.ts';
import {
  dotted,
  extendedPortAt,
  hostPortAt,
  isUnroutableIpv4,
  type NumericHostPort,
  readExtendedHostPort,
  readExtendedPort,
  readHostPort,
} from '../ftp/endpoints.ts';
import { isSetupAccepted, saysNeverConnected } from '../ftp/replies.ts';
import { Verb } from '../ftp/verbs.ts';
import type { DataCommand, Endpoint, Family } from '../report.ts';
import { isoText } from './clock.ts';
import type { EventLog } from './event-log.ts';
import type { LoggedExchange, LoggedRemark } from './exchanges.ts';
import type * as session from './session.ts';

/** What a data connection needs to know of its session. */
export interface ControlConnection {
  readonly controlFamily: Family;
  readonly serverAddress: string | null;
}

const FAILURES: Readonly<Record<number, session.DataConnection['failure']>> = {
  [Failure.Timeout]: 'timeout',
  [Failure.Refused]: 'refused',
  [Failure.Reset]: 'reset',
  [Failure.NoRoute]: 'no-route',
  [Failure.Tls]: 'tls',
  [Failure.NeverCame]: 'never-came',
};

/** Reused by all readings: nothing of it outlives a call. */
const NUMERIC: NumericHostPort = { address: 0, port: 0 };

/** A data connection that a command set up, or tried to. */
export class LoggedDataConnection implements session.DataConnection {
  readonly exchange: number;
  readonly setup: LoggedExchange;
  readonly command: DataCommand;
  readonly accepted: boolean;
  /** The remarks about it, in order. */
  readonly remarks: LoggedRemark[] = [];
  private readonly control: ControlConnection;
  private readonly log: EventLog;
  outcome: session.DataConnection['outcome'];
  failure: session.DataConnection['failure'] = null;
  openMs: number | null = null;
  closeMs: number | null = null;
  private dated = false;
  tls: boolean | null = null;
  tlsResumed: boolean | null = null;
  private offered: { address: string | null; port: number | null; protocol: number } | null = null;

  constructor(log: EventLog, index: number, setup: LoggedExchange, control: ControlConnection) {
    this.log = log;
    this.exchange = index;
    this.setup = setup;
    this.control = control;
    this.command = setup.verb as DataCommand;
    const code = setup.final?.code ?? 0;
    this.accepted = code !== 0 && isSetupAccepted(setup.verbId, code);
    this.outcome = code >= 400 ? 'refused' : 'unknown';
    if (code < 400 || !saysNeverConnected(code, setup.final!.text)) return;
    this.outcome = 'unreachable';
    this.failure = 'never-came';
  }

  get mode(): 'passive' | 'active' {
    const { verbId } = this.setup;
    return verbId === Verb.EPSV || verbId === Verb.PASV || verbId === Verb.LPSV ? 'passive' : 'active';
  }

  get argument(): string | null {
    return this.setup.argument;
  }

  get line(): number {
    return this.setup.line;
  }

  get replyCode(): number | null {
    return this.setup.final?.code ?? null;
  }

  /** The port of 227, 229, PORT or EPRT as written; null if it cannot be read. */
  get offeredPort(): number | null {
    return this.readOffer().port;
  }

  /** The port that the client says it went to, where the reply itself is blotted out. */
  get observedPort(): number | null {
    if (!this.accepted) return null;
    return this.remarks.find(({ note, port }) => note === Note.DataAttempt && port !== null)?.port ?? null;
  }

  /** Whether the reply named a port that cannot be used: malformed, or none. */
  get unreadable(): boolean {
    if (!this.accepted || this.mode !== 'passive' || this.quickPort() !== 0) return false;
    const { log, setup } = this;
    // Some logs show the code alone.
    if (log.textEnd(setup.final!.order) <= log.textStart(setup.final!.order)) return false;
    return this.readOffer().port === null && this.observedPort === null;
  }

  get endpoint(): Endpoint {
    const { address, port } = this.readOffer();
    if (this.command === 'EPSV' && this.accepted) return endpointOf(this.control.serverAddress, port);
    return endpointOf(address, port);
  }

  get connectedTo(): Endpoint | null {
    for (let i = this.remarks.length - 1; i >= 0; i--) {
      const remark = this.remarks[i]!;
      const named =
        remark.note === Note.DataAttempt ||
        remark.note === Note.DataConnected ||
        remark.note === Note.DataAddressReplaced;
      if (named && remark.address !== null) return endpointOf(remark.address, remark.port ?? this.offeredPort);
    }
    return null;
  }

  get family(): Family {
    return this.known().family;
  }

  get familyBasis(): session.DataConnection['familyBasis'] {
    return this.known().basis;
  }

  /** Takes a remark about this connection. */
  remark(remark: LoggedRemark): void {
    this.remarks.push(remark);
    switch (remark.note) {
      case Note.DataConnected:
        this.outcome = 'used';
        this.failure = null;
        this.openMs ??= remark.atMs;
        break;
      case Note.DataFailed:
      case Note.DataTlsFailed:
        if (this.outcome !== 'used' || remark.note === Note.DataTlsFailed) this.outcome = 'unreachable';
        this.failure = remark.note === Note.DataTlsFailed ? 'tls' : (FAILURES[remark.failure] ?? this.failure);
        break;
      case Note.DataTlsConnected:
        this.tls = true;
        this.outcome = 'used';
        break;
      case Note.TlsResumed:
        this.tlsResumed = true;
        break;
      case Note.TlsNotResumed:
        this.tlsResumed = false;
        this.failure = 'tls';
        break;
      case Note.DataBroken:
        this.failure = FAILURES[remark.failure] ?? this.failure;
        break;
    }
  }

  get openedAt(): string | null {
    return this.dated && this.openMs !== null ? isoText(this.openMs) : null;
  }

  get closedAt(): string | null {
    return this.dated && this.closeMs !== null ? isoText(this.closeMs) : null;
  }

  /** The transfer over it began (1yz) and ended. `dated`: the transcript prints dates. */
  use(openMs: number | null, closeMs: number | null, dated: boolean): void {
    this.openMs ??= openMs;
    this.closeMs = closeMs;
    this.dated = dated;
  }

  private known(): { family: Family; basis: session.DataConnection['familyBasis'] } {
    // 227 and PORT have room for IPv4 addresses only (RFC 959 section 4.1.2).
    if (this.command === 'PORT' || (this.command === 'PASV' && this.accepted)) return IPV4_BY_ADDRESS;
    if (this.command === 'EPSV') {
      const { controlFamily } = this.control;
      if (controlFamily !== 'unknown') return { family: controlFamily, basis: 'control-connection' };
      const observed = this.connectedTo;
      if (observed !== null && observed.family !== 'unknown') return { family: observed.family, basis: 'observed' };
      const argument = this.argument?.trim();
      if (argument === '1') return { family: 'ipv4', basis: 'argument' };
      if (argument === '2') return { family: 'ipv6', basis: 'argument' };
      return { family: 'unknown', basis: null };
    }
    const { address, protocol } = this.readOffer();
    if (this.command === 'EPRT') {
      if (protocol === 1) return { family: 'ipv4', basis: 'argument' };
      if (protocol === 2) return { family: 'ipv6', basis: 'argument' };
    }
    const family = address === null ? 'unknown' : classifyAddress(address).family;
    return { family, basis: family === 'unknown' ? null : 'address' };
  }

  /** Whether 227 or PORT names an address that the internet does not route; false where none can be read. */
  get isUnroutable(): boolean {
    const { order, isArgument } = this.offerAt();
    if (order < 0 || (this.command !== 'PASV' && this.command !== 'PORT')) return false;
    if (!isArgument && !this.accepted) return false;
    const { log } = this;
    return (
      hostPortAt(log.bytes, log.textStart(order), log.textEnd(order), NUMERIC) && isUnroutableIpv4(NUMERIC.address)
    );
  }

  /** The event whose text names the endpoint: the command in active mode, else its reply. */
  private offerAt(): { order: number; isArgument: boolean } {
    const isArgument = this.mode === 'active';
    return { order: isArgument ? this.setup.order : (this.setup.final?.order ?? -1), isArgument };
  }

  /** The port by bytes alone; 0 where the text is in no usual form. */
  private quickPort(): number {
    const { order } = this.offerAt();
    if (order < 0 || !this.accepted) return 0;
    const { log } = this;
    const start = log.textStart(order);
    const end = log.textEnd(order);
    if (this.command === 'EPSV') return extendedPortAt(log.bytes, start, end);
    if (this.command === 'PASV') return hostPortAt(log.bytes, start, end, NUMERIC) ? NUMERIC.port : 0;
    return 0;
  }

  private readOffer(): { address: string | null; port: number | null; protocol: number } {
    if (this.offered !== null) return this.offered;
    let address: string | null = null;
    let port: number | null = null;
    let protocol = 0;
    if (this.command === 'EPRT') {
      const read = readExtendedHostPort(this.argument ?? '');
      if (read !== null) ({ address, port, protocol } = read);
    } else if (this.command === 'PORT') {
      const read = readHostPort(this.argument ?? '');
      if (read !== null) ({ address, port } = read);
    } else if (this.accepted) {
      const quick = this.quickPort();
      if (this.command === 'EPSV') port = quick !== 0 ? quick : readExtendedPort(this.setup.final!.text);
      else if (this.command === 'PASV') {
        const read =
          quick !== 0 ? { address: dotted(NUMERIC.address), port: quick } : readHostPort(this.setup.final!.text);
        if (read !== null) ({ address, port } = read);
      }
    }
    this.offered = { address, port, protocol };
    return this.offered;
  }
}

const IPV4_BY_ADDRESS = { family: 'ipv4', basis: 'address' } as const;

/** Attempts with one set-up verb, without `EPSV ALL`. */
export function negotiationOf(
  connections: readonly LoggedDataConnection[],
  command: DataCommand,
): session.Session['epsv'] {
  let attempts = 0;
  let first: LoggedDataConnection | null = null;
  let port: number | null = null;
  for (const connection of connections) {
    if (connection.command !== command) continue;
    attempts++;
    first ??= connection;
    if (port === null) port = connection.offeredPort ?? connection.observedPort;
  }
  if (first === null) return NO_NEGOTIATION;
  return { attempts, argument: first.argument, replyCode: first.replyCode, port };
}

const NO_NEGOTIATION: session.Session['epsv'] = { attempts: 0, argument: null, replyCode: null, port: null };
