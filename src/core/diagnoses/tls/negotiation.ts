import { Verb } from '../../ftp/verbs.ts';
import type { Session } from '../../sessions/session.ts';
import { commandsOf } from '../dialogue.ts';

/** Whether some AUTH was accepted; clients try SSL and TLS in turn, and one refusal is routine. */
export function isAuthAccepted(session: Session): boolean {
  for (const { final } of commandsOf(session, [Verb.AUTH]))
    if (final !== null && (final.code === 234 || final.code === 334)) return true;
  return false;
}
