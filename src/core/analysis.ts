import { FindingGroups } from './diagnoses/groups.ts';
import { diagnoses, observers, pairDiagnoses } from './diagnoses/index.ts';
import { diagnosePair } from './diagnoses/pairs/diagnose-pair.ts';
import type { PairDiagnosis } from './diagnoses/pairs/pair-diagnosis.ts';
import { type Complaint, diagnose, Plan } from './diagnoses/run.ts';
import { Gravest, reportVerdict, sessionVerdict } from './diagnoses/verdict.ts';
import { matchesFilter } from './filter.ts';
import { formats } from './formats/index.ts';
import { limits } from './limits.ts';
import type { PairedSessions } from './pairing/paired.ts';
import { Pairing } from './pairing/pairing.ts';
import { InputReader, type ReadingOptions } from './reading.ts';
import type {
  DateOrder,
  Finding,
  FormatId,
  Group,
  GroupKey,
  Input,
  Outcome,
  Pair,
  Severity,
  Summary,
  UndecidedPair,
} from './report.ts';
import { SEVERITIES } from './report.ts';
import type { SessionRecord } from './sessions/record.ts';
import { Retries } from './sessions/retries.ts';
import { RoutineSessions } from './sessions/routine-sessions.ts';
import type { Session } from './sessions/session.ts';
import type { Shard } from './sessions/session-table.ts';
import { SummaryBuilder } from './summary/summary.ts';

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
  /** Takes what did not stop the run: a diagnosis that failed on a session, what the limits of memory left out of an input. */
  readonly complain?: ((message: string) => void) | null;
  /** Takes each line that no scanner reads. */
  readonly unread?: ((input: number, line: number, text: string) => void) | null;
  /** The inputs are said to be a client's and a server's record of the same session: less evidence is enough to pair them. */
  readonly declaredPair?: boolean;
  /** Asked of each session when it is over; false leaves it out, as if the input did not hold it. */
  readonly accept?: ((session: Session) => boolean) | null;
  /** Keys by which the summary's `grouped` totals are counted. */
  readonly groupBy?: readonly GroupKey[] | null;
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
  /** Found in a folder rather than named: left out of the report when it is no transcript. */
  readonly optional?: boolean;
  /** No other input follows, so that nothing of it has to be remembered for pairing. */
  readonly last?: boolean;
  /**
   * Which of its sessions are read: it is read several times at once, each time for some of them. A text whose lines do not tell
   * their session is read by the first alone.
   */
  readonly shard?: Shard;
  /** The input goes on from a line on, and what is before was read earlier: as this format, in which nothing needs repair. */
  readonly continued?: { readonly firstLine: number; readonly format: FormatId; readonly order: DateOrder | null };
}

/**
 * Takes the results as they come. A session is borrowed: it is valid until the call returns. All of it is synchronous; a sink
 * that writes keeps its own buffer.
 */
export interface Sink {
  /**
   * `tallies`: reads of sessions only their {@link Session.tally}, ids, lines, times and addresses, of findings only the number
   * of warnings and errors, and of the totals only the inputs' paths and errors. Sessions alike are then looked at once. Absent:
   * reads anything.
   */
  readonly needs?: 'tallies';
  session(session: Session, findings: readonly Finding[]): void;
  end(totals: Totals): void;
}

/** What is known once every input is read. */
export interface Totals {
  readonly verdict: string;
  readonly inputs: readonly Input[];
  readonly pairs: readonly Pair[];
  /** What each of the pairs was made of; null where one side was known by its fingerprint alone. */
  readonly pairedSessions?: readonly (PairedSessions | null)[];
  /** Sessions that may be one with several of the other side, or with one by too little evidence. */
  readonly undecidedPairs: readonly UndecidedPair[];
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
  private readonly options: AnalysisOptions;
  private readonly sink: Sink;
  private readonly plan: Plan;
  /** For sessions by themselves: without what would be told of the input only, unless it may explain something else. */
  private readonly alonePlan: Plan;
  /** And without what never alarms, unless it may explain something else. */
  private readonly tallyPlan: Plan;
  /** Diagnoses whose findings stand with the input, not with its sessions. */
  private readonly perInput: ReadonlySet<string>;
  private readonly groups: FindingGroups;
  private readonly summary: SummaryBuilder;
  private readonly pairing: Pairing;
  private readonly pairDiagnoses: readonly PairDiagnosis[];
  private retries = new Retries();
  /** Kinds of sessions in which nothing is to be told; null where sinks read more than tallies. */
  private routine: RoutineSessions | null;
  private readonly inputs: Input[] = [];
  /** Index of the open input. */
  private index = 0;
  private readonly findings: Finding[] = [];
  private reader: InputReader | null = null;
  private source: InputSource | null = null;
  private pushedBytes = 0;
  private readonly gravest = new Gravest();
  /** The verdict on the only session so far; null once there are several. */
  private onlyVerdict: string | null = null;
  private sessions = 0;

