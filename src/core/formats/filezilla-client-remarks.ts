/** Turns what Status, Error and Trace lines of the FileZilla client say into events of the connection they are about. */
import { bytesOf, textOf } from '../bytes/text.ts';
import { Direction, type EventCursor, Kind, Note } from '../event.ts';
import { isDataSetupVerb, isTransferVerb, Verb } from '../ftp/verbs.ts';
import type { EngineConnections } from './filezilla-client-connections.ts';
import { readError, readStatus, readTrace, type Saying } from './filezilla-client-sentences.ts';
import { type ClientConnection, Stage } from './mixed-connections.ts';

/** A sentence is not longer than this; what follows is a server's text. */
const SENTENCE_BYTES = 2048;

/** The sentence at `bytes[start, end)`. */
export function sentenceAt(bytes: Uint8Array, start: number, end: number): string {
  return textOf(bytes, start, Math.min(end, start + SENTENCE_BYTES));
}

/** Emits the remarks of one transcript, in order. */
export class RemarkTeller {
  private readonly connections: EngineConnections;
  /** Connections whose commands and replies the window leaves out. */
  private readonly hidden = new WeakSet<ClientConnection>();
  /** The name that was looked up last and has no address yet. */
  private lookedUp = '';
  /** Status lines since the connection stands, while no reply was shown; some are due before the greeting. */
  private silentLines = 0;
  private sentence = '';
  private start = 0;
  private end = 0;
  private engine = 0;

  constructor(connections: EngineConnections) {
    this.connections = connections;
  }

  /** Emits what the sentence at `bytes[start, end)` says. */
  tell(kind: 'status' | 'error' | 'trace', start: number, end: number, engine: number, out: EventCursor): void {
    this.sentence = sentenceAt(out.bytes, start, end);
    this.start = start;
    this.end = end;
    this.engine = engine;
    const { sentence } = this;
    const about = this.connections.connecting(engine) ?? this.connections.open(engine);
    if (kind === 'trace') this.take(readTrace(sentence, about), out);
    else if (kind === 'error') this.take(readError(sentence, about), out);
    else this.take(readStatus(sentence, about), out);
  }

  private take(saying: Saying, out: EventCursor): void {
    if (saying.note === 'nothing') return;
    if (saying.note === 'resolving')
      this.lookedUp = saying.host === null ? '' : this.sentence.substring(...saying.host);
    else if (saying.note === Note.ConnectAttempt) this.takeAttempt(saying, out);
    else if (saying.note === 'connected') this.takeConnected(out);
    else if (saying.note === Note.ConnectFailed || saying.note === 'gave-up') this.takeFailure(saying, out);
    else {
      const connection = this.subjectOf(saying);
      if (connection === null) return;
      out.key = connection.key;
      if (this.isSilent(connection, saying)) {
        this.hidden.add(connection);
        this.emit(Note.CommandsHidden, null, out);
      }
      this.takeRemark(connection, saying, out);
    }
  }

  private takeAttempt(saying: Saying, out: EventCursor): void {
    const open = this.connections.open(this.engine);
    if (open !== null && saying.port !== 0 && saying.port === open.passivePort && isDataTime(open)) {
      out.key = open.key;
      this.emit(Note.DataAttempt, saying, out);
      return;
    }
    const connection = open?.stage === Stage.Failed ? open : this.connections.begin(this.engine);
    connection.stage = Stage.Connecting;
    this.lookedUp = '';
    out.key = connection.key;
    this.emit(Note.ConnectAttempt, saying, out);
  }

  private takeConnected(out: EventCursor): void {
    const connection = this.connections.connecting(this.engine) ?? this.connections.begin(this.engine);
    connection.stage = Stage.Connected;
    this.connections.touch(this.engine, connection);
    const implicit = this.sentence.includes('TLS');
    // Implicit TLS: its handshake and the certificate come before the greeting.
    this.silentLines = implicit ? -2 : 0;
    out.key = connection.key;
    out.clear(Kind.Connected);
    out.emit();
    if (!implicit) return;
    connection.tls = 'handshake';
    this.emit(Note.TlsHandshake, null, out);
  }

