import type { Exporter } from './exporter.ts';

let writer: typeof import('./parquet/writer.ts') | null = null;

/** Parquet of one table, for DuckDB, Spark, pandas and the like. */
export const parquet: Exporter = {
  id: 'parquet',
  title: 'Parquet: one table',
  extensions: ['parquet'],
  holds: 'table',
  isBinary: true,
  async prepare() {
    writer = await import('./parquet/writer.ts');
  },
  create(write, options) {
    if (writer === null) throw new Error('parquet is created before it is prepared');
    return writer.createParquetSink(write, options);
  },
};
