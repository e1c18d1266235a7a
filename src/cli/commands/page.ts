import type { Command } from 'commander';

/** `ftplens page`: the page that reads transcripts in a browser. */
export function registerPage(program: Command): void {
  program
    .command('page')
    .description('a web page to paste transcripts into; it works without a network and sends nothing')
    .option('-o, --output <file>', 'where it goes, - for standard output', 'ftplens.html')
    .action(async ({ output }: { readonly output: string }) => {
      const [{ openOutput }, { readPage }] = await Promise.all([
        import('../../node/output.ts'),
        import('../../node/page.ts'),
      ]);
      const page = readPage();
      const target = openOutput(output);
      target.write(page);
      await target.commit();
    });
}
