import type { Certainty, Remedy, Severity, Side } from '../report.ts';
import type { Exchange, Remark, Reply, Session } from '../sessions/session.ts';
import type { Trait } from '../sessions/traits.ts';

/** Groups of diagnoses, as folders below `diagnoses/`. */
export type DiagnosisGroup = 'address-family' | 'passive' | 'transfers' | 'tls' | 'login' | 'health' | 'pairs';

/** What the user said that a diagnosis may use. */
export interface Settings {
  /** Passive ports that the server is known to use. */
  readonly passiveRange: { readonly from: number; readonly to: number } | null;
}

/** What shows a fact: the event itself, or just its line where only that is known. */
export type Shown = number | Reply | Exchange | Remark;

/** One occurrence of a diagnosis: facts for the wording, and the lines that show it. */
export interface Fact<Data> {
  /** Lines that show it, most telling first. */
  readonly lines: readonly Shown[];
  readonly data: Data;
  readonly side: Side;
  readonly certainty: Certainty;
  /** Where it differs from the diagnosis's own. */
  readonly severity?: Severity;
  readonly transfer?: number | null;
  /** Where it tells of several transfers, all of them: it then explains what follows from each. */
  readonly transfers?: readonly number[];
  readonly dataConnection?: number | null;
  /** Those of the diagnosis that fit this occurrence, if not all do. */
  readonly remedies?: readonly Remedy[];
  readonly wouldDecide?: string;
  /** How long the thing had lasted in milliseconds, where occurrences are worth comparing by it. */
  readonly elapsedMs?: number;
}

/** What one session can show. The file is named as the id, the noun of the problem. */
export interface Diagnosis<Data = unknown> {
  readonly id: string;
  readonly group: DiagnosisGroup;
  /** A noun phrase, for lists. */
  readonly title: string;
  readonly severity: Severity;
  /** The gravest that a fact of it may be, where that is graver than `severity`. */
  readonly gravest?: Severity;
  /** `RFC 2428 section 3`, or a product's documentation. */
  readonly references: readonly string[];
  /** What it means, for `explain`. */
  readonly explanation: string;
  readonly remedies: readonly Remedy[];
  /**
   * Without one of these in the session, `detect` yields nothing, so healthy sessions need not be looked at. A test proves
   * that they change no finding. Absent = look at every session.
   */
  readonly triggers?: Triggers;
  /** Reasons from something absent: silent in a session with a gap. */
  readonly needsWhole?: boolean;
  /** Diagnoses that explain this one away when they are found on the same data connection, transfer or session. */
  readonly follows?: readonly string[];
  /** One finding for an input, with the count of sessions, where it has more sessions than `limits.groupedAbove`. */
  readonly perInput?: boolean;
  /** For `perInput`: the finding in words where it stands for many sessions; their count is added. */
  readonly inMany?: string;
  detect(session: Session, settings: Settings): Iterable<Fact<Data>>;
  /** The finding in words: one or two plain sentences with the facts filled in. */
  message(data: Data): string;
}

export interface Triggers {
  readonly codes?: readonly number[];
  /** Verbs, upper case. */
  readonly verbs?: readonly string[];
  /** Notes by number (`Note` in event.ts). */
  readonly notes?: readonly number[];
  /** And, besides one of the above (where any is named), one of these. */
  readonly traits?: readonly Trait[];
  /** And all of these. */
  readonly needs?: readonly Trait[];
}

/** Types `data` by inference, so that `detect` and `message` agree. */
export function defineDiagnosis<Data>(diagnosis: Diagnosis<Data>): Diagnosis<Data> {
  return diagnosis;
}
