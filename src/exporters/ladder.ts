import { wrapAnsi } from 'fast-wrap-ansi';
import type { Sink } from '../core/analysis.ts';
import { type Finding, SEVERITIES } from '../core/report.ts';
import type { Session } from '../core/sessions/session.ts';
import type { ExportOptions, Write } from './exporter.ts';
import { createLayout, type Layout, padEnd, wrapText } from './layout.ts';
import { escapeControls, escapeControlsInLines } from './printable.ts';
import { connectionTexts, headlineOf, transferText } from './text/session.ts';

const IDS_KEPT = 20;
const TEXT_MAX = 2_000;
const ARROW = { client: ' ─> ', server: ' <─ ', remark: '    ' } as const;
/** Share of the width beside line and time that commands get; replies are longer. */
const CLIENT_SHARE = 0.4;

/** One step of the dialogue. */
interface Step {
  readonly order: number;
  readonly line: number;
  readonly at: string | null;
  readonly from: keyof typeof ARROW;
  readonly text: string;
}

/** Shows one session as a ladder: the client's commands left, the server's replies right, findings beside their lines. */
export class Ladder implements Sink {
  /** Ids of the first sessions seen, to tell which there are when the wanted one is not among them. */
  readonly ids: string[] = [];
  /** Whether there were more sessions than {@link ids} names. */
  hasMore = false;
  private readonly write: Write;
  private readonly layout: Layout;
  private readonly wanted: string | null;
  private lines: readonly string[] | null = null;

  /** `wanted`: the session's id; null = the only one. */
  constructor(write: Write, options: ExportOptions, wanted: string | null) {
    this.write = write;
    this.layout = createLayout(options.width, options.color);
    this.wanted = wanted;
  }

  /** Whether the wanted session was there. */
  get isShown(): boolean {
    return this.lines !== null && (this.wanted !== null || this.ids.length === 1);
  }

  session(session: Session, findings: readonly Finding[]): void {
    if (this.ids.length < IDS_KEPT) this.ids.push(session.id);
    else this.hasMore = true;
    if (this.wanted === null ? this.ids.length === 1 : session.id === this.wanted)
      this.lines = drawLadder(session, findings, this.layout);
  }

  end(): void {
    if (this.isShown) this.write(`${this.lines!.join('\n')}\n`);
  }
}

function drawLadder(session: Session, findings: readonly Finding[], layout: Layout): string[] {
  const steps = stepsOf(session);
  const remarks = remarksByLine(session, findings, layout);
  const marks = marksByLine(findings, layout);
  const digits = Math.max(4, String(session.lastLine).length);
  const clock = steps.reduce((width, { at }) => Math.max(width, at === null ? 0 : clockOf(at).length + 2), 0);
  const blank = ' '.repeat(digits + 3 + clock);
  const rest = layout.width - blank.length - ARROW.client.length;
  const client = Math.floor(rest * CLIENT_SHARE);
  const columns: Columns = { client, server: rest - client, blank };
  const lines = [...wrapText(layout, '', headlineOf(session, layout))];
  if (session.verdict !== null) lines.push(...wrapText(layout, '', escapeControls(session.verdict)));
  const heading = padEnd('line', digits + 3) + padEnd(clock > 0 ? 'time' : '', clock);
  lines.push('', layout.dim(`${heading}${padEnd('client', client + ARROW.client.length)}server`));
  let before = '';
  steps.forEach((step, i) => {
    const time = step.at === null || clockOf(step.at) === before ? '' : clockOf(step.at);
    if (time !== '') before = time;
    const mark = marks.get(step.line) ?? ' ';
    const lead = `${layout.dim(String(step.line).padStart(digits))} ${mark} ${layout.dim(padEnd(time, clock))}`;
    lines.push(...drawStep(step, session.vantage, lead, columns, layout));
    if (steps[i + 1]?.line !== step.line) lines.push(...takeRemarks(remarks, step.line, blank, layout));
  });
  for (const line of [...remarks.keys()]) lines.push(...takeRemarks(remarks, line, blank, layout));
  return lines;
}

