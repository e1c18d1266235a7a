import type { Certainty, Evidence, Family, Finding, Remedy, Severity, Side } from '../report.ts';
import type { DiagnosisGroup, Settings } from './diagnosis.ts';

/** A login that was refused. */
export interface FailedLogin {
  readonly line: number;
  readonly text: string;
  readonly atMs: number | null;
  readonly user: string | null;
}

/** A transfer whose size and time are known. */
export interface MeasuredTransfer {
  readonly line: number;
  readonly text: string;
  readonly direction: 'download' | 'upload' | 'listing';
  readonly bytes: number;
  readonly ms: number;
}

/** What those who look at many sessions read of one, which is valid until they return: numbers and short strings. */
export interface SessionRow {
  readonly input: number;
  readonly vantage: 'client' | 'server';
  readonly firstLine: number;
  readonly firstText: string;
  readonly user: string | null;
  /** The client's address in server logs, the server's in client transcripts. */
  readonly peer: string | null;
  readonly family: Family;
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly isEncrypted: boolean | null;
  readonly login: 'accepted' | 'refused' | 'none' | 'unknown';
  readonly failedLogins: readonly FailedLogin[];
  readonly transfers: number;
  readonly completed: number;
  /** A passive data connection that did not come about, as a line; 0 for none. */
  readonly unreachedLine: number;
  /** The command at that line. */
  readonly unreachedText: string;
  readonly measured: readonly MeasuredTransfer[];
  readonly end: 'quit' | 'closed' | 'timed-out' | 'dropped' | 'refused' | 'unfinished';
  /** The last command, where it had no reply. */
  readonly unansweredVerb: string | null;
  readonly unansweredLine: number;
  /** Ports that the server offered, with their times. */
  readonly passivePorts: readonly { readonly port: number; readonly atMs: number | null; readonly line: number }[];
}

/** One occurrence over many sessions. */
export interface ObservedFact<Data> {
  readonly evidence: readonly Evidence[];
  readonly data: Data;
  readonly side: Side;
  readonly certainty: Certainty;
  readonly severity?: Severity;
}

/** Looks at the rows of an analysis, in order of the sessions' ends. Its memory is bounded. */
export interface Observer<Data> {
  row(row: SessionRow): void;
  end(): Iterable<ObservedFact<Data>>;
}

/** What only many sessions together can show. */
export interface ObserverDiagnosis<Data = unknown> {
  readonly id: string;
  readonly group: DiagnosisGroup;
  readonly title: string;
  readonly severity: Severity;
  readonly references: readonly string[];
  readonly explanation: string;
  readonly remedies: readonly Remedy[];
  observe(settings: Settings): Observer<Data>;
  message(data: Data): string;
}

/** Types `data` by inference, so that `observe` and `message` agree. */
export function defineObserver<Data>(diagnosis: ObserverDiagnosis<Data>): ObserverDiagnosis<Data> {
  return diagnosis;
}

/** Runs observers over the rows of an analysis. */
export class Observation {
  private readonly running: readonly { readonly diagnosis: ObserverDiagnosis; readonly observer: Observer<unknown> }[];

  constructor(diagnoses: readonly ObserverDiagnosis[], settings: Settings) {
    this.running = diagnoses.map((diagnosis) => ({ diagnosis, observer: diagnosis.observe(settings) }));
  }

  row(row: SessionRow): void {
    for (const { observer } of this.running) observer.row(row);
  }

  /** What the rows show together, by diagnosis. */
  end(): readonly Finding[] {
    const findings: Finding[] = [];
    for (const { diagnosis, observer } of this.running) {
      let n = 0;
      for (const fact of observer.end()) findings.push(writeObserved(diagnosis, fact, ++n));
    }
    return findings;
  }
}

function writeObserved(diagnosis: ObserverDiagnosis, fact: ObservedFact<unknown>, n: number): Finding {
  return {
    key: `${diagnosis.id}.${n}`,
    id: diagnosis.id,
    severity: fact.severity ?? diagnosis.severity,
    session: null,
    transfer: null,
    dataConnection: null,
    pair: null,
    message: diagnosis.message(fact.data),
    cause: { side: fact.side, certainty: fact.certainty },
    evidence: fact.evidence,
    remedies: diagnosis.remedies,
    references: diagnosis.references,
    causedBy: null,
    wouldDecide: null,
  };
}
