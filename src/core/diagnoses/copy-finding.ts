import type { Finding } from '../report.ts';

/** A finding as a plain object, which outlives the session that it was found in. */
export function copyFinding(finding: Finding): Finding {
  return {
    key: finding.key,
    id: finding.id,
    severity: finding.severity,
    session: finding.session,
    transfer: finding.transfer,
    dataConnection: finding.dataConnection,
    pair: finding.pair,
    message: finding.message,
    cause: { side: finding.cause.side, certainty: finding.cause.certainty },
    evidence: finding.evidence.map((line) => ({ input: line.input, line: line.line, text: line.text })),
    remedies: finding.remedies.map((remedy) => ({ side: remedy.side, text: remedy.text })),
    references: [...finding.references],
    causedBy: finding.causedBy,
    ...(finding.replaces === undefined ? {} : { replaces: finding.replaces }),
    wouldDecide: finding.wouldDecide,
  };
}
