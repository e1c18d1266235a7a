import { perText } from '../../bytes/per-text.ts';
import type { Session } from '../../sessions/session.ts';
import type { Answer } from '../dialogue.ts';
import { perSession } from '../per-session.ts';

/** Why a server sends somebody away, whoever it is. */
export type SentAway = 'limit' | 'ban' | 'unavailable';

const REASONS: readonly (readonly [RegExp, SentAway])[] = [
  [
    /banned|blacklist|blocked|failed login attempts|No connections allowed from your IP|not welcome|Access denied from/i,
    'ban',
  ],
  [
    /too many|maximum number|maximum connection|\(the maximum\)|No more connections|already (?:connected|logged in)|active connections|max(?:imum)? (?:clients|users|logins)|connection limit/i,
    'limit',
  ],
  [
    /is locked|offline|shutting down|shut down|Kicked|too busy|server busy|Service not available|temporarily unavailable|maintenance/i,
    'unavailable',
  ],
];

/** What the reply is about, or null. */
export const sentAwayBy = perText((text): SentAway | null => {
  for (const [pattern, reason] of REASONS) if (pattern.test(text)) return reason;
  return null;
});

/** Refusals of the whole session for one reason: 421 at any time, 530 to the login, any error as greeting. */
export function sentAwayAnswers(session: Session, reason: SentAway): readonly Answer[] {
  return sentAwayOf(session).filter(({ reply }) => sentAwayBy(reply.text) === reason);
}

const sentAwayOf = perSession((session): readonly Answer[] => {
  const answers: Answer[] = [];
  session.exchanges.forEach((exchange, at) => {
    for (const reply of exchange.replies) {
      const isLogin =
        (reply.code === 530 || reply.code === 550 || reply.code === 500) && (at === 0 || isLoginVerb(exchange.verb));
      if (reply.code === 421 || reply.code === 120 || isLogin) answers.push({ exchange, reply });
    }
  });
  return answers;
});

function isLoginVerb(verb: string | null): boolean {
  return verb === 'USER' || verb === 'PASS' || verb === null;
}
