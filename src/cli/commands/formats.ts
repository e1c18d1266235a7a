import { type Command, Option } from 'commander';

/** `ftplens formats`: what can be read. */
export function registerFormats(program: Command): void {
  program
    .command('formats')
    .description('what can be read, with an example line each')
    .addOption(new Option('-f, --format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .action(async (options: { readonly format: 'text' | 'json' }) => {
      const { listFormats } = await import('../format-list.ts');
      process.stdout.write(listFormats(options.format));
    });
}
