import { type Failure, Note } from '../event.ts';
import { CurlConnection, type Target } from './curl-connection.ts';
import type { CurlEvents } from './curl-events.ts';
import { failureIn } from './failures.ts';

/** No connection number is named. */
export const UNNUMBERED = -1;
/** Connections that are remembered by number. */
const NUMBERED_MAX = 1000;

/**
 * The control connections of a transcript, one session each. Finds out where one ends and the next begins, and for
 * which connection, control or data, an attempt is made: curl uses the same words for both.
 */
export class CurlConnections {
  /** The connection of the line at hand; null before the first. */
  current: CurlConnection | null = null;
  /** Whether the meter of parallel transfers was seen. */
  parallel = false;
  /** Whether several connections speak at once and no line says which. */
  mixed = false;

  private readonly events: CurlEvents;
  private readonly numbered = new Map<number, CurlConnection>();
  private nextKey = 0;
  /** The number that stands before the line (`--trace-ids`). */
  private tag = UNNUMBERED;
  private commandLine: { readonly text: string; readonly line: number } | null = null;

  constructor(events: CurlEvents) {
    this.events = events;
  }

  /** The connection that a remark is about; one that began before the transcript if none is known. */
  get here(): CurlConnection {
    return this.current ?? this.begin('connected');
  }

  /** The connection with that number; the one at hand if none has it. */
  find(number: number): CurlConnection | null {
    return this.numbered.get(number) ?? this.current;
  }

  /** Turns to the connection that the line names, {@link UNNUMBERED} for none. */
  turnTo(number: number): void {
    this.tag = number;
    if (number === UNNUMBERED) return;
    const known = this.numbered.get(number);
    if (known !== undefined) this.current = known;
    else if (this.current?.number === null && this.current.stage === 'trying') this.name(this.current, number);
    else this.current = null;
  }

  /** A new run of curl begins; its command line is kept for the session that follows. */
  beginRun(commandLine: string, line: number): void {
    this.commandLine = { text: commandLine, line };
    this.numbered.clear();
    this.current?.rest('closed');
    this.mixed = this.parallel = false;
  }

  begin(stage: 'trying' | 'connected'): CurlConnection {
    const connection = new CurlConnection(this.nextKey++, stage);
    this.current = connection;
    if (this.tag !== UNNUMBERED) this.name(connection, this.tag);
    if (this.commandLine !== null) {
      this.events.sayCommandLine(connection, this.commandLine.text, this.commandLine.line);
      this.commandLine = null;
    }
    return connection;
  }

  /** The connection that a command or reply goes over. It stands, then, whatever lines before it are lost. */
  speaking(isQuit: boolean): CurlConnection {
    let connection = this.current;
    if (connection === null || (connection.stage === 'closed' && !isQuit && !connection.busy))
      connection = this.begin('connected');
    if (connection.stage === 'trying') {
      const { host, port } = connection;
      const target = connection.attempt ?? (host === null ? null : { address: host, port });
      if (target !== null) this.open(connection, target);
      connection.stage = 'connected';
    }
    return connection;
  }

  /** curl is about to connect to `host`. */
  announce(host: string, port: number, number: number): void {
    if (this.mixed) return;
    const connection = this.begin('trying');
    connection.host = host;
    connection.port = port;
    if (number !== UNNUMBERED) this.name(connection, number);
  }

  /** An attempt begins: on the data connection if one is awaited, else on the control connection. */
  attempt(target: Target): void {
    if (this.isForData(target)) {
      const connection = this.here;
      const port = target.port || (connection.dataTarget?.port ?? 0);
      connection.attempt = { address: target.address, port };
      this.aim(connection.attempt);
    } else if (this.isAnother(target)) this.mix();
    else {
      const connection = this.current?.stage === 'trying' ? this.current : this.begin('trying');
      connection.attempt = { address: target.address, port: target.port || connection.port };
      this.events.say(connection, Note.ConnectAttempt, connection.attempt);
    }
  }

