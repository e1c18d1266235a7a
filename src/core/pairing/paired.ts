import type { DataConnection, Exchange, Session, Transfer } from '../sessions/session.ts';
import type { ClockOffset } from './clocks.ts';

/** How the two records of an exchange differ. */
export type Difference =
  | 'client-only'
  | 'server-only'
  | 'argument-differs'
  | 'address-differs'
  | 'code-differs'
  | 'text-differs'
  | 'reply-not-received'
  | 'reply-not-logged';

/** One exchange, as each record has it. At least one side is there. */
export interface PairedExchange {
  readonly client: Exchange | null;
  readonly server: Exchange | null;
  /** null: they agree. */
  readonly difference: Difference | null;
}

/** One transfer, as each record has it. */
export interface PairedTransfer {
  /** Indexes into each session's transfers. */
  readonly clientIndex: number;
  readonly serverIndex: number;
  readonly client: Transfer;
  readonly server: Transfer;
  /** The exchanges of its verb; null where a record shows only the result. */
  readonly clientExchange: Exchange | null;
  readonly serverExchange: Exchange | null;
}

/** One data connection, as each record has it. */
export interface PairedDataConnection {
  readonly client: DataConnection;
  readonly server: DataConnection;
  /** The transfer that used it, where both records show one. */
  readonly transfer: PairedTransfer | null;
}

/** Both records of one session, side by side. */
export interface PairedSessions {
  /** Of the pair. */
  readonly id: string;
  readonly client: Session;
  readonly server: Session;
  readonly exchanges: readonly PairedExchange[];
  readonly transfers: readonly PairedTransfer[];
  readonly dataConnections: readonly PairedDataConnection[];
  /** Server's time minus client's; null where the records do not tell. */
  readonly clock: ClockOffset | null;
  /** What the server's record alone made of transfers that broke off. */
  readonly serverGuesses: readonly Guess[];
}

/** A finding of one record that both together may replace. */
export interface Guess {
  readonly key: string;
  /** Index of the transfer in its session. */
  readonly transfer: number | null;
}
