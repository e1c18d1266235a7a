import { readdirSync, readFileSync } from 'node:fs';
import { Analysis, type AnalysisOptions, type Totals } from '../../../src/core/analysis.ts';
import { bytesOf } from '../../../src/core/bytes/text.ts';
import type { Finding } from '../../../src/core/report.ts';

/** An input as a test gives it. `streamed`: said to be too large to be held. */
export interface Given {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly streamed?: boolean;
}

const FIXTURES = new URL('../../../fixtures/', import.meta.url);

/** A fixture by its path below fixtures/. */
export function fixture(path: string): Given {
  return { path, bytes: new Uint8Array(readFileSync(new URL(path, FIXTURES))) };
}

/** The client's and the server's record of a folder below fixtures/pairs/. */
export function recordsOf(folder: string): Given[] {
  const names = readdirSync(new URL(`pairs/${folder}/`, FIXTURES)).sort();
  return names.map((name) => fixture(`pairs/${folder}/${name}`));
}

export function given(path: string, lines: readonly string[], streamed = false): Given {
  return { path, bytes: bytesOf(`${lines.join('\n')}\n`), streamed };
}

/** What an analysis of the inputs says about pairs. */
export function pairUp(inputs: readonly Given[], options: AnalysisOptions = {}): Totals & { pairFindings: Finding[] } {
  const analysis = new Analysis(options, { session: () => undefined, end: () => undefined });
  inputs.forEach(({ path, bytes, streamed }, index) => {
    const sizeBytes = streamed ? 2 ** 32 : bytes.length;
    analysis.open({ path, sizeBytes, compression: null, last: index === inputs.length - 1 });
    analysis.push(bytes);
    analysis.close();
  });
  const totals = analysis.end();
  return { ...totals, pairFindings: totals.findings.filter(({ pair }) => pair !== null) };
}
