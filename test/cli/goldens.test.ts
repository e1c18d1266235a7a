import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Ended, ftplens, root } from './run.ts';

const folder = path.join(root, 'test/goldens/cli');
const isUpdate = process.env['UPDATE'] === '1';
if (isUpdate && process.env['CI']) throw new Error('goldens are not rewritten in CI');

/** Name of the golden, and the command lines that it shows. */
const GOLDENS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  help: [['--help'], ['sessions', '--help'], ['report', '--help']],
  summary: [['fixtures/cli/cut.log']],
  seed: [['fixtures/seed']],
  tables: [
    ['sessions', 'fixtures/cli/cut.log'],
    ['sessions', 'fixtures/cli/cut.log', '-f', 'table'],
    ['transfers', 'fixtures/cli/cut.log', '--outcome', 'aborted', '-f', 'tsv'],
    ['connections', 'fixtures/cli/cut.log', '-f', 'jsonl'],
    ['errors', 'fixtures/cli/cut.log', '-f', 'json'],
    ['days', 'fixtures/cli/cut.log'],
    ['users', 'fixtures/cli/cut.log', '-f', 'table'],
  ],
  filters: [
    ['sessions', 'fixtures/cli/cut.log', '--since', '2026-02-01'],
    ['sessions', 'fixtures/cli/cut.log', '--until', '2026-01-31 22:33:35'],
    ['sessions', 'fixtures/cli/cut.log', '--user', 'bob'],
    ['sessions', 'fixtures/cli/cut.log', '--peer', '2001:db8::9'],
    ['findings', 'fixtures/cli/cut.log', '--severity', 'error'],
    ['findings', 'fixtures/cli/cut.log', '--only', 'epsv-default-family'],
  ],
  show: [['show', 'fixtures/cli/cut.log', '--session', 's0-20']],
  usage: [
    ['sessions', 'fixtures/cli/cut.log', '-f', 'xml'],
    ['sessions', 'fixtures/cli/cut.log', '--since', 'someday'],
    ['sessions', 'fixtures/cli/cut.log', '--only', 'epsv-default'],
    ['sessions', 'fixtures/cli/cut.log', '--format-in', 'filezilla'],
    ['sessions', 'fixtures/cli/cut.log', '--passive-range', '51000-50000'],
    ['sessions', 'fixtures/cli/cut.log', '--sinse', '2h'],
    ['show', 'fixtures/cli/cut.log'],
    ['show', 'fixtures/cli/cut.log', '--session', 's7-7'],
    ['report', 'fixtures/cli/cut.log', '-o', 'report.docx'],
    ['explain', 'epsv-defualt-family'],
  ],
  'bad-input': [
    ['fixtures/cli/empty.log'],
    ['fixtures/cli/access.log', 'fixtures/cli/cut.log', 'fixtures/cli/missing.log', '--only', 'epsv-default-family'],
    ['sessions', 'fixtures/cli/pixel.png'],
    ['sessions', 'fixtures/cli'],
  ],
};

/** A run as a reader of the golden sees it. */
function describeRun(args: readonly string[], { code, stdout, stderr }: Ended): string {
  const quoted = args.map((arg) => (/^[\w./:=,-]+$/.test(arg) ? arg : `'${arg}'`));
  const block = (name: string, text: string) =>
    text === '' ? '' : `\n${name}:\n\n~~~~\n${text.replaceAll('\r\n', '\\r\n')}~~~~\n`;
  return `## ftplens ${quoted.join(' ')}\n\nExit code ${code}.\n${block('Standard output', stdout)}${block('Standard error', stderr)}`;
}

describe('the command line prints what the goldens show', () => {
  it.each(Object.entries(GOLDENS))('%s', { timeout: 120_000 }, async (name, runs) => {
    const shown: string[] = [];
    for (const args of runs) shown.push(describeRun(args, await ftplens(args)));
    const text = `# ${name}\n\n${shown.join('\n')}`;
    const golden = path.join(folder, `${name}.md`);
    if (isUpdate) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(golden, text);
    }
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });
});
