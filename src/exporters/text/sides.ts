import { wrapAnsi } from 'fast-wrap-ansi';
import { counted } from '../../core/diagnoses/wording.ts';
import type { PairedExchange, PairedSessions } from '../../core/pairing/paired.ts';
import type { Exchange, Session } from '../../core/sessions/session.ts';
import type { ExportOptions } from '../exporter.ts';
import { type Layout, padEnd } from '../layout.ts';
import { escapeControls, escapeControlsInLines } from '../printable.ts';

const TEXT_MAX = 600;
const MARKS = { same: ' │ ', differs: ' ≠ ', clientOnly: ' < ', serverOnly: ' > ' } as const;
/** Exchanges in which both agree that are shown around one in which they do not, where not all are shown. */
const AROUND = 2;

/**
 * The two records of one session side by side in the order of time: the client's left, the server's right, differences marked.
 * Of a session with more than `most` exchanges those are left out in which both agree, with their count.
 */
export function drawSides(
  { client, server, exchanges }: PairedSessions,
  inputPath: ExportOptions['inputPath'],
  layout: Layout,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const width = Math.floor((layout.width - MARKS.same.length) / 2);
  const titleOf = ({ vantage, input }: Session) =>
    layout.dim(`${vantage}: ${escapeControls(inputPath(input))}`.slice(-width));
  const lines = [padEnd(titleOf(client), width) + MARKS.same + titleOf(server)];
  const isShown = exchanges.length <= most ? () => true : isNearDifference(exchanges);
  let leftOut = 0;
  const tellLeftOut = () => {
    if (leftOut > 0) lines.push(layout.dim(`      … ${counted(leftOut, 'command')} in which both agree`));
    leftOut = 0;
  };
  exchanges.forEach((exchange, i) => {
    if (!isShown(i)) {
      leftOut++;
      return;
    }
    tellLeftOut();
    lines.push(...drawRow(exchange, width, layout));
  });
  tellLeftOut();
  return lines;
}

function isNearDifference(exchanges: readonly PairedExchange[]): (index: number) => boolean {
  const differs = exchanges.map(
    ({ client, server, difference }) => client === null || server === null || difference !== null,
  );
  const last = exchanges.length - 1;
  return (index) => index === last || differs.slice(Math.max(0, index - AROUND), index + AROUND + 1).includes(true);
}

function drawRow({ client, server, difference }: PairedExchange, width: number, layout: Layout): string[] {
  const left = textOf(client, width);
  const right = textOf(server, width);
  const mark =
    client === null
      ? MARKS.serverOnly
      : server === null
        ? MARKS.clientOnly
        : difference === null
          ? MARKS.same
          : MARKS.differs;
  const paint = mark === MARKS.same ? layout.dim : layout.severity.warning;
  const lines: string[] = [];
  for (let i = 0; i < Math.max(left.length, right.length); i++)
    lines.push(`${padEnd(left[i] ?? '', width)}${paint(i === 0 ? mark : MARKS.same)}${right[i] ?? ''}`.trimEnd());
  return lines;
}

/** A command and its replies, each with its line. */
function textOf(exchange: Exchange | null, width: number): string[] {
  if (exchange === null) return [''];
  const lines: string[] = [];
  const add = (line: number, text: string) => {
    const lead = `${String(line).padStart(5)} `;
    const parts = wrapAnsi(escapeControlsInLines(text.substring(0, TEXT_MAX)), width - lead.length, { hard: true });
    for (const [i, part] of parts.split('\n').entries()) lines.push((i === 0 ? lead : ' '.repeat(lead.length)) + part);
  };
  if (exchange.verb !== null) add(exchange.line, `> ${exchange.verb} ${exchange.argument ?? ''}`.trimEnd());
  for (const { line, code, text } of exchange.replies) add(line, `< ${code} ${text}`);
  return lines;
}
