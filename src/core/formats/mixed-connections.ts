/**
 * Control connections of a client whose transcript does not say which of them a line belongs to (FileZilla's message log, lftp,
 * telnet sessions pasted one below the other). With one connection there is nothing to decide; with several, replies go to
 * commands that they can answer, and commands to the connection whose turn it is.
 */

import { Fit, fitOf } from '../ftp/replies.ts';
import { isDataSetupVerb, isTransferVerb, Verb } from '../ftp/verbs.ts';
import { ReplyLines } from './control-lines.ts';

/** How far a control connection has come. */
export const Stage = {
  /** The transcript began in its middle. */
  Unknown: 0,
  /** The client tries to reach the server. */
  Connecting: 1,
  /** The last try failed. */
  Failed: 2,
  /** TCP stands, no greeting yet. */
  Connected: 3,
  /** The server has greeted. */
  Greeted: 4,
  LoggedIn: 5,
} as const;
export type Stage = (typeof Stage)[keyof typeof Stage];

const PENDING_MAX = 1000;
const CONNECTIONS_MAX = 64;

/** What is known of one control connection while its lines are read. */
export class ClientConnection {
  readonly key: number;
  readonly replies = new ReplyLines();
  stage: Stage = Stage.Unknown;
  /** Commands that wait for a final reply, oldest first. */
  readonly pending: number[] = [];
  /** The last command sent, 0 for none. */
  lastVerb = 0;
  /** The last command that got its final reply, and that reply. */
  answeredVerb = 0;
  answeredCode = 0;
  /** Whether a transfer's 1yz reply is the last one. */
  transferring = false;
  /** Port of the last 227 or 229, 0 for none. */
  passivePort = 0;
  /** TLS on this connection: not seen, in its handshake, standing. */
  tls: 'none' | 'handshake' | 'standing' = 'none';
  /** Reply lines so far. */
  replyCount = 0;
  /** Order of the last command and of the last line, to tell which is older. */
  sentAt = 0;
  touchedAt = 0;

  constructor(key: number) {
    this.key = key;
  }

  /** Takes note of a command that was sent. */
  send(verb: number): void {
    // A client sends its next command when a reply is complete; an open one has lost its last line.
    this.replies.open = 0;
    this.transferring = false;
    this.lastVerb = verb;
    if (this.stage < Stage.Connected && this.stage !== Stage.Unknown) this.stage = Stage.Connected;
    if (this.pending.length < PENDING_MAX) this.pending.push(verb);
  }

  /** Takes note of a complete reply. */
  answer(code: number): void {
    const verb = this.pending[0] ?? 0;
    if (code < 200) {
      this.transferring = isTransferVerb(verb);
      return;
    }
    this.transferring = false;
    if (this.pending.length > 0) {
      this.pending.shift();
      this.answeredVerb = verb;
    }
    this.answeredCode = code;
    if (code === 220 && verb === 0) this.stage = Stage.Greeted;
    else if (code === 230 || (code === 232 && verb !== 0) || (code === 202 && verb === Verb.PASS))
      this.stage = Stage.LoggedIn;
    else if (this.stage < Stage.Greeted && this.stage !== Stage.Unknown) this.stage = Stage.Greeted;
  }

  /** Whether the last command was answered by a port of the server's, and none was sent since. */
  get hasPortUnused(): boolean {
    const named = this.answeredCode === 227 || this.answeredCode === 228 || this.answeredCode === 229;
    return named && this.pending.length === 0 && this.lastVerb === this.answeredVerb;
  }

  /** Whether a transfer was asked for and its final reply has not come. */
  get isInTransfer(): boolean {
    return this.pending.some(isTransferVerb);
  }
}

/** The connections that are open at the same time, newest last. */
export class MixedConnections {
  private readonly connections: ClientConnection[] = [];
  private nextKey = 0;
  private clock = 0;
  /** The connection of the line before. */
  private last: ClientConnection | null = null;

  /** A new connection, with a key of its own. */
  begin(): ClientConnection {
    const connection = new ClientConnection(this.nextKey++);
    this.connections.push(connection);
    if (this.connections.length > CONNECTIONS_MAX) this.connections.shift();
    return this.touch(connection);
  }

  /** The connection is closed; no further line is its own, except remarks that follow at once. */
  end(connection: ClientConnection): void {
    const index = this.connections.indexOf(connection);
    if (index >= 0) this.connections.splice(index, 1);
  }

  /** The connection of the line before, ended or not; else the newest open one, else null. */
  get latest(): ClientConnection | null {
    return this.last ?? this.connections[this.connections.length - 1] ?? null;
  }

