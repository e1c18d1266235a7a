import { isAtLeast, type Sink } from '../core/analysis.ts';
import type { Finding, Severity } from '../core/report.ts';
import type { Progress } from './progress.ts';

/** Hands the results to every sink, without findings below a level, counts them, and remembers the gravest. */
export class FindingWatch implements Sink {
  readonly needs?: 'tallies';
  private readonly sinks: readonly Sink[];
  private readonly severity: Severity | null;
  private readonly found: Pick<Progress, 'sessions' | 'findings'>;
  private readonly seen = new Set<Severity>();

  /** `isAsked`: whether {@link hasAtLeast} will be asked, for which all findings have to be seen. Counts go to `found`. */
  constructor(
    sinks: readonly Sink[],
    severity: Severity | null,
    isAsked: boolean,
    found: Pick<Progress, 'sessions' | 'findings'>,
  ) {
    this.sinks = sinks;
    this.severity = severity;
    this.found = found;
    if (!isAsked && sinks.every(({ needs }) => needs === 'tallies')) this.needs = 'tallies';
  }

  session(...[session, findings]: Parameters<Sink['session']>): void {
    const shown = this.select(findings);
    this.found.sessions++;
    this.found.findings += shown.length;
    for (const sink of this.sinks) sink.session(session, shown);
  }

  end(...[totals]: Parameters<Sink['end']>): void {
    const { severity } = this;
    const findings = this.select(totals.findings);
    const groups =
      severity === null ? totals.groups : totals.groups.filter((group) => isAtLeast(group.severity, severity));
    for (const group of groups) this.seen.add(group.severity);
    for (const sink of this.sinks) sink.end({ ...totals, findings, groups });
  }

  /** Whether there were findings at this level or above. */
  hasAtLeast(level: Severity): boolean {
    return [...this.seen].some((severity) => isAtLeast(severity, level));
  }

  private select(findings: readonly Finding[]): readonly Finding[] {
    for (const finding of findings) this.seen.add(finding.severity);
    const { severity } = this;
    return severity === null ? findings : findings.filter((finding) => isAtLeast(finding.severity, severity));
  }
}
