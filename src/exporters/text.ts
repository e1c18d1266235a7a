import type { Sink, Totals } from '../core/analysis.ts';
import { type Finding, SEVERITIES } from '../core/report.ts';
import type { Session } from '../core/sessions/session.ts';
import type { Exporter, ExportOptions, Write } from './exporter.ts';
import { createLayout, type Layout, wrapText } from './layout.ts';
import { type PlaceOf, placesIn } from './place.ts';
import { plainFinding } from './plain.ts';
import { escapeControls } from './printable.ts';
import { arrangeFindings, describeFinding } from './text/finding.ts';
import { describePair } from './text/pair.ts';
import { describeSession } from './text/session.ts';
import { drawSides } from './text/sides.ts';
import { describeGroups, describeTotals } from './text/totals.ts';
import { describeInput } from './text/transcript.ts';

/** Above this number of sessions totals and grouped findings are told instead of each session. */
const SESSIONS_SHOWN = 20;
/** Users, peers and the like that are named, unless told otherwise. */
const ROWS_SHOWN = 5;

/** The summary for people: verdict, sessions or totals, findings with what to do. */
export const text: Exporter = {
  id: 'text',
  title: 'a summary for people',
  extensions: ['txt'],
  holds: 'report',
  create: (write, options) => new SummarySink(write, options),
};

/** Pairs that are laid side by side, and exchanges from which on only those with differences are shown. */
const LADDERS_SHOWN = 3;
const LADDER_EXCHANGES = 24;

/** Keeps the words of the first sessions, because the verdict that stands above them is known at the end. */
class SummarySink implements Sink {
  private readonly write: Write;
  private readonly options: ExportOptions;
  private readonly placeOf: PlaceOf;
  private readonly layout: Layout;
  private sessions = 0;
  private blocks: { readonly input: number; readonly firstLine: number; readonly lines: readonly string[] }[] = [];
  private findings: Finding[] = [];
  private readonly examples = new Map<string, Finding>();

  constructor(write: Write, options: ExportOptions) {
    this.write = write;
    this.options = options;
    this.placeOf = placesIn(options);
    this.layout = createLayout(options.width, options.color);
  }

  session(session: Session, findings: readonly Finding[]): void {
    this.sessions++;
    for (const finding of findings)
      if (!this.examples.has(finding.id)) this.examples.set(finding.id, plainFinding(finding));
    if (this.sessions > SESSIONS_SHOWN) {
      this.blocks = [];
      this.findings = [];
      return;
    }
    this.blocks.push({
      input: session.input,
      firstLine: session.firstLine,
      lines: describeSession(session, this.layout),
    });
    this.findings.push(...findings.map(plainFinding));
  }

  end(totals: Totals): void {
    for (const finding of totals.findings) if (!this.examples.has(finding.id)) this.examples.set(finding.id, finding);
    this.print(this.verdictLines(totals));
    if (this.sessions > SESSIONS_SHOWN) this.printGroups(totals);
    else {
      if (totals.summary.grouped !== null) this.printTotals(totals);
      this.printEach(totals);
    }
  }

  /** The verdict, its first sentence in the colour of the gravest finding. */
  private verdictLines({ verdict }: Totals): string[] {
    const { layout } = this;
    const found = [...this.examples.values()].map(({ severity }) => severity);
    const worst = SEVERITIES.find((severity) => found.includes(severity));
    const paint = worst === 'error' || worst === 'warning' ? layout.severity[worst] : String;
    const [first = '', ...rest] = escapeControls(verdict).split(/(?<=\.) /);
    return wrapText(layout, '', [layout.bold(paint(first)), ...rest].join(' '));
  }

  private printEach(totals: Totals): void {
    const { layout } = this;
    this.blocks.sort((a, b) => a.firstLine - b.firstLine);
    totals.inputs.forEach((input, index) => {
      // What could not be read at all is told on standard error.
      if (input.error !== null && input.transcripts.length === 0) return;
      const blocks = this.blocks.filter((block) => block.input === index);
      this.print(['', ...describeInput(input, layout), ...blocks.flatMap(({ lines }) => ['', ...lines])]);
    });
    if (totals.pairs.length > 0) this.print(['', layout.bold('Recorded by both sides')]);
    totals.pairs.forEach((pair, i) => {
      this.print(['', ...describePair(pair, layout)]);
      const sessions = totals.pairedSessions?.[i] ?? null;
      if (sessions !== null && i < LADDERS_SHOWN)
        this.print(['', ...drawSides(sessions, this.options.inputPath, layout, LADDER_EXCHANGES)]);
    });
    const findings = [...this.findings, ...totals.findings];
    for (const told of arrangeFindings(findings)) {
      const followers = findings.filter((finding) => finding.causedBy === told.finding.key);
      this.print(['', ...describeFinding(told, followers, this.placeOf, layout)]);
    }
  }

  private printGroups(totals: Totals): void {
    this.printTotals(totals);
    this.print(describeGroups(totals.groups, this.examples, this.placeOf, this.layout));
  }

  private printTotals(totals: Totals): void {
    this.print(['', ...describeTotals(totals, this.options.top ?? ROWS_SHOWN, this.layout)]);
  }

  private print(lines: readonly string[]): void {
    if (lines.length > 0) this.write(`${lines.join('\n')}\n`);
  }
}
