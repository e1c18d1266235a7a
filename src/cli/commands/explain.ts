import { type Command, Option } from 'commander';

/** `ftplens explain WORD`: what a finding, a reply code, a verb or a line means. */
export function registerExplain(program: Command): void {
  program
    .command('explain')
    .usage('[options] FINDING|CODE|VERB|LINE...')
    .argument('[words...]')
    .description('what a finding, a reply code or a verb means, and what to do')
    .option('--list', 'list every diagnosis')
    .addOption(new Option('-f, --format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .action(async (words: readonly string[], options: { readonly list?: true; readonly format: 'text' | 'json' }) => {
      const { explainWords, listDiagnoses } = await import('../explanations.ts');
      process.stdout.write(options.list === true ? listDiagnoses(options.format) : explainWords(words, options.format));
    });
}