  constructor(options: AnalysisOptions, sink: Sink) {
    this.options = options;
    this.sink = sink;
    const { only, except } = options.filter ?? {};
    const isSelected = ({ id }: { readonly id: string }) =>
      (only == null || only.includes(id)) && !except?.includes(id);
    const selected = diagnoses.filter(isSelected);
    const settings = { passiveRange: options.passiveRange ?? null };
    this.plan = new Plan(selected, settings);
    this.perInput = new Set(selected.filter(({ perInput }) => perInput === true).map(({ id }) => id));
    const causes = new Set(selected.flatMap(({ follows }) => follows ?? []));
    const alone = selected.filter(({ id }) => !this.perInput.has(id) || causes.has(id));
    this.alonePlan = new Plan(alone, settings);
    const asked = options.filter?.severity ?? null;
    this.tallyPlan =
      asked !== null && !isAtLeast(asked, 'warning')
        ? this.alonePlan
        : new Plan(
            alone.filter(({ id, severity, gravest }) => causes.has(id) || isAtLeast(gravest ?? severity, 'warning')),
            settings,
          );
    this.groups = new FindingGroups(selected, observers.filter(isSelected), settings);
    this.pairing = new Pairing(options.declaredPair === true);
    this.routine = null;
    this.summary = new SummaryBuilder(options.groupBy ?? null);
    this.pairDiagnoses = pairDiagnoses.filter(isSelected);
  }

  private readonly complaint: Complaint = ({ id }, session, error) =>
    this.options.complain?.(`the diagnosis ${id} failed on session ${session.id}: ${String(error)}`);

  /** Inputs listed so far, which is the index of the next one. */
  get inputCount(): number {
    return this.inputs.length;
  }

  /** The files of an input, open or done, that is a rotated series; null for any other. */
  partsOf(index: number): Input['parts'] {
    return this.inputs[index]?.parts ?? (index === this.index ? this.source?.parts : null) ?? null;
  }

  /**
   * Begins an input. Only one is open at a time. `index`: its place in the report, where inputs are not read in that order;
   * small ones should be read first, so that the other side's record is found in a large log as it passes.
   */
  open(source: InputSource, index = this.inputs.length): void {
    if (this.reader !== null) throw new Error(`${this.source!.path} is still open`);
    this.index = index;
    this.pushedBytes = 0;
    const reading: ReadingOptions = {
      ...this.options,
      unread: this.options.unread ?? null,
      input: index,
      source,
      session: (record) => this.take(record),
      forTallies: this.sink.needs === 'tallies',
    };
    this.source = source;
    this.retries = new Retries();
    this.routine = this.sink.needs === 'tallies' ? new RoutineSessions() : null;
    this.reader = new InputReader(reading, formats);
  }

  /** Takes the input's next bytes. Returns false when no more are wanted (no transcript; {@link close} says why). */
  push(chunk: Uint8Array): boolean {
    this.pushedBytes += chunk.length;
    return this.openReader().push(chunk);
  }

  /**
   * For an input that goes on to grow: shows each open session that had lines since the last look, as it stands, with what can
   * be said of it. Returns false for an input that is no clean log, which cannot be looked at before it ends.
   */
  peek(visit: (session: Session, findings: readonly Finding[]) => void): boolean {
    const reader = this.openReader();
    const { filter, accept } = this.options;
    if (!reader.settle()) return false;
    reader.peek((record) => {
      if ((accept != null && !accept(record)) || (filter != null && !matchesFilter(record, filter))) return;
      visit(record, this.diagnoseAlone(record, this.alonePlan));
    });
    return true;
  }

