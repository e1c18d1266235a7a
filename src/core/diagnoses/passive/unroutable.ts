import { Note } from '../../event.ts';
import type { Endpoint } from '../../report.ts';
import type { DataConnection, Remark, Session } from '../../sessions/session.ts';
import { nextSetup, peerOf, remarksBetween, setupOf } from '../dialogue.ts';

/** Whether only hosts of the same network can reach the address. */
export function isUnroutable({ range }: Endpoint): boolean {
  return range === 'private' || range === 'link-local' || range === 'loopback';
}

/** A 227 that announces an address the other side cannot reach. */
export interface Unroutable {
  readonly index: number;
  readonly data: DataConnection;
  /** The address that the other side is at, as far as the transcript shows. */
  readonly peer: string;
  /** The client's own remark that it went elsewhere. */
  readonly repair: Remark | null;
}

/** Passive replies with an unroutable address to a peer outside, or of which the client itself says so. */
export function* unroutablesOf(session: Session): Generator<Unroutable> {
  const peer = peerOf(session);
  for (let index = 0; index < session.dataConnections.length; index++) {
    const data = session.dataConnections[index]!;
    if (data.command !== 'PASV' || data.replyCode !== 227 || !isUnroutable(data.endpoint)) continue;
    if (data.endpoint.address === peer.address) continue;
    const repair = repairOf(session, index);
    if (peer.range === 'public' && peer.address !== null) yield { index, data, peer: peer.address, repair };
    else if (repair !== null && peer.range === null && peer.address === null)
      yield { index, data, peer: repair.address ?? 'another address', repair };
  }
}

/** The client's remark that it connects elsewhere than the 227 of a data connection, given by its index, says; null if it makes none. */
export function repairOf(session: Session, dataConnection: number): Remark | null {
  const setup = setupOf(session, session.dataConnections[dataConnection]!);
  if (setup === null) return null;
  const end = nextSetup(session, dataConnection);
  return remarksBetween(session, setup.order, end, [Note.DataAddressReplaced])[0] ?? null;
}
