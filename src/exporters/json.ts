import { isAtLeast, type Sink, type Totals } from '../core/analysis.ts';
import { limits } from '../core/limits.ts';
import { type Finding, REPORT_SCHEMA } from '../core/report.ts';
import type { Session } from '../core/sessions/session.ts';
import { VERSION } from '../version.ts';
import type { Exporter, ExportOptions, Write } from './exporter.ts';
import { plainFinding, plainSession } from './plain.ts';
import { stringifyJson } from './printable.ts';

import { columnsOf, createRowSink, rowObject } from './tables/rows.ts';

/** One JSON object to the contract `ftplens.report/1`, or one array of a table's rows. */
export const json: Exporter = {
  id: 'json',
  title: 'JSON: the whole report as one object',
  extensions: ['json'],
  holds: 'either',
  create: (write, options) => (options.table === null ? new ReportSink(write) : createRowArray(write, options)),
};

/**
 * Streams the report: a big log's exceeds the longest string. The findings of sessions wait until the sessions are done,
 * because one object cannot hold both lists open; beyond a limit they are only counted in the groups.
 */
class ReportSink implements Sink {
  private readonly write: Write;
  private readonly findings: string[] = [];
  private sessions = 0;

  constructor(write: Write) {
    this.write = write;
    const generator = stringifyJson({ name: 'ftplens', version: VERSION });
    write(`{"schema":"${REPORT_SCHEMA}","generator":${generator},\n"sessions":[`);
  }

  session(session: Session, findings: readonly Finding[]): void {
    const withExchanges =
      this.sessions < limits.sessionsWithExchanges ||
      findings.some((finding) => isAtLeast(finding.severity, 'warning'));
    this.write(`${this.sessions === 0 ? '\n' : ',\n'}${stringifyJson(plainSession(session, withExchanges))}`);
    this.sessions++;
    for (const finding of findings)
      if (this.findings.length < limits.findings) this.findings.push(stringifyJson(plainFinding(finding)));
  }

  end(totals: Totals): void {
    for (const finding of totals.findings) this.findings.push(stringifyJson(plainFinding(finding)));
    this.write('],\n');
    this.writeList('inputs', totals.inputs.map(stringifyJson));
    this.writeList('pairs', totals.pairs.map(stringifyJson));
    this.writeList('undecidedPairs', totals.undecidedPairs.map(stringifyJson));
    this.writeList('findings', this.findings);
    this.writeList('groups', totals.groups.map(stringifyJson));
    this.write(`"summary":${stringifyJson(totals.summary)},\n"verdict":${stringifyJson(totals.verdict)}}\n`);
  }

  private writeList(name: string, items: readonly string[]): void {
    this.write(`"${name}":[`);
    for (let i = 0; i < items.length; i++) this.write(`${i === 0 ? '\n' : ',\n'}${items[i]}`);
    this.write('],\n');
  }
}

function createRowArray(write: Write, options: ExportOptions): Sink {
  const columns = columnsOf(options);
  let rows = 0;
  return createRowSink(options, {
    row(cells) {
      write((rows++ === 0 ? '[\n' : ',\n') + stringifyJson(rowObject(columns, cells)));
    },
    end() {
      write(rows === 0 ? '[]\n' : '\n]\n');
    },
  });
}
