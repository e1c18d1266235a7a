import type { Steps } from './fingerprint.ts';

/** Exchanges that both records show, as indexes into each, rising in both. */
export interface Alignment {
  readonly client: readonly number[];
  readonly server: readonly number[];
}

/** Exchanges of each side that are compared at once; longer dialogues are aligned piece by piece. */
const BLOCK = 128;
const best = new Int32Array((BLOCK + 1) * (BLOCK + 1));

const SAME_VERB = 2;
const SAME_ARGUMENT = 3;
const SAME_CODE = 2;
const OTHER_CODE = -1;

/** A stretch of one side's dialogue. */
interface Stretch {
  readonly steps: Steps;
  readonly start: number;
  readonly count: number;
  /** How many of them may be matched for good; the rest is looked at again with what follows. */
  readonly settled: number;
}

/**
 * Lays the dialogues side by side so that as much as possible agrees, in order: verb, argument, code. Either may begin
 * later, end earlier, or lack commands. Linear in the length of the dialogues.
 */
export function align(client: Steps, server: Steps): Alignment {
  const alignment = { client: [] as number[], server: [] as number[] };
  let { i, j } = startOf(client, server);
  while (i < client.count && j < server.count) {
    if (isSame(client, i, server, j)) {
      alignment.client.push(i++);
      alignment.server.push(j++);
      continue;
    }
    const rows = stretchAt(client, i);
    const columns = stretchAt(server, j);
    const settled = alignStretch(rows, columns, alignment);
    i += settled.rows;
    j += settled.columns;
  }
  return alignment;
}

/** A run this long is no chance. */
const RUN = 16;

/** Where both records are at the same point first: one of them may begin in the middle, as a rotated log does. */
function startOf(client: Steps, server: Steps): { i: number; j: number } {
  let start = { i: 0, j: 0 };
  let longest = runAt(client, 0, server, 0);
  if (longest > 0) return start;
  for (let j = 1; j < server.count && longest < RUN; j++) {
    const run = runAt(client, 0, server, j);
    if (run > longest) [start, longest] = [{ i: 0, j }, run];
  }
  for (let i = 1; i < client.count && longest < RUN; i++) {
    const run = runAt(client, i, server, 0);
    if (run > longest) [start, longest] = [{ i, j: 0 }, run];
  }
  return longest > 2 ? start : { i: 0, j: 0 };
}

/** How many exchanges from two points on agree, as far as it matters. */
function runAt(client: Steps, i: number, server: Steps, j: number): number {
  let run = 0;
  while (run < RUN && i + run < client.count && j + run < server.count && isSame(client, i + run, server, j + run))
    run++;
  return run;
}

function stretchAt(steps: Steps, start: number): Stretch {
  const count = Math.min(BLOCK, steps.count - start);
  return { steps, start, count, settled: start + count === steps.count ? count : BLOCK / 2 };
}

/** Whether two exchanges agree in all that both show. */
export function isSame(client: Steps, i: number, server: Steps, j: number): boolean {
  return (
    client.verbs[i] === server.verbs[j] && client.args[i] === server.args[j] && client.codes[i] === server.codes[j]
  );
}

/** How much two exchanges agree; 0 if they cannot be the same. */
function likeness(client: Steps, i: number, server: Steps, j: number): number {
  if (client.verbs[i] !== server.verbs[j]) return 0;
  const clientCode = client.codes[i]!;
  const serverCode = server.codes[j]!;
  if (client.verbs[i] === 0) return clientCode === serverCode ? SAME_VERB : 0;
  let like = SAME_VERB;
  if (client.args[i] === server.args[j]) like += SAME_ARGUMENT;
  if (clientCode === serverCode) like += SAME_CODE;
  else if (clientCode !== 0 && serverCode !== 0) like += OTHER_CODE;
  return like;
}

/**
 * The heaviest common subsequence of two stretches, by dynamic programming. Returns how many of each are done with; what has no
 * counterpart is passed over on the side that has more left.
 */
function alignStretch(
  rows: Stretch,
  columns: Stretch,
  alignment: { client: number[]; server: number[] },
): { rows: number; columns: number } {
  const width = columns.count + 1;
  best.fill(0, rows.count * width, (rows.count + 1) * width);
  for (let i = rows.count - 1; i >= 0; i--) {
    const row = i * width;
    const next = row + width;
    best[row + columns.count] = 0;
    for (let j = columns.count - 1; j >= 0; j--) {
      const like = likeness(rows.steps, rows.start + i, columns.steps, columns.start + j);
      const both = like > 0 ? best[next + j + 1]! + like : 0;
      best[row + j] = Math.max(both, best[next + j]!, best[row + j + 1]!);
    }
  }
  const rowsLeft = rows.steps.count - rows.start;
  const columnsLeft = columns.steps.count - columns.start;
  let i = 0;
  let j = 0;
  while (i < rows.settled && j < columns.settled) {
    const at = i * width + j;
    const like = likeness(rows.steps, rows.start + i, columns.steps, columns.start + j);
    if (like > 0 && best[at] === best[at + width + 1]! + like) {
      alignment.client.push(rows.start + i++);
      alignment.server.push(columns.start + j++);
      continue;
    }
    const below = best[at + width]!;
    const right = best[at + 1]!;
    if (below > right || (below === right && rowsLeft - i > columnsLeft - j)) i++;
    else j++;
  }
  return { rows: i, columns: j };
}