  /** The attempt before ended: `connected`, or why not. */
  settle(result: string): void {
    const connection = this.current;
    if (connection === null || connection.attempt === null) return;
    const { attempt } = connection;
    if (result !== 'connected') this.fail(failureIn(result), null);
    else if (connection.awaitsData) this.openData(attempt.address);
    else if (connection.stage === 'trying') this.open(connection, attempt);
  }

  /** `Connected to`: the data connection if one is awaited, else the control connection. Returns it if it is new. */
  connect(target: Target, host: string | null, number: number): CurlConnection | null {
    let connection = this.current;
    if (connection?.awaitsData) {
      this.openData(target.address);
      return null;
    }
    if (this.mixed) return null;
    if (connection !== null && this.isRepetition(connection, number, host)) {
      // Where the beginning is lost, this is the only place that names the server.
      if (connection.reused && !connection.isNamed) this.events.say(connection, Note.ConnectionReused, target);
      connection.reused = false;
      return null;
    }
    if (connection?.stage !== 'trying') {
      if (connection?.busy && this.parallel) {
        this.mix();
        return null;
      }
      connection = this.begin('trying');
    }
    connection.host ??= host;
    if (number !== UNNUMBERED) this.name(connection, number);
    this.open(connection, { address: target.address, port: target.port || connection.port });
    return connection;
  }

  /**
   * The data connection stands; `port` is 0 where curl names the control connection's instead of its own (before 8.7).
   */
  openData(address: string | null, port = 0): void {
    const connection = this.here;
    if (connection.data === 'open' || (this.mixed && port === 0)) return;
    connection.data = 'open';
    connection.attempt = null;
    this.events.say(connection, Note.DataConnected, { address, port: port || (connection.dataTarget?.port ?? 0) });
  }

  /** curl says where the data connection goes; it may say so twice, and until 7.23 only once that stands. */
  aim(target: Target): void {
    const connection = this.here;
    const known = connection.dataTarget;
    connection.awaitData();
    connection.dataTarget = target;
    const isTold = connection.data === 'tried' || connection.data === 'open';
    if (this.mixed) connection.data = 'asked';
    else if (isTold && known?.address === target.address && known.port === target.port) return;
    if (connection.data !== 'open') connection.data = 'tried';
    this.events.say(connection, connection.data === 'open' ? Note.DataConnected : Note.DataAttempt, target);
  }

  /** An attempt failed; `named` is the one that the remark names. */
  fail(failure: Failure, named: Target | null): void {
    const connection = this.current ?? this.begin('trying');
    const { attempt, dataTarget } = connection;
    if (connection.awaitsData) {
      connection.data = 'failed';
      connection.attempt = null;
      const address = named?.address ?? dataTarget?.address ?? null;
      this.events.say(connection, Note.DataFailed, { address, port: dataTarget?.port ?? 0, failure });
    } else if (connection.stage === 'trying' && !this.mixed) {
      const target = named ?? attempt ?? { address: connection.host, port: connection.port };
      if (named === null || named.address === attempt?.address) connection.attempt = null;
      this.events.say(connection, Note.ConnectFailed, { ...target, failure });
    } else this.events.say(connection, Note.Other);
  }

  /** curl gives up: a verdict over attempts whose failures may have been told one by one. `host`: it has no address. */
  giveUp(failure: Failure, host: string | null): void {
    const isFirst = this.current === null || (host !== null && this.current.stage !== 'trying');
    const connection = isFirst && !this.current?.awaitsData ? this.begin('trying') : this.here;
    const isTrying = connection.stage === 'trying' && !this.mixed;
    const isNews = connection.awaitsData || (isTrying && (isFirst || host !== null || connection.attempt !== null));
    if (isNews) this.fail(failure, host === null ? null : { address: host, port: 0 });
    else this.events.say(connection, Note.Other);
    if (isTrying) connection.rest('closed');
  }