  /** Without what stands with the input. */
  private diagnoseAlone(record: SessionRecord, plan: Plan): readonly Finding[] {
    const findings = diagnose(record, plan, null, this.complaint);
    return findings.length === 0 ? findings : findings.filter(({ id }) => !this.perInput.has(id));
  }

  /**
   * Ends the input. `error`: why its reader could not go on to its end. The returned input's `error` says so, or why it could
   * not be understood.
   */
  close(error: string | null = null): Input {
    const input = this.openReader().close(error);
    this.reader = null;
    if (this.source!.optional && input.transcripts.length === 0 && error === null) return input;
    this.findings.push(...this.groups.endInput(this.index));
    this.inputs[this.index] = input;
    return input;
  }

  /** Lists an input that could not be opened. `index` as for {@link open}. */
  fail(source: InputSource, error: string, index = this.inputs.length): Input {
    const { path, sizeBytes, compression, parts } = source;
    const input: Input = {
      path,
      parts: parts ?? null,
      transcripts: [],
      sizeBytes: sizeBytes ?? 0,
      lines: 0,
      encoding: 'utf-8',
      compression,
      replacedCharacters: 0,
      error,
    };
    this.inputs[index] = input;
    return input;
  }

  /** Ends the analysis; hands the totals to the sink, and returns them. */
  end(): Totals {
    const { findings, observed, groups } = this.groups.end();
    this.findings.push(...findings, ...observed);
    const { pairs, undecided } = this.pairing.end();
    for (const { sessions } of pairs)
      if (sessions !== null) this.findings.push(...diagnosePair(sessions, this.pairDiagnoses, this.plan.diagnoses));
    const summary = this.summary.build(this.inputs);
    const totals: Totals = {
      verdict:
        this.onlyVerdict ?? reportVerdict(summary, groups.filter(isTelling), this.inputs, this.gravest, observed),
      inputs: this.inputs,
      pairs: pairs.map(({ pair }) => pair),
      pairedSessions: pairs.map(({ sessions }) => sessions),
      undecidedPairs: undecided,
      findings: this.findings,
      groups,
      summary,
    };
    this.sink.end(totals);
    return totals;
  }

  private openReader(): InputReader {
    if (this.reader === null) throw new Error('no input is open');
    return this.reader;
  }

  private take(record: SessionRecord): void {
    const { filter, accept } = this.options;
    if (accept != null && !accept(record)) return;
    if (filter != null && !matchesFilter(record, filter)) return;
    if (this.routine !== null) {
      this.takeTally(record, this.routine);
      return;
    }
    this.retries.link(record.id, record.user, record.transfers);
    const findings = diagnose(record, this.plan, this.groups, this.complaint);
    if (filter?.severity != null && !findings.some(({ severity }) => isAtLeast(severity, filter.severity!))) return;
    record.judge = () => sessionVerdict(record, findings);
    this.onlyVerdict = this.sessions++ === 0 ? record.verdict : null;
    this.gravest.take(record, findings);
    this.summary.add(record, this.source!.path);
    const sizeBytes = Math.max(this.source!.sizeBytes ?? 0, this.pushedBytes);
    this.pairing.consider(record, findings, { held: sizeBytes <= limits.pasteBytes, last: this.source!.last === true });
    this.sink.session(record, this.groups.add(record, findings));
  }

  /** For sinks that read tallies: nothing is gathered over sessions, and of a kind of routine sessions only the first is diagnosed. */
  private takeTally(record: SessionRecord, routine: RoutineSessions): void {
    this.sessions++;
    const known = routine.tallyOf(record);
    if (known !== null) {
      record.assume(known);
      this.sink.session(record, NOTHING);
      return;
    }
    const findings = this.diagnoseAlone(record, this.tallyPlan);
    const { filter } = this.options;
    if (filter?.severity != null && !findings.some(({ severity }) => isAtLeast(severity, filter.severity!))) return;
    if (findings.length === 0) routine.remember(record);
    this.sink.session(record, findings);
  }
}

const NOTHING: readonly Finding[] = [];

/** What holds for whole inputs (the server's age, say) is no reason for what went wrong in their sessions. */
function isTelling({ id }: Group): boolean {
  return !diagnoses.some((diagnosis) => diagnosis.id === id && diagnosis.perInput === true);
}

/** Whether a severity is as grave as `least` or graver. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
}
