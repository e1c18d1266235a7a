/** Clients that show replies, and what was typed at their prompt, but not the commands that they send. */
import { bytesOf } from '../bytes/text.ts';
import type { EventCursor } from '../event.ts';
import { packVerb, Verb, verbName } from '../ftp/verbs.ts';
import { emitCommand } from './control-lines.ts';
import { readTyped, setupVerbOf, type TypedCommand } from './ftp-dialogue-typed.ts';
import { type ClientConnection, Stage } from './mixed-connections.ts';

/** A reply `213` with a time of 14 digits answers MDTM, with any other number SIZE (RFC 3659). */
const TIME_REPLY = /^213 \d{14}/;

/** Emits the commands that follow from what is typed and from the replies that come. */
export class Prompt {
  /** A transfer that was typed and waits for its set-up. */
  private typed: TypedCommand | null = null;
  /** Connections of which a command was shown: their client hides none. */
  private readonly shown = new WeakSet<ClientConnection>();

  /** Connections to a server that the client named: it shows all replies from the first on. */
  private readonly named = new WeakSet<ClientConnection>();

  /** Takes note that the client said where it is connected to. */
  name(connection: ClientConnection): void {
    this.named.add(connection);
  }

  /** Takes note that the client shows its commands. */
  show(connection: ClientConnection): void {
    this.shown.add(connection);
  }

  /** Takes what was typed; false for words typed before there is a connection that mean nothing. */
  type(text: string, connection: ClientConnection, out: EventCursor): boolean {
    const typed = readTyped(text);
    if (connection.stage === Stage.Unknown && connection.replyCount === 0) return typed !== null || text === '';
    this.typed = typed?.transfer ? typed : null;
    if (typed !== null && !typed.transfer) this.send(connection, packVerb(typed.verb), typed.argument, out);
    return true;
  }

  /** Emits the command that a reply answers, where it was not shown but can be told. */
  imply(connection: ClientConnection, code: number, said: string, out: EventCursor): void {
    if (connection.pending.length > 0 || connection.replies.open !== 0 || this.shown.has(connection)) return;
    const { typed } = this;
    // A text that was cut off in its middle may have lost the command.
    if (typed === null && !this.named.has(connection)) return;
    const setup = setupVerbOf(code, said);
    if (setup !== 0) this.send(connection, setup, '', out);
    else if (code === 331) this.send(connection, Verb.USER, '', out);
    else if (code === 230 && connection.answeredVerb === Verb.USER) this.send(connection, Verb.PASS, '', out);
    else if (typed !== null) this.implyTransfer(connection, code, said, typed, out);
  }

  private implyTransfer(
    connection: ClientConnection,
    code: number,
    said: string,
    typed: TypedCommand,
    out: EventCursor,
  ): void {
    if (code === 213) this.send(connection, TIME_REPLY.test(said) ? Verb.MDTM : Verb.SIZE, typed.argument, out);
    else if (code < 200 || code >= 400 || code === 226 || code === 250) {
      this.typed = null;
      this.send(connection, packVerb(typed.verb), typed.argument, out);
    }
  }

  /** Emits a command that was not shown. */
  send(connection: ClientConnection, verb: number, argument: string, out: EventCursor): void {
    const { bytes } = out;
    out.bytes = bytesOf(`${verbName(verb)} ${argument}`.trimEnd());
    connection.send(emitCommand(out, 0, out.bytes.length));
    out.bytes = bytes;
  }
}
