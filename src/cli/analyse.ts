import { Analysis, isAtLeast, type Sink } from '../core/analysis.ts';
import { counted } from '../core/diagnoses/wording.ts';
import type { Finding, Severity } from '../core/report.ts';
import type { ExportOptions, Write } from '../exporters/exporter.ts';
import { type Pause, readInput } from '../node/input.ts';
import { expandInputs, type InputPath, STDIN } from '../node/inputs.ts';
import { discardOutputs, guardOutputs, openOutput, STDOUT } from '../node/output.ts';
import { Exit, UsageError } from './failures.ts';
import { say } from './messages.ts';
import type { DelimitedOptions } from './options.ts';
import type { Settings } from './settings.ts';

/** One output of a run. */
export interface Delivery {
  /** Path; `-` is standard output. */
  readonly target: string;
  readonly table: ExportOptions['table'];
  create(write: Write, options: ExportOptions): Sink;
}

/** Reads the inputs that `args` stand for, once, and writes every delivery. Returns the exit code. */
export async function analyse(
  args: readonly string[],
  settings: Settings,
  deliveries: readonly Delivery[],
  delimited: DelimitedOptions = {},
): Promise<number> {
  const inputs = await expandInputs(args.length > 0 ? args : standardInput());
  guardOutputs();
  try {
    return await run(inputs, settings, deliveries, delimited);
  } catch (error) {
    discardOutputs();
    throw error;
  }
}

async function run(
  inputs: readonly InputPath[],
  settings: Settings,
  deliveries: readonly Delivery[],
  delimited: DelimitedOptions,
): Promise<number> {
  const paths: string[] = [];
  const outputs = deliveries.map(({ target }) => openOutput(target));
  const unread = settings.unread === null ? null : openOutput(settings.unread);
  const sinks = deliveries.map((delivery, i) =>
    delivery.create((chunk) => outputs[i]!.write(chunk), exportOptions(delivery, settings, delimited, paths)),
  );
  const watch = new FindingWatch(sinks, settings.severity);
  const takeUnread = (input: number, line: number, text: string) => unread?.write(`${paths[input]}:${line}:${text}\n`);
  const analysis = new Analysis({ ...settings.analysis, unread: unread && takeUnread }, watch);
  const isEveryReaderGone = () => outputs.every((output) => output.isClosed);
  const pause = async () => {
    for (const output of outputs) await output.drain();
    return !isEveryReaderGone();
  };
  const failed = await readInputs(inputs, analysis, paths, pause, settings.isQuiet);
  if (!isEveryReaderGone()) analysis.end();
  for (const output of outputs) await output.commit();
  await unread?.commit();
  if (isEveryReaderGone()) return Exit.Done;
  if (failed > 0) return Exit.Input;
  return settings.failOn !== null && watch.hasAtLeast(settings.failOn) ? Exit.Findings : Exit.Done;
}

/** Columns of a text that goes to a file. */
const FILE_WIDTH = 100;

function exportOptions(
  { target, table }: Delivery,
  { width, color }: Settings,
  { delimiter, bom, raw }: DelimitedOptions,
  paths: readonly string[],
): ExportOptions {
  const isTerminal = target === STDOUT;
  return {
    inputPath: (input) => paths[input] ?? '',
    table,
    width: isTerminal ? width : FILE_WIDTH,
    color: isTerminal && color,
    delimiter: delimiter ?? null,
    bom: bom === true,
    raw: raw === true,
  };
}

/** Reads one input after the other, fills in their `paths`, and says which cannot be read. Returns how many. */
async function readInputs(
  inputs: readonly InputPath[],
  analysis: Analysis,
  paths: string[],
  pause: Pause,
  isQuiet: boolean,
): Promise<number> {
  let failed = 0;
  let skipped = 0;
  for (const input of inputs) {
    if (!(await pause())) break;
    const index = analysis.inputCount;
    paths[index] = input.path;
    const read = await readInput(input, analysis, pause);
    if (analysis.inputCount === index) skipped++;
    else if (read.error !== null) {
      failed++;
      say(`${input.path}: ${read.error}`);
    }
  }
  if (skipped > 0 && !isQuiet) say(`skipped ${counted(skipped, 'file')} without an FTP transcript`);
  return failed;
}

function standardInput(): readonly string[] {
  if (process.stdin.isTTY) throw new UsageError('no input: name files or folders, or pipe a transcript in');
  return [STDIN];
}

/** Hands the results to every sink, without findings below a level, and remembers the gravest. */
class FindingWatch implements Sink {
  private readonly sinks: readonly Sink[];
  private readonly severity: Severity | null;
  private readonly seen = new Set<Severity>();

  constructor(sinks: readonly Sink[], severity: Severity | null) {
    this.sinks = sinks;
    this.severity = severity;
  }

  session(...[session, findings]: Parameters<Sink['session']>): void {
    const shown = this.select(findings);
    for (const sink of this.sinks) sink.session(session, shown);
  }

  end(...[totals]: Parameters<Sink['end']>): void {
    const { severity } = this;
    const findings = this.select(totals.findings);
    const groups =
      severity === null ? totals.groups : totals.groups.filter((group) => isAtLeast(group.severity, severity));
    for (const group of groups) this.seen.add(group.severity);
    for (const sink of this.sinks) sink.end({ ...totals, findings, groups });
  }

  /** Whether there were findings at this level or above. */
  hasAtLeast(level: Severity): boolean {
    return [...this.seen].some((severity) => isAtLeast(severity, level));
  }

  private select(findings: readonly Finding[]): readonly Finding[] {
    for (const finding of findings) this.seen.add(finding.severity);
    const { severity } = this;
    return severity === null ? findings : findings.filter((finding) => isAtLeast(finding.severity, severity));
  }
}
