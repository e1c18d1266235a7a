import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Exporter } from '../exporters/exporter.ts';
import { exporters } from '../exporters/index.ts';
import { TABLE_NAMES, type TableName } from '../exporters/tables/names.ts';
import { describeFileError } from '../node/inputs.ts';
import { STDOUT } from '../node/output.ts';
import { OutputError } from '../node/output-error.ts';
import type { Delivery } from './analyse.ts';
import type { ReportOptions } from './commands/report.ts';
import { UsageError } from './failures.ts';

/** The outputs that `report` is asked for. */
export function deliveriesOf({ format, output }: ReportOptions): Delivery[] {
  const targets = output ?? [STDOUT];
  const deliveries = targets.flatMap((target) => deliveriesTo(target, format ?? null));
  const places = deliveries.map(({ target }) => (target === STDOUT ? STDOUT : path.resolve(target)));
  const twice = places.find((place, i) => places.indexOf(place) !== i);
  if (twice !== undefined) throw new UsageError(`two outputs go to ${twice === STDOUT ? 'standard output' : twice}`);
  return deliveries;
}

function deliveriesTo(target: string, format: string | null): Delivery[] {
  const named = new RegExp(`^(${TABLE_NAMES.join('|')})=(.+)$`, 's').exec(target);
  if (named !== null) return [delivery(named[2]!, named[1] as TableName, format)];
  if (isFolder(target)) return folderDeliveries(target, format ?? 'csv');
  return [delivery(target, null, format)];
}

function delivery(target: string, table: TableName | null, format: string | null): Delivery {
  const exporter = exporterFor(target, format);
  if (exporter.holds === 'report' && table !== null)
    throw new UsageError(`${exporter.id} holds no single table: ${target}`);
  const stem = TABLE_NAMES.find((name) => name === path.parse(target).name) ?? 'sessions';
  return { target, table: table ?? (exporter.holds === 'table' ? stem : null), create: exporter.create };
}

function folderDeliveries(folder: string, format: string): Delivery[] {
  const { extensions, create, holds } = exporterFor(STDOUT, format);
  const [extension] = extensions;
  if (holds === 'report' || extension === undefined)
    throw new UsageError(`${folder}: ${format} cannot hold tables as files`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new OutputError(`${folder}: ${describeFileError(error)}`);
  }
  return TABLE_NAMES.map((table) => ({ target: path.join(folder, `${table}.${extension}`), table, create }));
}

function isFolder(target: string): boolean {
  if (target === STDOUT) return false;
  return /[/\\]$/.test(target) || statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The exporter that a file name's extension or else `-f` stands for. */
function exporterFor(target: string, format: string | null): Exporter {
  const extension = path.extname(target).substring(1).toLowerCase();
  const found =
    exporters.find(({ extensions }) => target !== STDOUT && extensions.includes(extension)) ??
    exporters.find(({ id }) => id === (format ?? (target === STDOUT ? 'json' : null)));
  if (found !== undefined) return found;
  const known = exporters.flatMap(({ extensions }) => extensions.map((name) => `.${name}`));
  throw new UsageError(`${target}: its name does not say the format; accepted are ${known.join(', ')}, or -f`);
}
