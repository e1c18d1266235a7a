/**
 * ftplens as a library: bytes in, sessions and findings out. Runs wherever JavaScript does; nothing here touches files or the
 * network.
 */
import { Analysis, type AnalysisOptions, type Sink, type Totals } from './core/analysis.ts';

import { type Finding, REPORT_SCHEMA, type Report, type Session } from './core/report.ts';
import { plainFinding, plainSession } from './exporters/plain.ts';
import { VERSION } from './version.ts';

export {
  Analysis,
  type AnalysisOptions,
  type Filter,
  type InputSource,
  type Sink,
  type Totals,
} from './core/analysis.ts';
export { diagnoses } from './core/diagnoses/index.ts';
export { formats } from './core/formats/index.ts';
export type * from './core/report.ts';
export { FORMAT_IDS, OUTCOMES, REPORT_SCHEMA, SEVERITIES } from './core/report.ts';
export { plainSession } from './exporters/plain.ts';
export { VERSION } from './version.ts';

/** A transcript to analyse. */
export interface Transcribed {
  /** How the report names it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Analyses transcripts that are in memory and returns the whole report. For logs of many megabytes use {@link Analysis} with a
 * sink, which keeps nothing.
 */
export function analyse(inputs: readonly Transcribed[], options: AnalysisOptions = {}): Report {
  const sessions: Session[] = [];
  const findings: Finding[] = [];
  const sink: Sink = {
    session(session, found) {
      sessions.push(plainSession(session));
      findings.push(...found.map(plainFinding));
    },
    end: () => undefined,
  };
  const analysis = new Analysis(options, sink);
  for (const { path, bytes } of inputs) {
    analysis.open({ path, sizeBytes: bytes.length, compression: null });
    analysis.push(bytes);
    analysis.close();
  }
  return reportOf(analysis.end(), sessions, findings);
}

function reportOf(totals: Totals, sessions: Session[], findings: Finding[]): Report {
  return {
    schema: REPORT_SCHEMA,
    generator: { name: 'ftplens', version: VERSION },
    verdict: totals.verdict,
    inputs: totals.inputs,
    sessions,
    pairs: totals.pairs,
    undecidedPairs: totals.undecidedPairs,
    findings: [...findings, ...totals.findings],
    groups: totals.groups,
    summary: totals.summary,
  };
}
