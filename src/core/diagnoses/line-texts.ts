import { limits } from '../limits.ts';
import type { Evidence } from '../report.ts';
import type { Exchange, Remark, Reply, Session } from '../sessions/session.ts';
import type { Shown } from './diagnosis.ts';

/** The texts of a session's lines, looked up only when a finding shows some. */
export class LineTexts {
  private readonly session: Session;
  private byLine: Map<number, string> | null = null;

  constructor(session: Session) {
    this.session = session;
  }

  evidenceOf(lines: readonly Shown[]): readonly Evidence[] {
    const told: { readonly line: number; readonly order: number; readonly text: string }[] = [];
    for (const shown of lines) {
      if (told.length === limits.evidence) break;
      const line = typeof shown === 'number' ? shown : lineOf(shown);
      const order = typeof shown === 'number' ? Number.POSITIVE_INFINITY : shown.order;
      const text = typeof shown === 'number' ? this.textOfLine(shown) : textOf(shown);
      if (!told.some((other) => other.line === line && other.text === text)) told.push({ line, order, text });
    }
    return told.map(({ line }, index) => {
      // What one line of a paste says stands in the order in which it happened: its line number does not tell.
      const same = told.filter((other) => other.line === line).sort((a, b) => a.order - b.order);
      const place = told.slice(0, index).filter((other) => other.line === line).length;
      return { input: this.session.input, line, text: same[place]!.text };
    });
  }

  /** Lines that only mark the ends of a session are not kept. */
  private textOfLine(line: number): string {
    const text = this.texts().get(line);
    if (text !== undefined) return text;
    return line === this.session.lastLine
      ? '(end of the session)'
      : line === this.session.firstLine
        ? '(start of the session)'
        : '';
  }

  private texts(): Map<number, string> {
    if (this.byLine !== null) return this.byLine;
    const texts = new Map<number, string>();
    const keep = (line: number, text: string) => {
      if (!texts.has(line)) texts.set(line, text);
    };
    for (const exchange of this.session.exchanges) {
      if (exchange.verb !== null) keep(exchange.line, textOf(exchange));
      for (const reply of exchange.replies) keep(reply.line, textOf(reply));
    }
    for (const remark of this.session.remarks) keep(remark.line, remark.text);
    for (const { clientError } of this.session.transfers)
      if (clientError !== null) keep(clientError.line, clientError.text);
    this.byLine = texts;
    return texts;
  }
}

/** Replies whose last line says what counts: a server may put any text before the address. */
function isLastLineTold({ code }: Reply): boolean {
  return code === 227 || code === 229;
}

function lineOf(shown: Reply | Exchange | Remark): number {
  return 'lastLine' in shown && isLastLineTold(shown) ? shown.lastLine : shown.line;
}

/** A line as evidence shows it. */
export function textOf(shown: Reply | Exchange | Remark): string {
  if ('replies' in shown) {
    if (shown.verb === null) return shown.replies[0] === undefined ? '' : textOf(shown.replies[0]);
    return shown.argument ? `${shown.verb} ${shown.argument}` : shown.verb;
  }
  if ('note' in shown) return shown.text;
  const { text } = shown;
  if (isLastLineTold(shown)) return `${shown.code} ${text.slice(text.lastIndexOf('\n') + 1)}`;
  const end = text.indexOf('\n');
  return `${shown.code} ${end < 0 ? text : text.slice(0, end)}`;
}
