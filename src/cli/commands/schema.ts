import { type Command, Option } from 'commander';
import { UsageError } from '../failures.ts';

interface SchemaOptions {
  readonly columns?: true;
  readonly ddl?: 'duckdb' | 'clickhouse' | 'postgres';
  readonly format?: 'text' | 'json';
}

/** `ftplens schema`: what the outputs hold, for programs. */
export function registerSchema(program: Command): void {
  program
    .command('schema')
    .description('the JSON Schema of reports, the columns of tables, or the statements that create them')
    .option('--columns', 'list the columns of every table')
    .addOption(
      new Option('--ddl <engine>', 'create the tables in a database, and how to load them').choices([
        'duckdb',
        'clickhouse',
        'postgres',
      ]),
    )
    .addOption(
      new Option('-f, --format <format>', 'how to print the columns; text if not said').choices(['text', 'json']),
    )
    .action(printSchema);
}

async function printSchema({ columns, ddl, format }: SchemaOptions): Promise<void> {
  if (columns === true && ddl !== undefined) throw new UsageError('schema: choose either --columns or --ddl');
  if (format !== undefined && columns === undefined) throw new UsageError('schema: -f goes with --columns');
  if (ddl !== undefined) {
    const { describeTables } = await import('../../exporters/schema/ddl.ts');
    process.stdout.write(describeTables(ddl));
  } else if (columns === true) {
    const [{ columnsAsJson, listColumns }, { createLayout }, { isColorful, terminalWidth }] = await Promise.all([
      import('../../exporters/schema/column-list.ts'),
      import('../../exporters/layout.ts'),
      import('../settings.ts'),
    ]);
    process.stdout.write(
      format === 'json' ? columnsAsJson() : listColumns(createLayout(terminalWidth(), isColorful('auto'))),
    );
  } else {
    const { reportSchema } = await import('../../exporters/schema/report-schema.ts');
    process.stdout.write(`${JSON.stringify(reportSchema, null, 2)}\n`);
  }
}
