import { Verb } from '../../ftp/verbs.ts';
import type { Exchange, Session } from '../../sessions/session.ts';
import { commandsOf } from '../dialogue.ts';

/** EPSV commands with an argument, upper case and without blanks. */
export function* epsvWithArgument(session: Session): Generator<{ exchange: Exchange; argument: string }> {
  for (const exchange of commandsOf(session, [Verb.EPSV])) {
    const argument = (exchange.argument ?? '').trim().toUpperCase();
    if (argument !== '') yield { exchange, argument };
  }
}

/** EPSV commands that ask for another family than that of the control connection: `EPSV 1` on IPv6, `EPSV 2` on IPv4. */
export function* mismatchedEpsv(
  session: Session,
): Generator<{ exchange: Exchange; asked: 'ipv4' | 'ipv6'; control: 'ipv4' | 'ipv6' }> {
  const control = session.controlFamily;
  if (control === 'unknown') return;
  for (const { exchange, argument } of epsvWithArgument(session)) {
    const asked = argument === '1' ? 'ipv4' : argument === '2' ? 'ipv6' : null;
    if (asked !== null && asked !== control) yield { exchange, asked, control };
  }
}

/** The first accepted `EPSV ALL`, or null. */
export function acceptedEpsvAll(session: Session): Exchange | null {
  for (const { exchange, argument } of epsvWithArgument(session))
    if (argument === 'ALL' && exchange.final !== null && exchange.final.code < 300) return exchange;
  return null;
}
