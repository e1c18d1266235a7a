import { textOf } from '../bytes/text.ts';
import { limits } from '../limits.ts';

const NAME_BYTES_MAX = 128;

/**
 * The open sessions of a log that names them by a text (`192.0.2.7:35456`, a GUID). Of too many the one that began first is
 * forgotten; a repeated name costs no look-up.
 */
export class NamedSessions<Session> {
  private readonly byName = new Map<string, Session>();
  private readonly lastName = new Uint8Array(NAME_BYTES_MAX);
  private lastLength = -1;
  private last: Session | undefined;

  /** The session that `bytes[start, end)` names. */
  get(bytes: Uint8Array, start: number, end: number): Session | undefined {
    if (this.isLast(bytes, start, end)) return this.last;
    const session = this.byName.get(textOf(bytes, start, end));
    if (session !== undefined) this.keep(bytes, start, end, session);
    return session;
  }

  /** Gives the name to a session, in place of the one that had it. */
  set(bytes: Uint8Array, start: number, end: number, session: Session): void {
    this.byName.set(textOf(bytes, start, end), session);
    this.keep(bytes, start, end, session);
    if (this.byName.size <= limits.openSessions) return;
    for (const oldest of this.byName.keys()) {
      this.byName.delete(oldest);
      break;
    }
  }

  /** Takes the name away. */
  delete(bytes: Uint8Array, start: number, end: number): void {
    this.byName.delete(textOf(bytes, start, end));
    this.lastLength = -1;
    this.last = undefined;
  }

  private keep(bytes: Uint8Array, start: number, end: number, session: Session): void {
    const length = end - start;
    this.lastLength = length <= NAME_BYTES_MAX ? length : -1;
    this.last = session;
    for (let i = 0; i < this.lastLength; i++) this.lastName[i] = bytes[start + i]!;
  }

  private isLast(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start !== this.lastLength) return false;
    // From the back: ports and the like differ there.
    for (let i = this.lastLength - 1; i >= 0; i--) if (this.lastName[i] !== bytes[start + i]) return false;
    return true;
  }
}
