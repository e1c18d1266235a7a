import { limits } from '../limits.ts';
import type { CountRow, LoginTotals, Session } from '../report.ts';
import { OTHERS } from './rows.ts';

/** Counts logins by how they went, and the refused ones by user and by peer. */
export class LoginCounter {
  private readonly outcomes: Record<Session['login'], number> = { accepted: 0, refused: 0, none: 0, unknown: 0 };
  private readonly users = new Map<string, number>();
  private readonly peers = new Map<string, number>();

  /** `user` and `peer`: null where the text does not tell. */
  add(login: Session['login'], user: string | null, peer: string | null): void {
    this.outcomes[login]++;
    if (login !== 'refused') return;
    if (user !== null) increase(this.users, user);
    if (peer !== null) increase(this.peers, peer);
  }

  build(): LoginTotals {
    return { ...this.outcomes, refusedByUser: rowsOf(this.users), refusedByPeer: rowsOf(this.peers) };
  }
}

function increase(counts: Map<string, number>, key: string): void {
  const kept = counts.has(key) || counts.size < limits.summaryRows ? key : OTHERS;
  counts.set(kept, (counts.get(kept) ?? 0) + 1);
}

function rowsOf(counts: ReadonlyMap<string, number>): CountRow[] {
  return [...counts]
    .map(([key, sessions]) => ({ key, sessions }))
    .sort((a, b) => b.sessions - a.sessions || (a.key < b.key ? -1 : 1));
}
