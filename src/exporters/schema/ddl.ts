import { tableOf } from '../tables/index.ts';
import { TABLE_NAMES, type TableName } from '../tables/names.ts';
import type { Column } from '../tables/table.ts';

/** Engines for which {@link describeTables} knows the dialect. */
export const ENGINES = ['duckdb', 'clickhouse', 'postgres'] as const;
export type Engine = (typeof ENGINES)[number];

type Types = Readonly<Record<Column<never>['type'], string>>;

/** How an engine is spoken to. */
interface Dialect {
  readonly types: Types;
  /** What stands at the head: how to load, for all tables. */
  readonly intro: string;
  create(name: TableName, columns: readonly Column<never>[]): string;
  /** The command that loads a table. */
  load(name: TableName): string;
}

const duckdb: Dialect = {
  types: { text: 'VARCHAR', integer: 'BIGINT', decimal: 'DOUBLE', boolean: 'BOOLEAN', time: 'TIMESTAMP' },
  intro: `Write the tables: ftplens report LOG... -f parquet -o data/
One file a table; several runs go to several folders, which a glob such as 'data/*/sessions.parquet' reads as one.`,
  create: (name, columns) => createTable(name, columns, duckdb.types, '"'),
  load: (name) => `INSERT INTO ${name} BY NAME SELECT * FROM read_parquet('data/${name}.parquet');`,
};

const postgres: Dialect = {
  types: { text: 'text', integer: 'bigint', decimal: 'double precision', boolean: 'boolean', time: 'timestamp' },
  intro: `For psql. --raw leaves texts as they are instead of keeping spreadsheets from running them; PostgreSQL takes no NUL.`,
  create: (name, columns) => createTable(name, columns, postgres.types, '"'),
  load: (name) =>
    `\\copy ${name} from program 'ftplens ${name} LOG... -f csv --raw | tr -d "\\\\000"' with (format csv, header true)`,
};

const clickhouse: Dialect = {
  types: { text: 'String', integer: 'Int64', decimal: 'Float64', boolean: 'UInt8', time: 'String' },
  intro: `From version 18.16 on, whose DateTime has whole seconds: of each time the text is kept, and NAME_time and NAME_ms are read from
it. Wall clocks are taken as the server's time zone. 'SELECT *' leaves those two out.`,
  create(name, columns) {
    const lines = columns.flatMap((column) => clickhouseColumns(column));
    return `CREATE TABLE IF NOT EXISTS ${name} (\n${lines.join(',\n')}\n) ENGINE = MergeTree ORDER BY tuple();`;
  },
  load: (name) =>
    `ftplens ${name} LOG... -f jsonl | clickhouse-client --query 'INSERT INTO ${name} FORMAT JSONEachRow'`,
};

/** Milliseconds stand behind `YYYY-MM-DDTHH:MM:SS.`, counted from 1. */
const MILLISECONDS_AT = 21;

function clickhouseColumns({ name, type }: Column<never>): string[] {
  const column = `  \`${name}\` Nullable(${clickhouse.types[type]})`;
  if (type !== 'time') return [column];
  const digits = `toUInt16OrZero(substring(assumeNotNull(\`${name}\`), ${MILLISECONDS_AT}, 3))`;
  return [
    column,
    `  \`${name}_time\` Nullable(DateTime) MATERIALIZED parseDateTimeBestEffortOrNull(\`${name}\`)`,
    `  \`${name}_ms\` Nullable(UInt16) MATERIALIZED if(isNull(\`${name}\`), NULL, ${digits})`,
  ];
}

function createTable(name: string, columns: readonly Column<never>[], types: Types, quote: string): string {
  const lines = columns.map((column) => `  ${quote}${column.name}${quote} ${types[column.type]}`);
  return `CREATE TABLE IF NOT EXISTS ${name} (\n${lines.join(',\n')}\n);`;
}

const dialects: Readonly<Record<Engine, Dialect>> = { duckdb, clickhouse, postgres };

/** Statements that create the tables in a database, with how to load them. */
export function describeTables(engine: Engine): string {
  const { intro, create, load } = dialects[engine];
  const head = intro.split('\n').map((line) => `-- ${line}\n`);
  // Loading names the user's files, so it is shown and not run with the rest.
  const blocks = TABLE_NAMES.map((name) => {
    const { title, columns } = tableOf(name);
    return `\n-- ${name}: ${title}\n${create(name, columns)}\n-- ${load(name)}\n`;
  });
  return head.join('') + blocks.join('');
}