/** Widths of the ladder's sides, and what stands before them where a step goes on. */
interface Columns {
  readonly client: number;
  readonly server: number;
  readonly blank: string;
}

function stepsOf(session: Session): Step[] {
  const steps: Step[] = [];
  for (const exchange of session.exchanges) {
    if (exchange.verb !== null) {
      const text =
        exchange.argument === null || exchange.argument === ''
          ? exchange.verb
          : `${exchange.verb} ${exchange.argument}`;
      steps.push({ order: exchange.order, line: exchange.line, at: exchange.at, from: 'client', text });
    }
    for (const { order, line, at, code, text } of exchange.replies)
      steps.push({ order, line, at, from: 'server', text: `${code} ${text}` });
  }
  for (const { order, line, text } of session.remarks)
    if (text.trim() !== '') steps.push({ order, line, at: null, from: 'remark', text });
  return steps.sort((a, b) => a.order - b.order);
}

/** The time of day of an ISO 8601 time. */
function clockOf(at: string): string {
  return at.substring(at.indexOf('T') + 1);
}

function drawStep(
  { from, text }: Step,
  vantage: Session['vantage'],
  lead: string,
  { client, server, blank }: Columns,
  layout: Layout,
): string[] {
  const isLeft = from === 'client' || (from === 'remark' && vantage === 'client');
  // Nothing stands beside a remark, so that it may reach over to the other side.
  const room = !isLeft ? server : from === 'remark' ? client + server : client;
  const paint =
    from === 'remark' ? layout.dim : /^[45]/.test(text) && from === 'server' ? layout.severity.error : String;
  const parts = wrapAnsi(escapeControlsInLines(text.substring(0, TEXT_MAX)), room, { hard: true }).split('\n');
  return parts.map((part, i) => {
    const start = i === 0 ? lead : blank;
    const arrow = ARROW[i === 0 ? from : 'remark'];
    return isLeft
      ? `${start}${padEnd(paint(part), client)}${arrow}`.trimEnd()
      : `${start}${' '.repeat(client)}${arrow}${paint(part)}`;
  });
}

/** What is said beneath lines: data connections, ends of transfers, findings. */
function remarksByLine(session: Session, findings: readonly Finding[], layout: Layout): Map<number, string[]> {
  const remarks = new Map<number, string[]>();
  const add = (line: number, text: string) => {
    const before = remarks.get(line);
    if (before === undefined) remarks.set(line, [text]);
    else before.push(text);
  };
  for (const connection of session.dataConnections) {
    const reply = session.exchanges[connection.exchange]?.final;
    const [text] = connectionTexts([connection]);
    add(reply?.line ?? connection.line, layout.dim(`data connection: ${text}`));
  }
  for (const transfer of session.transfers)
    add(transfer.lastLine, `${transfer.direction}: ${transferText(session, transfer, layout)}`);
  const graver = (a: Finding, b: Finding) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  for (const finding of [...findings].sort(graver)) {
    const name = layout.severity[finding.severity](`${finding.severity} ${finding.id}`);
    add(finding.evidence[0]?.line ?? session.lastLine, `${name}: ${escapeControls(finding.message)}`);
  }
  return remarks;
}

/** Marks of the lines that show a finding, in the colour of the gravest. */
function marksByLine(findings: readonly Finding[], layout: Layout): Map<number, string> {
  const marks = new Map<number, string>();
  for (const severity of [...SEVERITIES].reverse())
    for (const finding of findings)
      if (finding.severity === severity)
        for (const { line } of finding.evidence) marks.set(line, layout.severity[severity](MARK[severity]));
  return marks;
}

const MARK = { error: '!', warning: '!', notice: '*', info: '*' } as const;

function takeRemarks(remarks: Map<number, string[]>, line: number, blank: string, layout: Layout): string[] {
  const texts = remarks.get(line) ?? [];
  remarks.delete(line);
  return texts.flatMap((text) =>
    wrapText(layout, `${blank}│ `, text).map((row, i) => (i === 0 ? row : row.replace(`${blank}  `, `${blank}│ `))),
  );
}
