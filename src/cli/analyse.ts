import { Bookmarks, BookmarksError, isMissing, type PlacedInput } from '../node/bookmarks.ts';
import { makeObjectsYoung } from '../node/heap.ts';
import { nameInputs } from '../node/input-names.ts';
import { expandInputs, type InputPath, inReadingOrder, STDIN } from '../node/inputs.ts';
import { discardOutputs, guardOutputs } from '../node/output.ts';
import { joinSeries } from '../node/series.ts';
import { Exit, UsageError } from './failures.ts';
import { say } from './messages.ts';
import type { OutputOptions } from './options.ts';
import { interruptionInWords, ProgressBar } from './progress.ts';
import { type Delivery, run } from './run.ts';
import type { Settings } from './settings.ts';
import { threadsFor } from './threads/thread-plan.ts';

export type { Delivery } from './run.ts';

/** What stands for the input's name in the path of an output, of which each input then gets its own. */
const NAME = '{name}';

/** Inputs below it are read before anything about the memory matters. */
const SMALL_BYTES = 1 << 20;

/** Reads the inputs that `args` stand for and writes every delivery. Returns the exit code. */
export async function analyse(
  args: readonly string[],
  settings: Settings,
  deliveries: readonly Delivery[],
  options: OutputOptions = {},
): Promise<number> {
  const found = await expandInputs(args.length > 0 ? args : standardInput());
  // What is remembered from run to run is remembered of each file.
  const inputs = await inReadingOrder(settings.state === null ? await joinSeries(found) : found);
  const totalBytes = bytesToRead(inputs);
  if (totalBytes === null || totalBytes > SMALL_BYTES) makeObjectsYoung();
  const bar = new ProgressBar(settings.isQuiet);
  guardOutputs((targets) => {
    bar.end();
    if (!settings.isQuiet) say(interruptionInWords(bar.progress, targets));
  });
  const groupBy = options.groupBy ?? (deliveries.some(({ table }) => table === 'totals') ? (['day'] as const) : []);
  const grouping: Settings = { ...settings, analysis: { ...settings.analysis, groupBy } };
  try {
    const threads = threadsFor(inputs, deliveries, settings);
    if (threads !== null) {
      const { runOnThreads } = await import('./threads/run-on-threads.ts');
      bar.progress.totalBytes = totalBytes;
      return await runOnThreads(inputs, settings, deliveries[0]!, { ...options, groupBy }, threads, bar.progress);
    }
    const bookmarks = settings.state === null ? null : openBookmarks(settings.state);
    if (bookmarks !== null && !settings.isQuiet)
      for (const input of inputs.filter(isMissing)) say(`${input.path}: ${input.error}, so there is nothing to read`);
    const placed = bookmarks === null ? inputs.map(unplaced) : await bookmarks.place(inputs);
    const code = await runAll(placed, bookmarks, grouping, deliveries, { ...options, groupBy }, bar);
    await bookmarks?.save();
    return code;
  } catch (error) {
    discardOutputs();
    throw error;
  } finally {
    bar.end();
  }
}

function openBookmarks(file: string): Bookmarks {
  try {
    return new Bookmarks(file, new Date());
  } catch (error) {
    throw error instanceof BookmarksError ? new UsageError(`--state: ${error.message}`) : error;
  }
}

function unplaced(input: InputPath): PlacedInput {
  return { input, head: null, mark: null, isComplete: false };
}

/** Runs once over all inputs, and once more over each that has outputs of its own. */
async function runAll(
  inputs: readonly PlacedInput[],
  bookmarks: Bookmarks | null,
  settings: Settings,
  deliveries: readonly Delivery[],
  options: OutputOptions,
  bar: ProgressBar,
): Promise<number> {
  const named = deliveries.filter(({ target }) => target.includes(NAME));
  bar.progress.totalBytes = bytesToRead(inputs.map(({ input }) => input));
  if (named.length === 0) return run(inputs, bookmarks, settings, deliveries, options, bar);
  const common = deliveries.filter((delivery) => !named.includes(delivery));
  if (common.length > 0 && inputs.some(({ input }) => input.path === STDIN))
    throw new UsageError('standard input is read but once: write either to {name} or to other outputs');
  const isRepeat = common.length > 0 || settings.unread !== null;
  if (isRepeat && bar.progress.totalBytes !== null) bar.progress.totalBytes *= 2;
  const codes = isRepeat ? [await run(inputs, bookmarks, settings, common, options, bar)] : [];
  const names = nameInputs(inputs.map(({ input }) => input));
  for (const [i, input] of inputs.entries()) {
    const own = named.map((delivery) => ({ ...delivery, target: delivery.target.replaceAll(NAME, names[i]!) }));
    codes.push(await run([input], bookmarks, settings, own, options, bar, { isRepeat, needsTranscript: true }));
  }
  return codes.includes(Exit.Input) ? Exit.Input : Math.max(Exit.Done, ...codes);
}

/** Bytes of the inputs, null if a pipe is among them. */
function bytesToRead(inputs: readonly InputPath[]): number | null {
  const bytes = inputs.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? Number.POSITIVE_INFINITY), 0);
  return Number.isFinite(bytes) ? bytes : null;
}

function standardInput(): readonly string[] {
  if (process.stdin.isTTY) throw new UsageError('no input: name files or folders, or pipe a transcript in');
  return [STDIN];
}
