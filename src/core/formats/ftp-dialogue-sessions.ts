/** The control connections of a dialogue, by the id that its lines carry. */
import { limits } from '../limits.ts';
import { ClientConnection } from './mixed-connections.ts';

/** One connection for each id; '' is the id of lines that carry none. */
export class DialogueSessions {
  private readonly byId = new Map<string, ClientConnection>();
  private nextKey = 0;

  /** The connection of `id`, begun if there is none. */
  of(id: string): ClientConnection {
    return this.byId.get(id) ?? this.replace(id);
  }

  /** A new connection takes the place of the one with this id. */
  replace(id: string): ClientConnection {
    const connection = new ClientConnection(this.nextKey++);
    this.byId.delete(id);
    this.byId.set(id, connection);
    if (this.byId.size > limits.openSessions) this.byId.delete(this.byId.keys().next().value!);
    return connection;
  }
}
