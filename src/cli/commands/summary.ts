import type { Command } from 'commander';
import { addReadingOptions, addTotalsOptions, type ReadingOptions, type TotalsOptions } from '../options.ts';

/** `ftplens FILE...`: the summary for people. */
export function registerSummary(program: Command): void {
  const command = program.command('summary', { isDefault: true }).usage('[options] FILE...').argument('[files...]');
  addReadingOptions(addTotalsOptions(command))
    .description('what happened, why, and what to change (the default)')
    .action(async (files: readonly string[], options: ReadingOptions & TotalsOptions) => {
      const { analyse, settingsOf, text } = await import('../reading.ts');
      const delivery = { ...text, target: '-', table: null };
      process.exitCode = await analyse(files, await settingsOf(options), [delivery], options);
    });
}
