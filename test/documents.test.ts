import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnoses, observers } from '../src/core/diagnoses/index.ts';
import { formats } from '../src/core/formats/index.ts';
import { exporters } from '../src/exporters/index.ts';
import { tableOf } from '../src/exporters/tables/index.ts';
import { TABLE_NAMES } from '../src/exporters/tables/names.ts';

const root = path.resolve(import.meta.dirname, '..');
const isUpdate = process.env['UPDATE'] === '1';
if (isUpdate && process.env['CI']) throw new Error('documents are not rewritten in CI');

const row = (...cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** Checks that a file holds `text`; with UPDATE=1 it is made to. `part` names the markers between which it stands. */
function expectDocument(file: string, part: string | null, text: string): void {
  const place = path.join(root, file);
  const now = readFileSync(place, { encoding: 'utf8', flag: 'a+' });
  const wanted =
    part === null
      ? text
      : now.replace(
          new RegExp(`(<!-- ${part} -->\n)[^]*(<!-- /${part} -->)`),
          (_all, start, end) => start + text + end,
        );
  if (isUpdate) writeFileSync(place, wanted);
  else expect(now, `${file} is made by UPDATE=1 npx vitest run test/documents.test.ts`).toBe(wanted);
}

function describeTable(name: (typeof TABLE_NAMES)[number]): string {
  const { title, columns } = tableOf(name);
  const rows = columns.map((column) => row(`\`${column.name}\``, column.type, column.unit ?? '', column.description));
  const heading = [row('column', 'type', 'unit', 'meaning'), row('---', '---', '---', '---')];
  return `## ${name}\n\n${title[0]!.toUpperCase()}${title.substring(1)}.\n\n${[...heading, ...rows].join('\n')}\n`;
}

describe('generated documents', () => {
  it('show what ftplens prints', { timeout: 60_000 }, () => {
    const log = 'fixtures/seed/filezilla-server.log';
    const { NO_COLOR, COLUMNS, ...env } = process.env;
    const text = execFileSync(process.execPath, ['dist/cli.js', log], { cwd: root, env, encoding: 'utf8' });
    expectDocument('README.md', 'output', `\n\`\`\`\n$ npx ftplens ${log}\n${text}\`\`\`\n\n`);
  });

  it('list every format', () => {
    const rows = formats.map(({ id, title, vantage }) => row(`\`${id}\``, title, vantage));
    const heading = [row('format', 'written by', 'side'), row('---', '---', '---')];
    expectDocument('README.md', 'formats', `\n${[...heading, ...rows].join('\n')}\n\n`);
  });

  it('list every output', () => {
    const rows = exporters.map((exporter) => {
      const names = exporter.extensions.map((extension) => `\`.${extension}\``);
      return row(`\`${exporter.id}\``, names.join(', '), exporter.title);
    });
    const heading = [row('format', 'name ends in', 'what it is'), row('---', '---', '---')];
    expectDocument('README.md', 'outputs', `\n${[...heading, ...rows].join('\n')}\n\n`);
  });

  it('list every diagnosis', () => {
    const rows = [...diagnoses, ...observers].map(({ id, group, severity, title }) =>
      row(`\`${id}\``, group, severity, title),
    );
    const heading = [row('finding', 'group', 'severity', 'what it is'), row('---', '---', '---', '---')];
    expectDocument('README.md', 'diagnoses', `\n${[...heading, ...rows].join('\n')}\n\n`);
  });

  it('describe every column', () => {
    const tables = TABLE_NAMES.map(describeTable);
    const intro =
      'Columns of the tables, in their order. Empty: the transcript does not say. Times are wall-clock times as the transcript\n' +
      'prints them: `YYYY-MM-DD HH:MM:SS` in csv and tsv, ISO 8601 in json and jsonl.\n';
    expectDocument('src/exporters/tables/README.md', null, `# Tables\n\n${intro}\n${tables.join('\n')}`);
  });
});