  private takeFailure(saying: Saying, out: EventCursor): void {
    let connection = this.connections.connecting(this.engine) ?? this.connections.latest(this.engine);
    if (this.lookedUp !== '' && connection?.stage !== Stage.Connecting && connection?.stage !== Stage.Failed) {
      // The name has no address: the attempt was over before it could be named.
      connection = this.connections.begin(this.engine);
      out.key = connection.key;
      this.emitLookedUp(out);
    }
    connection ??= this.connections.begin(this.engine);
    out.key = connection.key;
    if (saying.note === Note.ConnectFailed || connection.stage === Stage.Connecting)
      this.emit(Note.ConnectFailed, saying, out);
    connection.stage = Stage.Failed;
    if (saying.note === Note.ConnectFailed) return;
    this.emit(Note.ClientError, saying, out);
    this.emitEnd(connection, out);
  }

  private takeRemark(connection: ClientConnection, saying: Saying, out: EventCursor): void {
    switch (saying.note) {
      case 'closed':
        this.emit(Note.Other, saying, out);
        this.emitEnd(connection, out);
        return;
      case 'program':
        this.emit(Note.Program, saying, out);
        return;
      case Note.TlsHandshake:
        connection.tls = 'handshake';
        break;
      case Note.TlsConnected:
        if (connection.tls === 'standing' && isDataTime(connection)) saying.note = Note.DataTlsConnected;
        else connection.tls = 'standing';
        break;
      case Note.TransferStarted:
        // Where commands are shown, a listing may come out of the cache and never be asked for.
        if (saying.value === Direction.Listing && !this.hidden.has(connection)) return;
        break;
      case Note.TransferDone:
        if (Number.isNaN(saying.value) && !this.hidden.has(connection)) return;
        break;
      case Note.TransferStopped:
        if (!Number.isNaN(saying.value)) this.emit(Note.TransferredBytes, saying, out);
        break;
    }
    this.emit(saying.note as Note, saying, out);
    if (saying.note === Note.ClientDisconnect) this.emitEnd(connection, out);
    else if (saying.note === Note.ConnectionLost) this.connections.end(this.engine, connection);
  }

  /** The connection that a remark is about; null where there is none and the remark alone is no reason to begin one. */
  private subjectOf(saying: Saying): ClientConnection | null {
    const { engine, connections } = this;
    const known = saying.note === Note.TransferStarted ? connections.open(engine) : connections.latest(engine);
    if (known !== null) return known;
    const alone = saying.note === Note.Other || saying.note === Note.LocalAddress || saying.note === 'program';
    return alone ? null : connections.begin(engine);
  }

  /** Whether a Status line comes where a detailed log would have shown the greeting first. */
  private isSilent(connection: ClientConnection, saying: Saying): boolean {
    if (connection.stage !== Stage.Connected || connection.replyCount > 0 || this.hidden.has(connection)) return false;
    const { note } = saying;
    const isStatus =
      note === Note.Other || note === Note.TlsHandshake || note === Note.TlsConnected || note === Note.TransferStarted;
    if (!isStatus) return false;
    this.silentLines++;
    return this.silentLines > 0 || this.sentence.startsWith('Logged in');
  }

  private emitLookedUp(out: EventCursor): void {
    const { bytes } = out;
    out.clear(Kind.Note);
    out.note = Note.ConnectAttempt;
    out.bytes = bytesOf(this.lookedUp);
    out.addressEnd = out.bytes.length;
    out.emit();
    out.bytes = bytes;
    this.lookedUp = '';
  }

  private emitEnd(connection: ClientConnection, out: EventCursor): void {
    out.clear(Kind.Disconnected);
    out.emit();
    this.connections.end(this.engine, connection);
  }

  private emit(note: Note, saying: Saying | null, out: EventCursor): void {
    out.clear(Kind.Note);
    out.note = note;
    if (saying !== null) {
      out.failure = saying.failure;
      out.value = saying.value;
      out.exact = saying.exact;
      out.textStart = saying.text === null ? this.start : this.offsetOf(saying.text[0]);
      out.textEnd = saying.text === null ? this.end : this.offsetOf(saying.text[1]);
      if (saying.host !== null) {
        out.addressStart = this.offsetOf(saying.host[0]);
        out.addressEnd = this.offsetOf(saying.host[1]);
        out.port = saying.port;
      }
    }
    out.emit();
  }

  /** The offset of the sentence's character `index`. */
  private offsetOf(index: number): number {
    return Math.min(this.end, this.start + bytesOf(this.sentence.substring(0, index)).length);
  }
}

/** Whether the client may be opening a data connection: it set one up or asked for a transfer just now. */
function isDataTime(connection: ClientConnection): boolean {
  const { lastVerb } = connection;
  return isDataSetupVerb(lastVerb) || isTransferVerb(lastVerb) || lastVerb === Verb.REST;
}
