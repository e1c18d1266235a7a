import type { ExportOptions } from '../exporters/exporter.ts';
import { STDOUT } from '../node/output.ts';
import { readPage } from '../node/page.ts';
import type { OutputOptions } from './options.ts';
import type { Delivery } from './run.ts';
import type { Settings } from './settings.ts';

/** What exporters ask of the inputs while they are read. */
export type InputFacts = Pick<ExportOptions, 'inputPath' | 'inputParts'>;

/** Columns of a text that goes to a file. */
const FILE_WIDTH = 100;

/** What the exporter of an output is told. */
export function exportOptions(
  { target, table }: Delivery,
  { width, color, failOn }: Settings,
  { delimiter, bom, raw, decimalComma, groupBy, top }: OutputOptions,
  read: InputFacts,
): ExportOptions {
  const isTerminal = target === STDOUT;
  return {
    ...read,
    table,
    width: isTerminal ? width : FILE_WIDTH,
    color: isTerminal && color,
    delimiter: delimiter ?? null,
    decimalComma: decimalComma === true,
    bom: bom === true,
    raw: raw === true,
    groupBy: groupBy ?? [],
    top: top ?? null,
    failOn,
    page: readPage,
  };
}