  /** The connection of the line before if it is still open, else the newest open one, else null. */
  get open(): ClientConnection | null {
    if (this.last !== null && this.connections.includes(this.last)) return this.last;
    return this.connections[this.connections.length - 1] ?? null;
  }

  /** The oldest open connection of which `holds` is true, or null. */
  find(holds: (connection: ClientConnection) => boolean): ClientConnection | null {
    return this.connections.find(holds) ?? null;
  }

  /** Takes note that the line at hand is the connection's. */
  touch(connection: ClientConnection): ClientConnection {
    connection.touchedAt = ++this.clock;
    this.last = connection;
    return connection;
  }

  /** The connection that sends a command with this verb. */
  sender(verb: number): ClientConnection {
    const chosen = this.best((connection) => this.turnOf(connection, verb)) ?? this.begin();
    chosen.sentAt = this.touch(chosen).touchedAt;
    return chosen;
  }

  /** The connection that a reply line comes from; `code` is 0 for a line without one. */
  receiver(code: number): ClientConnection {
    const open = this.latestOf(
      (connection) => connection.replies.open !== 0 && (code === 0 || code === connection.replies.open),
    );
    return this.touch(open ?? this.best((connection) => this.claimOf(connection, code)) ?? this.begin());
  }

  /** How much it is the connection's turn to send `verb`. */
  private turnOf(connection: ClientConnection, verb: number): number {
    let turn = connection.pending.length === 0 ? 8 : verb === Verb.ABOR && connection.isInTransfer ? 16 : 0;
    if (connection === this.last) turn += 4;
    const loggedIn = connection.stage === Stage.LoggedIn;
    if (isLoginVerb(verb)) turn += loggedIn ? -12 : 12;
    else if (isTransferVerb(verb) || isDataSetupVerb(verb))
      turn += loggedIn || connection.stage === Stage.Unknown ? 4 : -12;
    if (verb === Verb.PASS) turn += connection.answeredVerb === Verb.USER && connection.answeredCode < 400 ? 12 : -4;
    if (isTransferVerb(verb))
      turn += isDataSetupVerb(connection.lastVerb) || connection.lastVerb === Verb.REST ? 12 : -4;
    if (connection.stage === Stage.Connecting || connection.stage === Stage.Failed) turn -= 8;
    return turn;
  }

  /** How much a reply with `code` can be the connection's. */
  private claimOf(connection: ClientConnection, code: number): number {
    const verb = connection.pending[0];
    let claim = connection === this.last ? 1 : 0;
    if (verb === undefined) {
      const awaitsGreeting = connection.stage === Stage.Connected || connection.stage === Stage.Connecting;
      if (code === 220 || code === 120) claim += awaitsGreeting ? (this.isFirstAwaiting(connection) ? 34 : 32) : -16;
      else if (code === 421) claim += 4;
      else claim -= awaitsGreeting ? 4 : 8;
      return claim;
    }
    const fit = code === 0 ? Fit.Any : fitOf(verb, code);
    claim += fit === Fit.Own ? 24 : fit === Fit.Any ? 12 : 0;
    // Who waits longest is answered first, among those whom the reply fits equally.
    if (this.isLongestWaiting(connection)) claim += 2;
    if (connection.transferring) claim += code >= 400 && fit !== Fit.Own ? -8 : code < 200 ? -8 : 4;
    return claim;
  }

  /** Who connected first is most often greeted first. */
  private isFirstAwaiting(connection: ClientConnection): boolean {
    return (
      this.connections.find(({ stage, pending }) => stage === connection.stage && pending.length === 0) === connection
    );
  }

  private isLongestWaiting(connection: ClientConnection): boolean {
    return this.connections.every((other) => other.pending.length === 0 || other.sentAt >= connection.sentAt);
  }

  private best(scoreOf: (connection: ClientConnection) => number): ClientConnection | null {
    if (this.connections.length < 2) return this.connections[0] ?? null;
    let chosen: ClientConnection | null = null;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const connection of this.connections) {
      const score = scoreOf(connection);
      if (score >= bestScore) {
        chosen = connection;
        bestScore = score;
      }
    }
    return chosen;
  }

  private latestOf(holds: (connection: ClientConnection) => boolean): ClientConnection | null {
    let latest: ClientConnection | null = null;
    for (const connection of this.connections)
      if (holds(connection) && (latest === null || connection.touchedAt > latest.touchedAt)) latest = connection;
    return latest;
  }
}

function isLoginVerb(verb: number): boolean {
  return verb === Verb.USER || verb === Verb.PASS || verb === Verb.AUTH || verb === Verb.HOST;
}
