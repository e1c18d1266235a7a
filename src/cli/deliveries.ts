import { statSync } from 'node:fs';
import path from 'node:path';
import type { Exporter } from '../exporters/exporter.ts';
import { exporters } from '../exporters/index.ts';
import { TABLE_NAMES, type TableName } from '../exporters/tables/names.ts';
import { STDOUT } from '../node/output.ts';
import type { Delivery } from './analyse.ts';
import type { ReportOptions } from './commands/report.ts';
import { UsageError } from './failures.ts';

/** The outputs that `report` is asked for. */
export function deliveriesOf({ format, output, groupBy }: ReportOptions): Delivery[] {
  const targets = output ?? [STDOUT];
  const plan = { format: format ?? null, isGrouped: groupBy !== undefined };
  const deliveries = targets.flatMap((target) => deliveriesTo(target, plan));
  const places = deliveries.map(({ target }) => (target === STDOUT ? STDOUT : path.resolve(target)));
  const twice = places.find((place, i) => places.indexOf(place) !== i);
  if (twice !== undefined) throw new UsageError(`two outputs go to ${twice === STDOUT ? 'standard output' : twice}`);
  return deliveries;
}

/** What is asked for besides the targets. */
interface Plan {
  readonly format: string | null;
  /** Whether totals by chosen keys are asked for, which are then the table to write where none is named. */
  readonly isGrouped: boolean;
}

function deliveriesTo(target: string, plan: Plan): Delivery[] {
  const named = new RegExp(`^(${TABLE_NAMES.join('|')})=(.+)$`, 's').exec(target);
  if (named !== null) return [delivery(named[2]!, named[1] as TableName, plan)];
  if (isFolder(target)) return folderDeliveries(target, plan);
  return [delivery(target, null, plan)];
}

function delivery(target: string, table: TableName | null, { format, isGrouped }: Plan): Delivery {
  const exporter = exporterFor(target, format);
  if (exporter.holds === 'report' && table !== null)
    throw new UsageError(`${exporter.id} holds no single table: ${target}`);
  if (exporter.isBinary && target === STDOUT && process.stdout.isTTY)
    throw new UsageError(`${exporter.id} is nothing to read on a terminal: name a file with -o`);
  const stem = TABLE_NAMES.find((name) => name === path.parse(target).name) ?? (isGrouped ? 'totals' : 'sessions');
  return {
    ...exporter,
    target,
    table: table ?? (exporter.holds === 'table' ? stem : null),
    makesFolder: target.includes('{name}'),
  };
}

function folderDeliveries(folder: string, { format, isGrouped }: Plan): Delivery[] {
  const exporter = exporterFor(STDOUT, format ?? 'csv');
  const [extension] = exporter.extensions;
  if (exporter.holds === 'report' || extension === undefined)
    throw new UsageError(`${folder}: ${exporter.id} cannot hold tables as files`);
  return TABLE_NAMES.filter((table) => table !== 'totals' || isGrouped).map((table) => ({
    ...exporter,
    target: path.join(folder, `${table}.${extension}`),
    table,
    makesFolder: true,
  }));
}

function isFolder(target: string): boolean {
  if (target === STDOUT) return false;
  return /[/\\]$/.test(target) || statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The exporter that a file name's extension or else `-f` stands for. */
function exporterFor(target: string, format: string | null): Exporter {
  const name = path.basename(target).toLowerCase();
  const found =
    exporters.find(({ extensions }) => extensions.some((extension) => name.endsWith(`.${extension}`))) ??
    exporters.find(({ id }) => id === (format ?? (target === STDOUT ? 'json' : null)));
  if (found !== undefined) return found;
  const known = exporters.flatMap(({ extensions }) => extensions.map((name) => `.${name}`));
  throw new UsageError(`${target}: its name does not say the format; accepted are ${known.join(', ')}, or -f`);
}
