import { Analysis } from '../core/analysis.ts';
import type { Input, Session } from '../core/report.ts';
import type { Exporter, ExportOptions } from '../exporters/exporter.ts';
import { placesIn, placeText } from '../exporters/place.ts';
import { BookmarkedReading } from '../node/bookmarked-reading.ts';
import type { Bookmarks, PlacedInput } from '../node/bookmarks.ts';
import { type Pause, readInput } from '../node/input.ts';
import { createFolder, openOutput } from '../node/output.ts';
import { exportOptions, type InputFacts } from './export-options.ts';
import { Exit } from './failures.ts';
import { FindingWatch } from './finding-watch.ts';
import { say, saySkipped } from './messages.ts';
import type { OutputOptions } from './options.ts';
import type { Progress, ProgressBar } from './progress.ts';
import type { Settings } from './settings.ts';

/** One output of a run. */
export interface Delivery extends Pick<Exporter, 'create' | 'prepare' | 'rows'> {
  /** Path; `-` is standard output. */
  readonly target: string;
  readonly table: ExportOptions['table'];
  /** Whether the folder of the output is made where there is none. */
  readonly makesFolder?: boolean;
}

/** How a run differs from the usual one over all inputs. */
export interface RunManner {
  /** Whether there was a run over the same inputs before, which told what there is to tell. */
  readonly isRepeat: boolean;
  /** Whether the outputs stand only if a transcript was read. */
  readonly needsTranscript: boolean;
}

const WHOLE: RunManner = { isRepeat: false, needsTranscript: false };

/** Reads the inputs once and writes every delivery; `bookmarks` and `bar` are told how far. Returns the exit code. */
export async function run(
  inputs: readonly PlacedInput[],
  bookmarks: Bookmarks | null,
  settings: Settings,
  deliveries: readonly Delivery[],
  options: OutputOptions,
  bar: ProgressBar,
  manner = WHOLE,
): Promise<number> {
  const paths: string[] = [];
  for (const { prepare } of deliveries) await prepare?.();
  const outputs = deliveries.map(({ target, makesFolder }) => {
    if (makesFolder) createFolder(target);
    return openOutput(target);
  });
  const unread = settings.unread === null || manner.isRepeat ? null : openOutput(settings.unread);
  const read: InputFacts = {
    inputPath: (input) => paths[input] ?? '',
    inputParts: (input) => analysis.partsOf(input),
  };
  const sinks = deliveries.map((delivery, i) =>
    delivery.create((chunk) => outputs[i]!.write(chunk), exportOptions(delivery, settings, options, read)),
  );
  const found = manner.isRepeat ? { sessions: 0, findings: 0 } : bar.progress;
  const watch = new FindingWatch(sinks, settings.severity, settings.failOn !== null, found);
  const placeOf = placesIn(read);
  const takeUnread = (input: number, line: number, text: string) =>
    unread?.write(`${placeText(placeOf({ input, line }))}:${text}\n`);
  const inputReader = new Reader(bookmarks);
  const accept = bookmarks === null ? null : inputReader.accept;
  const analysis = new Analysis(
    { ...settings.analysis, complain: manner.isRepeat ? null : say, unread: unread && takeUnread, accept },
    watch,
  );
  const isEveryReaderGone = () => outputs.length > 0 && outputs.every((output) => output.isClosed);
  const pause = async (readBytes: number) => {
    bar.progress.bytes += readBytes;
    for (const output of outputs) await output.drain();
    return !isEveryReaderGone();
  };
  const failed = await readInputs(
    inputs,
    inputReader,
    analysis,
    paths,
    pause,
    bar.progress,
    manner.isRepeat ? 'nothing' : settings.isQuiet ? 'errors' : 'all',
  );
  if (!isEveryReaderGone()) {
    const totals = analysis.end();
    for (const sink of sinks) await sink.finish?.();
    const isEmpty = totals.inputs.every(({ transcripts }) => transcripts.length === 0);
    if (manner.needsTranscript && isEmpty) for (const output of outputs) output.discard();
    else for (const output of outputs) await output.commit();
  }
  await unread?.commit();
  if (isEveryReaderGone()) {
    bookmarks?.abandon();
    return Exit.Done;
  }
  if (failed > 0) return Exit.Input;
  return settings.failOn !== null && watch.hasAtLeast(settings.failOn) ? Exit.Findings : Exit.Done;
}

/** Reads one input after the other, fills in their `paths`, and says which cannot be read. Returns how many. */
async function readInputs(
  inputs: readonly PlacedInput[],
  reader: Reader,
  analysis: Analysis,
  paths: string[],
  pause: Pause,
  progress: Progress,
  tells: 'all' | 'errors' | 'nothing',
): Promise<number> {
  let failed = 0;
  let skipped = 0;
  for (const placed of inputs) {
    if (!(await pause(0))) break;
    const { input } = placed;
    const index = analysis.inputCount;
    paths[index] = input.path;
    const before = progress.bytes;
    const read = await reader.read(placed, analysis, pause);
    // What was left unread of it is done with too.
    if (Number.isFinite(input.sizeBytes)) progress.bytes = before + input.sizeBytes!;
    if (analysis.inputCount === index) skipped++;
    else if (read.error !== null) {
      failed++;
      if (tells !== 'nothing') say(`${input.path}: ${read.error}`);
    }
  }
  if (skipped > 0 && tells === 'all') saySkipped(skipped);
  return failed;
}

/** Reads inputs, each on from its bookmark if there are bookmarks. */
class Reader {
  private readonly bookmarks: Bookmarks | null;
  private reading: BookmarkedReading | null = null;

  constructor(bookmarks: Bookmarks | null) {
    this.bookmarks = bookmarks;
  }

  /** Whether a session of the input at hand is told in this run. */
  readonly accept = (session: Session): boolean => this.reading?.accepts(session) ?? true;

  read(placed: PlacedInput, analysis: Analysis, pause: Pause): Promise<Input> {
    const { bookmarks } = this;
    const { head, input } = placed;
    this.reading = bookmarks === null || head === null ? null : new BookmarkedReading(analysis, placed, bookmarks);
    if (this.reading === null) return readInput(input, analysis, pause);
    const from = head!.isCompressed ? 0 : this.reading.start.offset;
    return readInput({ ...input, from }, this.reading, pause);
  }
}
