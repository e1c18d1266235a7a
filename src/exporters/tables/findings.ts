import type { Finding } from '../../core/report.ts';
import { count, defineTable, text } from './table.ts';

interface FindingRow {
  readonly path: string | null;
  readonly finding: Finding;
}

/** One row a finding. */
export const findings = defineTable<FindingRow>({
  name: 'findings',
  title: 'findings, one a row',
  columns: [
    text('file', 'Path of the input.', (row) => row.path),
    count('line', 'Most telling line.', (row) => row.finding.evidence[0]?.line ?? null),
    text('severity', '`error`, `warning`, `notice` or `info`.', (row) => row.finding.severity),
    text('finding', 'Id of the diagnosis, as `explain` takes it.', (row) => row.finding.id),
    text('session', 'Id of the session; empty where it belongs to no single one.', (row) => row.finding.session),
    text('message', 'What was found, in words.', (row) => row.finding.message),
    text(
      'side',
      'Whose side the cause is on: `client`, `server`, `network` or `unknown`.',
      (row) => row.finding.cause.side,
    ),
    text('certainty', 'How sure that is: `certain`, `likely` or `possible`.', (row) => row.finding.cause.certainty),
    text('remedies', 'What to change and who can, one remedy a line.', (row) =>
      row.finding.remedies.map((remedy) => `${remedy.side}: ${remedy.text}`).join('\n'),
    ),
    text('references', 'RFC sections and product documentation.', (row) => row.finding.references.join('; ')),
    text(
      'evidence_lines',
      'All lines that show it.',
      (row) => row.finding.evidence.map((line) => line.line).join(' '),
      'lines',
    ),
    text('would_decide', 'What evidence would settle an open cause.', (row) => row.finding.wouldDecide),
    count('transfer', 'Which transfer of the session, from 0.', (row) => row.finding.transfer),
    count('connection', 'Which data connection of the session, from 0.', (row) => row.finding.dataConnection),
    text('key', 'Key of the finding, unique in the report.', (row) => row.finding.key),
    text('caused_by', 'Key of the finding that it follows from.', (row) => row.finding.causedBy),
  ],
  eachOfSession(_session, found, path, take) {
    for (const finding of found) take({ path, finding });
  },
  eachOfTotals(totals, take) {
    for (const finding of totals.findings)
      take({ path: totals.inputs[finding.evidence[0]?.input ?? -1]?.path ?? null, finding });
  },
});
