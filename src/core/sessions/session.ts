import type { Failure, Note } from '../event.ts';
import type * as report from '../report.ts';

/**
 * A session while it is looked at: the report's session with what diagnoses need beyond it. It is borrowed: texts are decoded
 * from the session's bytes when they are asked for, and the bytes are reused after the sinks return. Keep what must
 * outlive the call as strings and numbers, or take a copy with `copyOf`.
 */
export interface Session extends report.Session {
  readonly exchanges: readonly Exchange[];
  readonly transfers: readonly Transfer[];
  readonly dataConnections: readonly DataConnection[];
  /** The program's own remarks, in order, without those of kind Nothing. */
  readonly remarks: readonly Remark[];
  /** Wall clock of first and last line in milliseconds on one time line (comparable within a transcript); null without times. */
  readonly startMs: number | null;
  readonly endMs: number | null;
  /** Line at which it was over: its closing line, or the one by which its id or the server began anew; endless for none. */
  readonly overLine: number;
  /** Smallest step of the transcript's clock in milliseconds; null without times. */
  readonly resolutionMs: number | null;
  /** What a table of sessions shows of it, cheaply. */
  readonly tally: Tally;
  /** Bits of {@link import('./traits.ts').Trait}. */
  readonly traits: number;
  /** Whether a gap forbids to reason from what is absent: cut at an end, hidden commands or replies, unclear attribution. */
  readonly incomplete: boolean;
}

export interface Reply extends report.Reply {
  readonly atMs: number | null;
  /** Index into the session's order of events: tells what came first where times do not. */
  readonly order: number;
  /** A multi-line reply whose last line never came. */
  readonly isUnended: boolean;
}

export interface Exchange extends report.Exchange {
  /** Packed verb (`ftp/verbs.ts`); 0 for none or longer than four letters. */
  readonly verbId: number;
  readonly atMs: number | null;
  readonly order: number;
  readonly replies: readonly Reply[];
  /** The first reply of class 2 to 5, or null. */
  readonly final: Reply | null;
  /** The 1yz reply before it, or null. */
  readonly preliminary: Reply | null;
}

export interface Transfer extends report.Transfer {
  /** Index of the exchange that holds the transfer's verb; null where the log shows only its result. */
  readonly exchange: number | null;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

export interface DataConnection extends report.DataConnection {
  /** Index of the exchange that set it up. */
  readonly exchange: number;
  readonly openMs: number | null;
  readonly closeMs: number | null;
}

/** A remark of the program that wrote the transcript. */
export interface Remark {
  readonly line: number;
  readonly order: number;
  readonly atMs: number | null;
  readonly note: Note;
  readonly text: string;
  readonly address: string | null;
  readonly port: number | null;
  /** NaN where the remark has no number. */
  readonly value: number;
  readonly failure: Failure;
}

/** A session's counts, and what else a table of sessions shows. */
export interface Tally extends Readonly<Record<report.Outcome, number>> {
  /** Bytes moved, as far as the text says; null if it says nothing. */
  readonly bytes: number | null;
  readonly epsvAttempts: number;
  readonly pasvAttempts: number;
  /** EPRT and PORT. */
  readonly activeAttempts: number;
  readonly fellBackTo: report.Session['fellBackTo'];
  readonly tls: report.Session['tls']['control'];
  readonly end: report.Session['end'];
  readonly user: string | null;
}
