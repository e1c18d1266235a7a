import { isDataSetupVerb, isTransferVerb, Verb } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import { ReplyLines } from './control-lines.ts';

/** How far a control connection has come. */
export type Stage =
  /** curl tries to make it. */
  | 'trying'
  /** It stands, or the transcript began in its midst. */
  | 'connected'
  /** curl keeps it for later and does not read from it. */
  | 'idle'
  /** It is closed, or was never made. */
  | 'closed';

/** How far a data connection has come. */
export type DataStage = 'none' | 'asked' | 'tried' | 'open' | 'failed';

/** An address as curl prints it, and a port, 0 if none. */
export interface Target {
  readonly address: string;
  readonly port: number;
}

/** What is known of one control connection and of the data connection that it is setting up or using. */
export class CurlConnection {
  readonly key: number;
  /** curl's own number of it, `#0`, null while it has not been named. */
  number: number | null = null;
  /** The server as curl calls it; null if not said. */
  host: string | null = null;
  /** The port that `About to connect()` names, 0 if none. */
  port = 0;
  stage: Stage;
  /** The attempt on the control or the data connection whose result is not yet known. */
  attempt: Target | null = null;
  readonly replies = new ReplyLines();
  /** Commands that wait for a final reply, oldest first. */
  readonly pending: number[] = [];
  /** Whether the server said 221 or 421. */
  ended = false;
  /** Whether curl said that it closed it. */
  isOver = false;
  /** Whether the transcript has told where it leads. */
  isNamed = false;
  /** Whether it was taken up again and curl has not repeated its address yet. */
  reused = false;
  /** Whether the other end is a proxy. */
  proxied = false;

  passive = false;
  data: DataStage = 'none';
  /** Where the data connection is to go, as far as replies and remarks say. */
  dataTarget: Target | null = null;
  transfer: 'none' | 'asked' | 'running' = 'none';
  /** Whether the transfer at hand has shown data. */
  flowing = false;
  /** Bytes of the transfer at hand, as far as a trace shows them. */
  movedBytes = 0;
  handshaking = false;
  /** Whether `{` and `}` lines come outside transfers, so that they count TLS records, not data. */
  showsRecords = false;
  repliesSeen = 0;
  lastCode = 0;

  constructor(key: number, stage: Stage) {
    this.key = key;
    this.stage = stage;
  }

  /** Whether the data connection is being made or in use. */
  get inDataPhase(): boolean {
    return this.data === 'asked' || this.data === 'tried' || this.data === 'open';
  }

  /** Whether curl is about to connect to the port that EPSV or PASV asked for. */
  get awaitsData(): boolean {
    return this.stage === 'connected' && this.passive && (this.data === 'asked' || this.data === 'tried');
  }

  /** Whether commands wait for replies or a transfer runs. */
  get busy(): boolean {
    return this.pending.length > 0 || this.transfer !== 'none';
  }

  /** Takes note of a command that was sent. */
  send(verb: number, isAnnouncement: boolean): void {
    this.replies.open = 0;
    this.reused = false;
    this.stage = 'connected';
    if (this.pending.length < limits.pendingCommands) this.pending.push(verb);
    if (isDataSetupVerb(verb) && !isAnnouncement) {
      this.data = 'asked';
      this.passive = verb === Verb.EPSV || verb === Verb.PASV || verb === Verb.LPSV;
      this.dataTarget = null;
      this.attempt = null;
      this.handshaking = false;
    } else if (isTransferVerb(verb)) {
      this.transfer = 'asked';
      this.flowing = false;
      this.movedBytes = 0;
    } else if (verb === Verb.AUTH) this.handshaking = false;
  }

  /** Takes note of a complete reply. */
  answer(code: number): void {
    this.repliesSeen++;
    this.lastCode = code;
    if (code === 221 || code === 421) this.ended = true;
    const verb = this.pending[0] ?? 0;
    if (code < 200) {
      if (this.pending.length === 0 || isTransferVerb(verb)) this.transfer = 'running';
      return;
    }
    this.pending.shift();
    if (isDataSetupVerb(verb) && code >= 400) this.data = 'none';
    if (code === 227 || code === 229) this.awaitData();
    if (isTransferVerb(verb) || (this.pending.length === 0 && this.transfer === 'running')) this.endTransfer();
  }

  /** curl will connect to where the server listens, also where the command that asked for it is not shown. */
  awaitData(): void {
    this.passive = true;
    if (this.data === 'none') this.data = 'asked';
  }

  /** No transfer runs any more, and no data connection. */
  endTransfer(): void {
    this.transfer = 'none';
    this.data = 'none';
    this.dataTarget = null;
    this.handshaking = false;
  }

  /** curl puts the connection aside or closes it. */
  rest(stage: 'idle' | 'closed'): void {
    this.endTransfer();
    this.stage = stage;
    this.replies.open = 0;
    this.pending.length = 0;
    this.attempt = null;
    this.reused = false;
  }
}
