import type { Command } from 'commander';
import {
  addOutputOptions,
  addReadingOptions,
  choice,
  type OutputOptions,
  REPORT_FORMATS,
  type ReadingOptions,
} from '../options.ts';

/** Options of `report`, as typed. */
export interface ReportOptions extends ReadingOptions, OutputOptions {
  readonly format?: (typeof REPORT_FORMATS)[number];
  readonly output?: readonly string[];
  readonly redact?: true;
}

/** `ftplens report`: one run, many outputs. */
export function registerReport(program: Command): void {
  const command = program.command('report').usage('[options] FILE...').argument('[files...]');
  command
    .description('everything, as JSON or as files')
    .addOption(choice('-f, --format <format>', 'where no file name says it; json if nothing does', REPORT_FORMATS))
    .option(
      '-o, --output <file>',
      'may be repeated: report.json, TABLE=PATH (transfers=t.csv), FOLDER/ for every table, {name}.csv for one output an input, - for standard output',
      (target: string, before: readonly string[] = []) => [...before, target],
    )
    .option('--redact', 'pseudonyms for users, addresses, hosts and paths');
  addReadingOptions(addOutputOptions(command)).action(async (files: readonly string[], options: ReportOptions) => {
    const { analyse, settingsOf, deliveriesOf } = await import('../reading.ts');
    const deliveries = deliveriesOf(options);
    const isRedacted = options.redact === true;
    const written = isRedacted ? (await import('../redacted-delivery.ts')).redactDeliveries(deliveries) : deliveries;
    process.exitCode = await analyse(files, await settingsOf(options), written, options);
  });
}
