import { csv } from './csv.ts';
import type { Exporter } from './exporter.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { parquet } from './parquet.ts';
import { sarif } from './sarif.ts';
import { table } from './table.ts';
import { text } from './text.ts';
import { tsv } from './tsv.ts';
import { xlsx } from './xlsx.ts';

/** Every output format; where the end of a file name fits several, the first counts, so `.sarif.json` comes before `.json`. */
export const exporters: readonly Exporter[] = [
  text,
  table,
  csv,
  tsv,
  sarif,
  json,
  jsonl,
  markdown,
  junit,
  xlsx,
  parquet,
  html,
];
