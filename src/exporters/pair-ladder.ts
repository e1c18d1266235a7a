import type { Sink, Totals } from '../core/analysis.ts';
import type { PairedSessions } from '../core/pairing/paired.ts';
import type { Finding, Pair } from '../core/report.ts';
import type { ExportOptions, Write } from './exporter.ts';
import { createLayout, type Layout, wrapText } from './layout.ts';
import { escapeControls } from './printable.ts';
import { drawSides } from './text/sides.ts';

/** Shows the two records of one session side by side: the client's left, the server's right, differences marked. */
export class PairLadder implements Sink {
  /** Ids of the pairs that there are. */
  ids: readonly string[] = [];
  /** Why no pair was made, where sessions came close. */
  undecided: Totals['undecidedPairs'] = [];
  private readonly write: Write;
  private readonly options: ExportOptions;
  private readonly layout: Layout;
  private readonly wanted: string | null;
  isShown = false;

  /** `wanted`: the pair's id; null = all of them. */
  constructor(write: Write, options: ExportOptions, wanted: string | null) {
    this.write = write;
    this.options = options;
    this.layout = createLayout(options.width, options.color);
    this.wanted = wanted;
  }

  session(): void {
    // What stands in a pair comes with the totals.
  }

  end({ pairs, pairedSessions, undecidedPairs, findings }: Totals): void {
    this.ids = pairs.map(({ id }) => id);
    this.undecided = undecidedPairs;
    pairs.forEach((pair, i) => {
      if (this.wanted !== null && pair.id !== this.wanted) return;
      const lines = this.draw(
        pair,
        pairedSessions?.[i] ?? null,
        findings.filter(({ pair: id }) => id === pair.id),
      );
      this.write(`${this.isShown ? '\n' : ''}${lines.join('\n')}\n`);
      this.isShown = true;
    });
  }

  private draw(pair: Pair, sessions: PairedSessions | null, findings: readonly Finding[]): string[] {
    const { layout } = this;
    const sure = `${Math.round(pair.confidence * 100)} % sure`;
    const lines = wrapText(layout, '', layout.bold(`${pair.client} and ${pair.server} are one session, ${sure}`));
    for (const reason of pair.reasons) lines.push(...wrapText(layout, '  because   ', escapeControls(reason)));
    lines.push(...clockLines(pair, layout));
    if (sessions === null) return lines;
    lines.push('', ...drawSides(sessions, this.options.inputPath, layout));
    for (const finding of findings) {
      lines.push(
        '',
        ...wrapText(layout, `${layout.severity[finding.severity](finding.severity)}  ${finding.id}  `, ''),
      );
      lines.push(...wrapText(layout, '  ', escapeControls(finding.message)));
    }
    return lines;
  }
}

function clockLines({ clockSkewMs, nat }: Pair, layout: Layout): string[] {
  const lines: string[] = [];
  if (clockSkewMs !== null) {
    const seconds = (ms: number) => `${(ms / 1000).toFixed(ms % 1000 === 0 ? 0 : 1)} s`;
    const ahead = clockSkewMs.value >= 0 ? 'ahead of' : 'behind';
    const skew = `the server's clock is ${seconds(Math.abs(clockSkewMs.value))} ${ahead} the client's`;
    lines.push(...wrapText(layout, '  clocks    ', `${skew}, give or take ${seconds(clockSkewMs.plusMinus)}`));
  }
  if (nat.clientSeenAs !== null)
    lines.push(...wrapText(layout, '  between   ', `the server sees the client as ${nat.clientSeenAs}`));
  if (nat.serverSeenAs !== null)
    lines.push(...wrapText(layout, '  between   ', `the client sees the server as ${nat.serverSeenAs}`));
  if (nat.portsRewritten === true)
    lines.push(...wrapText(layout, '  between   ', 'ports of data connections were rewritten'));
  return lines;
}
