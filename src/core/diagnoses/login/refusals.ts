import { perText } from '../../bytes/per-text.ts';
import { Verb } from '../../ftp/verbs.ts';
import type { Exchange, Reply, Session } from '../../sessions/session.ts';
import { isAnonymous, userAt } from '../dialogue.ts';
import { perSession } from '../per-session.ts';

/** A login that was refused. */
export interface Refusal {
  readonly exchange: Exchange;
  readonly reply: Reply;
  readonly user: string | null;
}

/** Refused USER and PASS commands. */
function* refusalsOf(session: Session): Generator<Refusal> {
  for (const exchange of session.exchanges) {
    if (exchange.verbId !== Verb.PASS && exchange.verbId !== Verb.USER && exchange.verbId !== Verb.ACCT) continue;
    const { final } = exchange;
    if (final !== null && final.code >= 400)
      yield { exchange, reply: final, user: userAt(session, exchange.order) ?? session.user };
  }
}

/** What a refused login is about, by the reply's text; `credentials` is what is left. */
export type Reason =
  | 'tls-required'
  | 'limit'
  | 'ban'
  | 'account'
  | 'home'
  | 'anonymous'
  | 'sequence'
  | 'crash'
  | 'unavailable'
  | 'credentials';

const REASONS: readonly (readonly [RegExp, Reason])[] = [
  [/^OOPS/i, 'crash'],
  [
    /plain FTP|us(?:e|ing) (?:explicit )?(?:SSL|TLS|AUTH)\b|(?:SSL|TLS) required|must use encryption|requires? (?:SSL|TLS)|SSL\/TLS required|AUTH first|cleartext sessions/i,
    'tls-required',
  ],
  [/home directory|chroot/i, 'home'],
  [/banned|blocked|failed login attempts|blacklist/i, 'ban'],
  [
    /too many|maximum (?:number|connection)|already connected|already logged in|No more connections|active connections/i,
    'limit',
  ],
  [
    /disabled|not allowed to connect|anonymous only|can['’]t trust|expired|locked out|not allowed to log ?in|denied by|Permission denied/i,
    'account',
  ],
  [/offline|shutting down|locked, please|try again later|internal server error|server too busy/i, 'unavailable'],
  [/No anonymous|anonymous (?:login|access|ftp) (?:is )?(?:not|denied|disabled)/i, 'anonymous'],
  [
    /with USER|USER first|log ?in first|already (?:logged|authenticated)|bad sequence|not understood|unrecognized|unknown command/i,
    'sequence',
  ],
];

const reasonIn = perText((text): Reason | null => {
  for (const [pattern, reason] of REASONS) if (pattern.test(text)) return reason;
  return null;
});

/** Why a login was refused. */
function reasonOf({ reply, user }: Refusal): Reason {
  const named = reasonIn(reply.text);
  if (named !== null) return named;
  if (reply.code === 503 || reply.code === 500 || reply.code === 501 || reply.code === 502) return 'sequence';
  if (reply.code === 421) return 'unavailable';
  return isAnonymous(user) ? 'anonymous' : 'credentials';
}

/** Refusals of one kind. */
export function refusalsFor(session: Session, reason: Reason): readonly Refusal[] {
  return refusalsByReason(session).get(reason) ?? NONE;
}

const NONE: readonly Refusal[] = [];

const refusalsByReason = perSession((session) => {
  const found = new Map<Reason, Refusal[]>();
  for (const refusal of refusalsOf(session)) {
    const reason = reasonOf(refusal);
    const known = found.get(reason);
    if (known === undefined) found.set(reason, [refusal]);
    else known.push(refusal);
  }
  return found;
});
