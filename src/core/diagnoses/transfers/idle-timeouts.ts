import { Verb } from '../../ftp/verbs.ts';
import type { Exchange, Reply, Session } from '../../sessions/session.ts';
import { commandAfter, commandBefore } from '../dialogue.ts';

/** Why the server closed a session that did nothing. */
export type IdleKind = 'idle' | 'no-transfer' | 'login';

/** A 421 that ends a session in which nothing happened. */
export interface IdleTimeout {
  readonly kind: IdleKind;
  readonly exchange: Exchange;
  readonly reply: Reply;
  /** The last command before it. */
  readonly last: Exchange | null;
  readonly silenceMs: number | null;
}

const NO_TRANSFER = /No[- ]transfer|no operation/i;
const LOGIN = /Login time(?:out| exceeded)|time ?out .{0,30}log(?:in|ging)/i;
const IDLE = /timed?[- ]?out|Timeout|inactiv|\bidle\b|typing a little faster|Session time|Activity/i;
/** A limit for the whole session, idle or not (ProFTPD's TimeoutSession). */
const SESSION_LIMIT = /^Session time/i;
const NOT_IDLE = /no new data|Data (?:connection |channel )?time|banned|too many|maximum|negotiation|socket/i;

/** The 421s by which the server closed the session for want of activity. */
export function* idleTimeoutsOf(session: Session): Generator<IdleTimeout> {
  for (const exchange of session.exchanges)
    for (const reply of exchange.replies) {
      if (reply.code !== 421 || NOT_IDLE.test(reply.text)) continue;
      const kind = kindOf(session, reply);
      if (kind === null || (!SESSION_LIMIT.test(reply.text) && isDuringTransfer(session, reply))) continue;
      const last = commandBefore(session, reply.order);
      const since = last === null ? session.startMs : (last.replies[last.replies.length - 1]?.atMs ?? last.atMs);
      const silenceMs = since === null || reply.atMs === null ? null : Math.max(0, reply.atMs - since);
      yield { kind, exchange, reply, last, silenceMs };
    }
}

function kindOf(session: Session, { text }: Reply): IdleKind | null {
  if (LOGIN.test(text)) return 'login';
  if (NO_TRANSFER.test(text)) return 'no-transfer';
  if (!IDLE.test(text)) return null;
  const isNew = session.login !== 'accepted' && !session.gaps.includes('head');
  return isNew && session.exchanges.every(({ verbId }) => verbId !== Verb.PASS) ? 'login' : 'idle';
}

/** A transfer was under way, or has just been given up for the same reason. */
function isDuringTransfer(session: Session, reply: Reply): boolean {
  return session.transfers.some(({ exchange, outcome }) => {
    const command = exchange === null ? undefined : session.exchanges[exchange];
    if (command === undefined || command.order > reply.order || outcome === 'completed') return false;
    const { final, preliminary } = command;
    if (preliminary === null) return final === null;
    if (final === null || final === reply) return true;
    if (final.code !== 426) return false;
    const next = commandAfter(session, final.order);
    return next === null || next.order > reply.order;
  });
}