  /** curl goes on with a connection that it kept. */
  reuse(number: number, host: string | null): void {
    if (this.mixed) return;
    const known = number !== UNNUMBERED ? this.numbered.get(number) : this.findIdle(host);
    const last = this.current?.stage === 'idle' ? this.current : null;
    const connection = known ?? last ?? this.begin('connected');
    connection.rest('idle');
    connection.stage = 'connected';
    connection.reused = true;
    connection.host ??= host;
    if (number !== UNNUMBERED) this.name(connection, number);
    this.current = connection;
    this.events.say(connection, Note.ConnectionReused);
  }

  /** curl keeps the connection for later. */
  keep(number: number, host: string | null): void {
    const connection = this.find(number);
    if (connection === null || this.mixed) return;
    connection.host ??= host;
    if (connection.number === null && number !== UNNUMBERED) this.name(connection, number);
    connection.rest('idle');
  }

  close(number: number): void {
    const connection = this.find(number);
    if (connection === null || connection.isOver || this.mixed) return;
    connection.rest('closed');
    connection.isOver = true;
    this.events.sayDisconnected(connection);
  }

  /** What was connected is a proxy. */
  passProxy(server: Target): void {
    const connection = this.here;
    if (connection.inDataPhase) return;
    connection.proxied = true;
    this.events.say(connection, Note.ProxyPassed, server);
  }

  private open(connection: CurlConnection, target: Target): void {
    connection.stage = 'connected';
    connection.attempt = null;
    connection.isNamed = true;
    this.events.sayConnected(connection, target);
  }

  private isForData(target: Target): boolean {
    const connection = this.current;
    if (connection === null || connection.stage !== 'connected' || !connection.passive) return false;
    if (connection.data === 'none' || connection.data === 'open') return false;
    const expected = connection.dataTarget?.port ?? 0;
    // Another port than agreed on: lines are missing, and a new run has begun. Through a proxy all ports are its own.
    return connection.proxied || expected === 0 || target.port === 0 || target.port === expected;
  }

  /** Whether an attempt cannot be that of the connection which tries or speaks: curl makes several at once. */
  private isAnother(target: Target): boolean {
    const connection = this.current;
    if (this.mixed) return true;
    if (connection === null || this.tag !== UNNUMBERED) return false;
    if (connection.stage !== 'trying') return this.parallel && connection.stage === 'connected' && connection.busy;
    const { attempt } = connection;
    if (attempt === null) return false;
    return this.parallel || (attempt.address === target.address && attempt.port === target.port);
  }

  /** Whether `Connected to` only repeats what is known: curl says it again of a connection taken up, and after TLS. */
  private isRepetition(connection: CurlConnection, number: number, host: string | null): boolean {
    if (connection.stage !== 'connected' || connection.ended) return false;
    if (connection.reused) return true;
    if (number !== UNNUMBERED && connection.number !== null) return number === connection.number;
    if (number !== UNNUMBERED) this.name(connection, number);
    return connection.host === null || host === null || connection.host === host;
  }

  private mix(): void {
    if (this.mixed) return;
    this.mixed = true;
    this.events.say(this.here, Note.SessionsMixed);
  }

  private findIdle(host: string | null): CurlConnection | undefined {
    let idle: CurlConnection | undefined;
    for (const connection of this.numbered.values())
      if (connection.stage === 'idle' && (idle === undefined || connection.host === host)) idle = connection;
    return idle;
  }

  /** Gives the connection its number. Numbers only grow within a run, so one that is in use again is of another run. */
  private name(connection: CurlConnection, number: number): void {
    const known = this.numbered.get(number);
    if (known === connection) return;
    if (known !== undefined && known.stage !== 'closed') this.numbered.clear();
    if (this.numbered.size >= NUMBERED_MAX) this.numbered.clear();
    connection.number = number;
    this.numbered.set(number, connection);
  }
}
