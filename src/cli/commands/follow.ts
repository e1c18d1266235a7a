import { type Command, InvalidArgumentError } from 'commander';
import { addReadingOptions, choice, type ReadingOptions } from '../options.ts';

/** Options of `follow`, as typed. */
export interface FollowOptions extends ReadingOptions {
  readonly format: 'text' | 'jsonl';
  readonly metrics?: number;
}

const PORT_MAX = 65_535;

/** `ftplens follow LOG...`: tells transfers and findings as a log grows. */
export function registerFollow(program: Command): void {
  const command = program
    .command('follow')
    .usage('[options] LOG...')
    .argument('<logs...>')
    .description('transfers and findings of a log as it grows, until it is interrupted');
  addReadingOptions(command)
    .optionsGroup('How to tell it:')
    .addOption(choice('-f, --format <format>', 'how to print it', ['text', 'jsonl']).default('text'))
    .option('--metrics <port>', 'serve Prometheus metrics at http://127.0.0.1:PORT/metrics', parsePort)
    .action(async (logs: readonly string[], options: FollowOptions) => {
      const { follow } = await import('../follow.ts');
      process.exitCode = await follow(logs, options);
    });
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > PORT_MAX)
    throw new InvalidArgumentError(`A port is a whole number up to ${PORT_MAX}; 0 takes a free one.`);
  return port;
}
