import type {
  DateOrder,
  Finding,
  FormatId,
  Group,
  Input,
  Outcome,
  Pair,
  Severity,
  Summary,
} from './report.ts';
import type { Session } from './sessions/session.ts';

/** What an analysis may be told. Everything is optional; null and absent mean the same. */
export interface AnalysisOptions {
  /** Read every input as this format. */
  readonly format?: FormatId | null;
  /** Order of day and month in numeric dates. */
  readonly order?: DateOrder | null;
  /** Encoding of the inputs, by the label of the Encoding Standard (`utf-8`, `utf-16le`, `windows-1252`, …). */
  readonly encoding?: string | null;
  /** Zone that the wall-clock times are in, `Z` or `±HH:MM`; goes into the transcripts' clock. */
  readonly zone?: string | null;
  /** Which sessions go to the sink. */
  readonly filter?: Filter | null;
  /** Passive ports that the server is known to use, for `passive-port-outside-range`. */
  readonly passiveRange?: { readonly from: number; readonly to: number } | null;
  /** Takes each line that no scanner reads. */
  readonly unread?: ((input: Input, line: number, text: string) => void) | null;
}

/** Sessions to keep; a session has to meet every condition given. */
export interface Filter {
  /** Earliest and latest start, ISO 8601 wall clock, inclusive; sessions without a time do not meet it. */
  readonly since?: string | null;
  readonly until?: string | null;
  readonly user?: string | null;
  /** Address of the other side: the client's in server logs, the server's in client transcripts. */
  readonly peer?: string | null;
  /** Has a transfer with this outcome. */
  readonly outcome?: Outcome | null;
  /** Has a finding of at least this severity. */
  readonly severity?: Severity | null;
  /** Diagnoses to run, and those not to run, by id. */
  readonly only?: readonly string[] | null;
  readonly except?: readonly string[] | null;
}

/** Where an input comes from, as its reader knows it. */
export interface InputSource {
  readonly path: string;
  readonly sizeBytes: number | null;
  readonly compression: string | null;
  readonly parts?: Input['parts'];
  /** Pieces of the input's middle and tail, whole lines or not, to settle the order of day and month before the first line. */
  readonly samples?: readonly Uint8Array[];
}

/**
 * Takes the results as they come. A session is borrowed: it is valid until the call returns. All of it is synchronous; a sink
 * that writes keeps its own buffer.
 */
export interface Sink {
  session(session: Session, findings: readonly Finding[]): void;
  end(totals: Totals): void;
}

/** What is known once every input is read. */
export interface Totals {
  readonly verdict: string;
  readonly inputs: readonly Input[];
  readonly pairs: readonly Pair[];
  /** Findings that belong to no single session: grouped ones, those of observers and of pairs. */
  readonly findings: readonly Finding[];
  readonly groups: readonly Group[];
  readonly summary: Summary;
}

/**
 * Reads transcripts and hands sessions with their findings to a sink.
 *
 * @example
 * const analysis = new Analysis({}, sink);
 * analysis.open({ path: 'server.log', sizeBytes: null, compression: null });
 * analysis.push(chunk); // as often as there are bytes; the chunk may be reused afterwards
 * analysis.close();
 * const totals = analysis.end();
 */
export class Analysis {
  constructor(_options: AnalysisOptions, _sink: Sink) {}

  /** Begins an input. Only one is open at a time. */
  open(_source: InputSource): void {}

  /** Takes the input's next bytes. Returns false when no more are wanted (no transcript; {@link close} says why). */
  push(_chunk: Uint8Array): boolean {
    return true;
  }

  /** Ends the input. `error`: why its reader could not go on to its end. The returned input's `error` says if it could not be understood. */
  close(_error: string | null = null): Input {
    throw new Error('no input is open');
  }

  /** Lists an input that could not be opened. */
  fail(_source: InputSource, _error: string): Input {
    throw new Error('no input is open');
  }

  /** Ends the analysis; hands the totals to the sink, and returns them. */
  end(): Totals {
    throw new Error('no input is open');
  }
}
