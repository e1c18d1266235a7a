import type { Session } from '../sessions/session.ts';

/**
 * Makes a function that computes a fact of a session once: a session may hold many thousands of transfers, and the fact is
 * asked for with each. The facts of two sessions are remembered, since diagnoses of pairs look at two in turn.
 */
export function perSession<Fact>(compute: (session: Session) => Fact): (session: Session) => Fact {
  interface Known {
    readonly session: Session;
    readonly fact: Fact;
  }
  let last: Known | null = null;
  let other: Known | null = null;
  return (session) => {
    if (last?.session === session) return last.fact;
    const known: Known = other?.session === session ? other : { session, fact: compute(session) };
    other = last;
    last = known;
    return known.fact;
  };
}
