import type { PairedSessions, PairedTransfer } from '../../pairing/paired.ts';
import type { Certainty, Remedy, Severity, Side } from '../../report.ts';
import type { Exchange, Remark, Reply } from '../../sessions/session.ts';
import type { DiagnosisGroup } from '../diagnosis.ts';
import type { Verdict } from '../transfers/attribution.ts';

/** What shows a fact: an event of one of the records, or a line of it. */
export type PairShown = Reply | Exchange | Remark | { readonly line: number; readonly text: string };

/** One occurrence: facts for the wording, and the lines of either record that show it, most telling first. */
export interface PairFact<Data> {
  readonly client: readonly (PairShown | null)[];
  readonly server: readonly (PairShown | null)[];
  readonly data: Data;
  readonly side: Side;
  readonly certainty: Certainty;
  /** Where it differs from the diagnosis's own. */
  readonly severity?: Severity;
  readonly transfer?: PairedTransfer | null;
  /** Those that fit this occurrence, if not all do. */
  readonly remedies?: readonly Remedy[];
  readonly wouldDecide?: string;
  /** What it makes of a transfer that broke off, where one record alone could only guess; and why, as a sentence. */
  readonly decides?: { readonly verdict: Verdict; readonly told: string } | null;
}

/** What only both records of a session together can show. The file is named as the id. */
export interface PairDiagnosis<Data = unknown> {
  readonly id: string;
  readonly group: DiagnosisGroup;
  readonly title: string;
  readonly severity: Severity;
  readonly references: readonly string[];
  readonly explanation: string;
  readonly remedies: readonly Remedy[];
  detect(sessions: PairedSessions): Iterable<PairFact<Data>>;
  message(data: Data): string;
}

/** Types `data` by inference, so that `detect` and `message` agree. */
export function definePairDiagnosis<Data>(diagnosis: PairDiagnosis<Data>): PairDiagnosis<Data> {
  return diagnosis;
}
