/** The control connections of a FileZilla client: by process and engine in a log file, mixed in a window. */
import { NO_KEY } from '../event.ts';
import { limits } from '../limits.ts';
import { ClientConnection, MixedConnections, Stage } from './mixed-connections.ts';

/** Finds the connection that a line belongs to. `engine` is the line's key of process and engine, `NO_KEY` in a window. */
export class EngineConnections {
  private readonly mixed = new MixedConnections();
  private readonly engines = new Map<number, ClientConnection>();

  /** The connection that a command with `verb` was sent on. */
  sender(engine: number, verb: number): ClientConnection {
    return engine === NO_KEY ? this.mixed.sender(verb) : this.ofEngine(engine);
  }

  /** The connection that a reply line came on; `code` is 0 for a line without one. */
  receiver(engine: number, code: number): ClientConnection {
    return engine === NO_KEY ? this.mixed.receiver(code) : this.ofEngine(engine);
  }

  /** The connection that goes on, null where none is open. */
  open(engine: number): ClientConnection | null {
    return engine === NO_KEY ? this.mixed.open : (this.engines.get(engine) ?? null);
  }

  /** The connection of the line before, also if it has ended with it: what follows is most often about it. Null for none. */
  latest(engine: number): ClientConnection | null {
    return engine === NO_KEY ? this.mixed.latest : (this.engines.get(engine) ?? null);
  }

  /** The connection that the client tries to open, null for none. */
  connecting(engine: number): ClientConnection | null {
    if (engine === NO_KEY) return this.mixed.find((connection) => connection.stage === Stage.Connecting);
    const connection = this.engines.get(engine) ?? null;
    return connection?.stage === Stage.Connecting ? connection : null;
  }

  /** A new connection. */
  begin(engine: number): ClientConnection {
    return engine === NO_KEY ? this.mixed.begin() : this.keep(new ClientConnection(engine));
  }

  /** The line at hand turned out to be the connection's. */
  touch(engine: number, connection: ClientConnection): void {
    if (engine === NO_KEY) this.mixed.touch(connection);
  }

  /** The connection is over: what comes next on its engine, or in its window, is another's. */
  end(engine: number, connection: ClientConnection): void {
    connection.stage = Stage.Unknown;
    if (engine === NO_KEY) this.mixed.end(connection);
  }

  private ofEngine(engine: number): ClientConnection {
    return this.engines.get(engine) ?? this.keep(new ClientConnection(engine));
  }

  private keep(connection: ClientConnection): ClientConnection {
    this.engines.delete(connection.key);
    this.engines.set(connection.key, connection);
    if (this.engines.size > limits.openSessions) this.engines.delete(this.engines.keys().next().value!);
    return connection;
  }
}
