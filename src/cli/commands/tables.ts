import type { Command } from 'commander';
import { TABLE_NAMES, type TableName } from '../../exporters/tables/names.ts';
import {
  addOutputOptions,
  addReadingOptions,
  choice,
  type OutputOptions,
  type ReadingOptions,
  TABLE_FORMATS,
} from '../options.ts';

const DESCRIPTIONS: Readonly<Record<TableName, string>> = {
  sessions: 'table of sessions',
  transfers: 'table of transfers, listings included',
  connections: 'table of data connections',
  findings: 'table of findings',
  errors: 'table of error replies',
  pairs: 'table of sessions that both sides recorded',
  days: 'totals by day',
  peers: "totals by the other side's address",
  users: 'totals by user',
  servers: 'totals by server',
  verbs: 'totals by the command of the transfer',
  files: 'totals by input',
  totals: 'totals by the keys of --group-by; by day without it',
};

interface TableOptions extends ReadingOptions, OutputOptions {
  readonly format?: (typeof TABLE_FORMATS)[number];
}

/** One command a table. */
export function registerTables(program: Command): void {
  for (const name of TABLE_NAMES) {
    const command = program.command(name).usage('[options] FILE...').argument('[files...]');
    command
      .description(DESCRIPTIONS[name])
      .addOption(choice('-f, --format <format>', 'table (default on a terminal), else csv', TABLE_FORMATS));
    addReadingOptions(addOutputOptions(command)).action((files: readonly string[], options: TableOptions) =>
      writeTable(name, files, options),
    );
  }
}

async function writeTable(table: TableName, files: readonly string[], options: TableOptions): Promise<void> {
  const { analyse, settingsOf, exporters } = await import('../reading.ts');
  const format = options.format ?? (process.stdout.isTTY ? 'table' : 'csv');
  const exporter = exporters.find(({ id }) => id === format)!;
  const delivery = { ...exporter, target: '-', table };
  process.exitCode = await analyse(files, await settingsOf(options), [delivery], options);
}
