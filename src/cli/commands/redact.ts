import { type Command, InvalidArgumentError } from 'commander';
import { isKnownEncoding } from '../../core/bytes/encoding.ts';
import { KEEPABLE, type Keepable } from '../../core/redact/pseudonyms.ts';
import { FORMAT_IDS, type FormatId } from '../../core/report.ts';
import { choice } from '../options.ts';

/** Options of `redact`, as typed. */
export interface RedactOptions {
  readonly output: string;
  readonly keep?: readonly Keepable[];
  readonly key?: string;
  readonly formatIn?: FormatId;
  readonly encoding?: string;
}

/** `ftplens redact FILE -o SHAREABLE`: a copy that can be shared. */
export function registerRedact(program: Command): void {
  program
    .command('redact')
    .usage('[options] FILE')
    .argument('[file]', 'a transcript, - for standard input')
    .description('a copy to share: pseudonyms for users, addresses, hosts, paths and certificates')
    .option('-o, --output <file>', 'where the copy goes, - for standard output', '-')
    .option('--keep <names>', `leave as they are, by commas: ${KEEPABLE.join(', ')}`, parseKept)
    .option('--key <file>', 'the same pseudonyms in every run with this key; keep it secret')
    .addOption(choice('--format-in <format>', 'the format of the input (see ftplens formats)', FORMAT_IDS))
    .option('--encoding <label>', 'encoding of the input: utf-8, utf-16le, windows-1252, …', parseEncoding)
    .action(async (file: string | undefined, options: RedactOptions) => {
      const { redact } = await import('../redact.ts');
      process.exitCode = await redact(file, options);
    });
}

/** Parses a list such as `users,paths`. */
function parseKept(value: string): readonly Keepable[] {
  return value.split(',').map((word) => {
    const found = KEEPABLE.find((name) => name === word.trim());
    if (found === undefined) throw new InvalidArgumentError(`Allowed are ${KEEPABLE.join(', ')}.`);
    return found;
  });
}

function parseEncoding(value: string): string {
  if (isKnownEncoding(value)) return value;
  throw new InvalidArgumentError('Labels of the Encoding Standard are accepted: utf-8, utf-16le, windows-1252, …');
}
