import { Analysis, isAtLeast, type Sink } from '../core/analysis.ts';
import { counted } from '../core/diagnoses/wording.ts';
import type { Finding, Severity } from '../core/report.ts';
import type { ExportOptions, Write } from '../exporters/exporter.ts';
import { readInput } from '../node/input.ts';
import { expandInputs, STDIN } from '../node/inputs.ts';
import { discardOutputs, type Output, openOutput, STDOUT } from '../node/output.ts';
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
  const paths: string[] = [];
  const outputs = deliveries.map(({ target }) => openOutput(target));
  const unread = settings.unread === null ? null : openOutput(settings.unread);
  const sinks = deliveries.map(({ target, table, create }, i) =>
    create((chunk) => outputs[i]!.write(chunk), {
      inputPath: (input) => paths[input] ?? '',
      table,
      width: target === STDOUT ? settings.width : 100,
      color: target === STDOUT && settings.color,
      delimiter: delimited.delimiter ?? null,
      bom: delimited.bom === true,
      raw: delimited.raw === true,
    }),
  );
  const watch = new FindingWatch(sinks, settings.severity);
  const analysis = new Analysis(
    {
      ...settings.analysis,
      unread: unread && ((input, line, text) => unread.write(`${paths[input]}:${line}:${text}\n`)),
    },
    watch,
  );
  const isWanted = async () => {
    for (const output of outputs) await output.drain();
    return outputs.some((output) => !output.isClosed);
  };
  let failed = 0;
  let skipped = 0;
  for (const input of inputs) {
    if (!(await isWanted())) break;
    const count = analysis.inputCount;
    paths[count] = input.path;
    const source = { path: input.path, sizeBytes: null, compression: null };
    const read = input.error === null ? await readInput(input, analysis, isWanted) : analysis.fail(source, input.error);
    if (analysis.inputCount === count) skipped++;
    else if (read.error !== null) {
      failed++;
      say(`${input.path}: ${read.error}`);
    }
  }
  analysis.end();
  if (skipped > 0 && !settings.isQuiet) say(`skipped ${counted(skipped, 'file')} that hold no FTP transcript`);
  await commit(unread === null ? outputs : [...outputs, unread]);
  if (outputs.some((output) => output.isClosed)) return Exit.Done;
  if (failed > 0) return Exit.Input;
  return settings.failOn !== null && watch.hasAtLeast(settings.failOn) ? Exit.Findings : Exit.Done;
}

function standardInput(): readonly string[] {
  if (process.stdin.isTTY) throw new UsageError('no input: name files or folders, or pipe a transcript in');
  return [STDIN];
}

/** Makes every output stand, files first: they must not fail after standard output has told that all is well. */
async function commit(outputs: readonly Output[]): Promise<void> {
  for (const output of outputs) await output.commit();
  discardOutputs();
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
