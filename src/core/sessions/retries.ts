import { limits } from '../limits.ts';
import type { LoggedTransfer } from './transfers.ts';

interface Try {
  readonly session: string;
  readonly transfer: number;
  readonly attempt: number;
}

/** Recognises a transfer that repeats one which did not arrive whole, across sessions: same user, path and direction. */
export class Retries {
  private readonly open = new Map<string, Try>();

  /** Links the session's transfers to earlier tries and remembers those that need another. */
  link(session: string, user: string | null, transfers: readonly LoggedTransfer[]): void {
    for (let i = 0; i < transfers.length; i++) {
      const transfer = transfers[i]!;
      const completed = transfer.outcome === 'completed';
      if ((completed && this.open.size === 0) || transfer.direction === 'listing') continue;
      const key = `${transfer.direction}\n${user ?? ''}\n${transfer.fullPath ?? transfer.path ?? ''}`;
      const before = this.open.get(key);
      if (before !== undefined && transfer.retryOf === null) {
        transfer.attempt = before.attempt + 1;
        transfer.retryOf = { session: before.session, transfer: before.transfer };
      }
      this.open.delete(key);
      if (completed) continue;
      if (this.open.size >= limits.retriesRemembered) this.open.delete(this.open.keys().next().value!);
      this.open.set(key, { session, transfer: i, attempt: transfer.attempt });
    }
  }
}
