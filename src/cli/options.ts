import { type Command, InvalidArgumentError, Option } from 'commander';
import { DATE_ORDERS } from '../core/bytes/date-order.ts';
import { isKnownEncoding } from '../core/bytes/encoding.ts';
import { type DateOrder, FORMAT_IDS, GROUP_KEYS, type GroupKey, OUTCOMES, SEVERITIES } from '../core/report.ts';

/** Formats of a single table, and of everything, as `-f` takes them. */
export const TABLE_FORMATS = ['table', 'csv', 'tsv', 'json', 'jsonl'] as const;
export const REPORT_FORMATS = [
  'json',
  'jsonl',
  'csv',
  'tsv',
  'text',
  'table',
  'markdown',
  'sarif',
  'junit',
  'xlsx',
  'parquet',
  'html',
] as const;
export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;

/** What every command that reads transcripts takes, as typed. */
export interface ReadingOptions {
  readonly since?: string;
  readonly until?: string;
  readonly user?: string;
  readonly peer?: string;
  readonly outcome?: (typeof OUTCOMES)[number];
  readonly severity?: (typeof SEVERITIES)[number];
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly passiveRange?: { readonly from: number; readonly to: number };
  readonly formatIn?: (typeof FORMAT_IDS)[number];
  readonly dateOrder?: DateOrder;
  readonly zone?: string;
  readonly encoding?: string;
  readonly unread?: string;
  readonly state?: string;
  readonly failOn?: (typeof SEVERITIES)[number];
  readonly jobs?: number;
  readonly color: (typeof COLOR_CHOICES)[number] | true;
  readonly quiet?: true;
}

/** Which totals are told, as typed. */
export interface TotalsOptions {
  readonly groupBy?: readonly GroupKey[];
  readonly top?: number;
}

/** What goes into outputs and how tables are written, as typed. */
export interface OutputOptions extends TotalsOptions {
  readonly delimiter?: string;
  readonly decimalComma?: true;
  readonly bom?: true;
  readonly raw?: true;
}

/** Adds the options of commands that read transcripts. */
export function addReadingOptions(command: Command): Command {
  command
    .optionsGroup('Which sessions:')
    .option('--since <time>', 'that started at this time or later: 2026-01-31, "2026-01-31 14:00", 2h, 3d')
    .option('--until <time>', 'that started at this time or earlier')
    .option('--user <name>', 'of this user')
    .option('--peer <address>', 'with this address on the other side')
    .addOption(choice('--outcome <outcome>', 'with such a transfer', OUTCOMES))
    .addOption(choice('--severity <level>', 'with findings at this level or above; only those are shown', SEVERITIES))
    .option('--only <ids>', 'look only for these diagnoses (explain --list)', collectIds)
    .option('--except <ids>', 'do not look for these diagnoses', collectIds);
  command
    .optionsGroup('How to read:')
    .addOption(listlessChoice('--format-in <format>', 'the format of the inputs (see ftplens formats)', FORMAT_IDS))
    .addOption(choice('--date-order <order>', 'order of day and month in numeric dates', DATE_ORDERS))
    .option('--zone <zone>', 'zone of the times: Z or +02:00', parseZone)
    .option('--encoding <label>', 'encoding of the inputs: utf-8, utf-16le, windows-1252, …', parseEncoding)
    .option('--passive-range <from-to>', 'passive ports that the server is known to use', parseRange)
    .option('--state <file>', 'read only what is new since the run that wrote this file, and write it')
    .option('--jobs <n>', 'threads to use for the table of sessions of large inputs', parseCount);
  command
    .optionsGroup('What to tell:')
    .option('--unread <file>', 'write the lines that were not understood to a file')
    .addOption(choice('--fail-on <level>', 'exit with 1 if there are findings at this level or above', SEVERITIES))
    .addOption(choice('--color [when]', 'colours', COLOR_CHOICES).default('auto', 'auto'))
    .option('-q, --quiet', 'errors only on standard error');
  return command;
}

/** Adds the options of totals. */
export function addTotalsOptions(command: Command): Command {
  return command
    .option('--group-by <keys>', `totals by these: ${GROUP_KEYS.join(', ')}; several: day,user`, parseGroupKeys)
    .option('--top <n>', 'of totals only those with most transfers', parseCount);
}

/** Adds the options of totals and of comma- and tab-separated output. */
export function addOutputOptions(command: Command): Command {
  return addTotalsOptions(command)
    .option('--delimiter <character>', 'separator of csv and tsv', parseDelimiter)
    .option('--decimal-comma', 'in csv and tsv 0,5 instead of 0.5; fields are separated by semicolons')
    .option('--bom', 'begin csv and tsv with a byte order mark')
    .option('--raw', 'leave formulas and control characters in csv and tsv as they are');
}

/** An option with a fixed set of values, which help and errors list. */
export function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}

function listlessChoice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).argParser((value) => {
    if (!choices.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
    return value;
  });
}

function collectIds(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...value.split(',').map((id) => id.trim())].filter((id) => id !== '');
}

function parseZone(value: string): string {
  const match = /^(?:Z|([+-])(\d{2}):?(\d{2}))$/i.exec(value);
  if (match === null || Number(match[2] ?? 0) > 14 || Number(match[3] ?? 0) > 59)
    throw new InvalidArgumentError('A zone is Z or hours and minutes from it, such as +02:00.');
  return match[1] === undefined ? 'Z' : `${match[1]}${match[2]}:${match[3]}`;
}

function parseEncoding(value: string): string {
  if (isKnownEncoding(value)) return value;
  throw new InvalidArgumentError('Labels of the Encoding Standard are accepted: utf-8, utf-16le, windows-1252, gbk, …');
}

const PORT_MAX = 65_535;

function parseRange(value: string): { from: number; to: number } {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(value);
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  if (match === null || from < 1 || to > PORT_MAX || from > to)
    throw new InvalidArgumentError(`A range is two ports from 1 to ${PORT_MAX}, such as 50000-51000.`);
  return { from, to };
}

function parseCount(value: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('It is a whole number from 1.');
  return count;
}

function parseGroupKeys(value: string): readonly GroupKey[] {
  const keys = value.split(',').map((key) => key.trim());
  const known = keys.filter((key): key is GroupKey => GROUP_KEYS.some((one) => one === key));
  if (known.length < keys.length || new Set(keys).size < keys.length)
    throw new InvalidArgumentError(`Accepted are ${GROUP_KEYS.join(', ')}, each once, separated by commas.`);
  return known;
}

function parseDelimiter(value: string): string {
  const delimiter = value === '\\t' ? '\t' : value;
  if ([...delimiter].length !== 1 || /["\r\n]/.test(delimiter))
    throw new InvalidArgumentError('It is one character, neither a quote nor a line end; \\t is a tab.');
  return delimiter;
}
