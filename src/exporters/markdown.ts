import type { Sink, Totals } from '../core/analysis.ts';
import { counted } from '../core/diagnoses/wording.ts';
import { type Finding, OUTCOMES, type Pair, SEVERITIES } from '../core/report.ts';
import type { Session } from '../core/sessions/session.ts';
import { type Answer, answersOf } from './answers.ts';
import type { Exporter, ExportOptions, Write } from './exporter.ts';
import { escapeMarkdown, escapeProse, folded } from './markdown/escape.ts';
import { markdownFinding, markdownGroup } from './markdown/finding.ts';
import { markdownTable } from './markdown/table.ts';
import { type PlaceOf, placesIn } from './place.ts';
import { plainFinding } from './plain.ts';
import { columnsOf, createRowSink } from './tables/rows.ts';
import type { Cell } from './tables/table.ts';
import { arrangeFindings } from './text/finding.ts';

/** Above this number of sessions totals and grouped findings are told instead of each session. */
const SESSIONS_SHOWN = 20;
/** Rows of a table of totals, unless told otherwise. */
const ROWS_SHOWN = 10;

const SESSION_COLUMNS: Answer['columns'] = [
  { title: 'session', type: 'text' },
  { title: 'user', type: 'text' },
  { title: 'client', type: 'text' },
  { title: 'server', type: 'text' },
  { title: 'started', type: 'time' },
  { title: 'transfers', type: 'text' },
  { title: 'what happened', type: 'text' },
];

/** Markdown for tickets and pull requests: the verdict, sessions or totals, and findings with their evidence folded. */
export const markdown: Exporter = {
  id: 'markdown',
  title: 'Markdown: a summary for tickets and pull requests',
  extensions: ['md'],
  holds: 'report',
  create: (write, options) => new MarkdownSink(write, options),
};

class MarkdownSink implements Sink {
  private readonly write: Write;
  private readonly options: ExportOptions;
  private readonly placeOf: PlaceOf;
  private sessions = 0;
  private rows: (readonly Cell[])[] = [];
  private findings: Finding[] = [];
  /** The first finding of each diagnosis. */
  private readonly examples = new Map<string, Finding>();

  constructor(write: Write, options: ExportOptions) {
    this.write = write;
    this.options = options;
    this.placeOf = placesIn(options);
  }

  session(session: Session, findings: readonly Finding[]): void {
    this.sessions++;
    for (const finding of findings)
      if (!this.examples.has(finding.id)) this.examples.set(finding.id, plainFinding(finding));
    if (this.sessions > SESSIONS_SHOWN) {
      this.rows = [];
      this.findings = [];
      return;
    }
    this.rows.push(sessionRow(session));
    this.findings.push(...findings.map(plainFinding));
  }

  end(totals: Totals): void {
    for (const finding of totals.findings) if (!this.examples.has(finding.id)) this.examples.set(finding.id, finding);
    const [first = '', ...rest] = totals.verdict.split(/(?<=\.) /);
    const blocks = [
      [`## FTP: ${escapeProse(first)}`],
      // Behind an element, a text that quotes a log cannot begin a heading or a list.
      rest.length === 0 ? [] : [`<!-- -->${escapeProse(rest.join(' '))}`],
      this.filesBlock(totals),
      totals.pairs.map(pairItem),
    ];
    if (this.sessions > SESSIONS_SHOWN) blocks.push(...this.totalsBlocks(totals), ...this.groupBlocks(totals));
    else
      blocks.push(
        markdownTable(SESSION_COLUMNS, this.rows),
        ...this.groupedBlock(totals),
        ...this.findingBlocks(totals),
      );
    const shown = blocks.filter((lines) => lines.length > 0);
    this.write(`${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  }

  private filesBlock(totals: Totals): string[] {
    const rows = this.tableRows('files', totals, this.options.top ?? ROWS_SHOWN);
    const left = totals.inputs.length - rows.length;
    return [...markdownTable(columnsOf({ ...this.options, table: 'files' }), rows), ...leftOut(left)];
  }

  private totalsBlocks(totals: Totals): string[][] {
    const answers = answersOf(totals.summary, this.options.top ?? ROWS_SHOWN);
    return [
      ...this.groupedBlock(totals),
      ...answers.map(({ title, columns, rows, left }) =>
        folded(title, [...markdownTable(columns, rows), ...leftOut(left)]),
      ),
    ];
  }

  private groupedBlock(totals: Totals): string[][] {
    if (totals.summary.grouped === null) return [];
    const rows = this.tableRows('totals', totals, this.options.top ?? ROWS_SHOWN);
    const left = totals.summary.grouped.rows.length - rows.length;
    return [[...markdownTable(columnsOf({ ...this.options, table: 'totals' }), rows), ...leftOut(left)]];
  }

  private tableRows(table: 'files' | 'totals', totals: Totals, top: number): (readonly Cell[])[] {
    const rows: (readonly Cell[])[] = [];
    createRowSink({ ...this.options, table, top }, { row: (cells) => rows.push(cells), end() {} }).end(totals);
    return rows;
  }

  private groupBlocks({ groups }: Totals): string[][] {
    return [...groups]
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.count - a.count)
      .map((group) => markdownGroup(group, this.examples.get(group.id), this.placeOf));
  }

  private findingBlocks(totals: Totals): string[][] {
    const findings = [...this.findings, ...totals.findings];
    return arrangeFindings(findings).map((told) => {
      const followers = findings.filter(({ causedBy }) => causedBy === told.finding.key);
      return markdownFinding(told, followers, this.placeOf);
    });
  }
}

function pairItem({ client, server, confidence, reasons }: Pair): string {
  const sure = `${Math.round(confidence * 100)} % sure`;
  return `- ${escapeMarkdown(client)} and ${escapeMarkdown(server)} are one session, ${sure}: ${escapeProse(reasons.join(' '))}`;
}

function leftOut(count: number): string[] {
  return count > 0 ? ['', `${counted(count, 'more row')} left out.`] : [];
}

function sessionRow(session: Session): readonly Cell[] {
  const counts = OUTCOMES.map((outcome) => {
    const count = session.transfers.filter((transfer) => transfer.outcome === outcome).length;
    return count === 0 ? '' : `${count} ${outcome}`;
  });
  return [
    session.id,
    session.user,
    session.client.address,
    session.server.address,
    session.startedAt ?? session.timeOfDay,
    counts.filter((text) => text !== '').join(', '),
    session.verdict,
  ];
}
