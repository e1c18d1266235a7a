import { csv } from './csv.ts';
import type { Exporter } from './exporter.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { table } from './table.ts';
import { text } from './text.ts';
import { tsv } from './tsv.ts';

/** Every output format. */
export const exporters: readonly Exporter[] = [text, table, csv, tsv, json, jsonl];
