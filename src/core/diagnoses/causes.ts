/** Which finding another one follows from: a cascade is told once, by its root. */

import { type Finding, SEVERITIES, type Severity } from '../report.ts';
import type { Diagnosis } from './diagnosis.ts';

/** A finding that may get a cause. */
export interface Tied {
  readonly diagnosis: Pick<Diagnosis, 'id' | 'follows'>;
  readonly finding: Pick<Finding, 'key' | 'transfer' | 'dataConnection'> & {
    severity: Severity;
    causedBy: string | null;
  };
  /** Where it tells of several transfers, all of them. */
  readonly transfers?: readonly number[] | undefined;
  /** First and last line that shows it. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Where a severity stands among all; 0 is the gravest. */
export function rankOf(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/**
 * Names in each finding the one that explains it: on the same data connection, else the same transfer, else in the session
 * and not after it; the first such one in the order of `found`.
 */
export function tieToCauses(found: readonly Tied[]): void {
  if (!found.some(({ diagnosis }) => diagnosis.follows !== undefined)) return;
  const places = new Places(found);
  for (const effect of found) {
    const { follows } = effect.diagnosis;
    const cause = follows === undefined ? null : places.causeOf(effect, follows);
    if (cause === null) continue;
    effect.finding.causedBy = cause.finding.key;
    // The effect of something that alarms nobody is what the reader has to be told of.
    const isTold = rankOf(cause.finding.severity) < rankOf('notice');
    if (isTold && rankOf(effect.finding.severity) < rankOf('notice')) effect.finding.severity = 'notice';
  }
}

/** Findings of one diagnosis by what they are about, in order, as indexes: a session may hold many thousands of them. */
class Causes {
  readonly all: number[] = [];
  readonly ofDataConnection = new Map<number, number[]>();
  readonly ofTransfer = new Map<number, number[]>();
  readonly ofNoDataConnection: number[] = [];
  readonly ofNoTransfer: number[] = [];
  readonly ofSession: number[] = [];

  add({ finding: { dataConnection, transfer }, transfers = [] }: Tied, index: number): void {
    this.all.push(index);
    if (dataConnection === null) this.ofNoDataConnection.push(index);
    else put(this.ofDataConnection, dataConnection, index);
    if (transfer === null) this.ofNoTransfer.push(index);
    else put(this.ofTransfer, transfer, index);
    for (const other of transfers) if (other !== transfer) put(this.ofTransfer, other, index);
    if (dataConnection === null && transfer === null) this.ofSession.push(index);
  }

  /** On the same data connection. */
  closest({ dataConnection }: Tied['finding']): readonly number[] {
    return dataConnection === null ? [] : (this.ofDataConnection.get(dataConnection) ?? []);
  }

  /** About the same transfer, and not about two data connections. */
  close({ dataConnection, transfer }: Tied['finding'], found: readonly Tied[]): readonly number[] {
    if (transfer === null) return [];
    const causes = this.ofTransfer.get(transfer) ?? [];
    return dataConnection === null ? causes : causes.filter((at) => found[at]!.finding.dataConnection === null);
  }

  /** In the same session, and not about two data connections or transfers: those have nothing to do with each other. */
  loose({ dataConnection, transfer }: Tied['finding']): readonly number[] {
    if (dataConnection === null) return transfer === null ? this.all : this.ofNoTransfer;
    return transfer === null ? this.ofNoDataConnection : this.ofSession;
  }
}

class Places {
  private readonly found: readonly Tied[];
  private readonly byId = new Map<string, Causes>();
  private readonly byKey = new Map<string, Tied>();

  constructor(found: readonly Tied[]) {
    this.found = found;
    found.forEach((tied, index) => {
      const { id } = tied.diagnosis;
      const causes = this.byId.get(id) ?? new Causes();
      this.byId.set(id, causes);
      causes.add(tied, index);
      this.byKey.set(tied.finding.key, tied);
    });
  }

  causeOf(effect: Tied, follows: readonly string[]): Tied | null {
    const known: Causes[] = [];
    for (const id of follows) {
      const causes = this.byId.get(id);
      if (causes !== undefined) known.push(causes);
    }
    if (known.length === 0) return null;
    const { finding } = effect;
    return (
      this.firstOf(effect, known, (causes) => causes.closest(finding)) ??
      this.firstOf(effect, known, (causes) => causes.close(finding, this.found)) ??
      this.firstOf(
        effect,
        known,
        (causes) => causes.loose(finding),
        (cause) => cause.firstLine <= effect.lastLine,
      )
    );
  }

  private firstOf(
    effect: Tied,
    known: readonly Causes[],
    among: (causes: Causes) => readonly number[],
    fits: (cause: Tied) => boolean = () => true,
  ): Tied | null {
    let first = -1;
    for (const causes of known) {
      const at = among(causes).find((index) => {
        const cause = this.found[index]!;
        return fits(cause) && !this.leadsTo(cause, effect);
      });
      if (at !== undefined && (first < 0 || at < first)) first = at;
    }
    return this.found[first] ?? null;
  }

  /** Whether `from` is, over other findings, caused by `to`, or the same: causes must not run in a ring. */
  private leadsTo(from: Tied, to: Tied): boolean {
    let at: Tied | undefined = from;
    while (at !== undefined) {
      if (at === to) return true;
      const key: string | null = at.finding.causedBy;
      at = key === null ? undefined : this.byKey.get(key);
    }
    return false;
  }
}

function put(map: Map<number, number[]>, key: number, index: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [index]);
  else known.push(index);
}
