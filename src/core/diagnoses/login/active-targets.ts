import { readExtendedHostPort, readHostPort } from '../../ftp/endpoints.ts';
import { Verb } from '../../ftp/verbs.ts';
import type { Exchange, Session } from '../../sessions/session.ts';
import { commandsOf } from '../dialogue.ts';

/** Where a PORT or EPRT tells the server to connect to. */
export interface ActiveTarget {
  readonly exchange: Exchange;
  readonly address: string;
  readonly port: number;
}

/** The readable targets of the session's PORT and EPRT commands. */
export function* activeTargets(session: Session): Generator<ActiveTarget> {
  for (const exchange of commandsOf(session, [Verb.PORT, Verb.EPRT])) {
    const argument = exchange.argument ?? '';
    const target = exchange.verbId === Verb.PORT ? readHostPort(argument) : readExtendedHostPort(argument);
    if (target?.address != null) yield { exchange, address: target.address, port: target.port };
  }
}
