#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { OutputError } from '../node/output-error.ts';
import { VERSION } from '../version.ts';
import { registerExplain } from './commands/explain.ts';
import { registerFollow } from './commands/follow.ts';
import { registerFormats } from './commands/formats.ts';
import { registerPage } from './commands/page.ts';
import { registerPair } from './commands/pair.ts';
import { registerRedact } from './commands/redact.ts';
import { registerReport } from './commands/report.ts';
import { registerSchema } from './commands/schema.ts';
import { registerShow } from './commands/show.ts';
import { registerSummary } from './commands/summary.ts';
import { registerTables } from './commands/tables.ts';
import { Exit, UsageError } from './failures.ts';
import { say } from './messages.ts';

const EXAMPLES = `
Examples:
  ftplens server.log                            what happened, why, and what to change
  ftplens transfers --outcome aborted *.log     the transfers that were cut, as a table
  ftplens report logs/ -o all.json -o transfers=cut.csv
  ftplens explain 426

FILE is a transcript, a folder, a glob, or - for standard input. Exit codes: 0 done, 1 findings at or above
--fail-on, 2 wrong usage, 3 an input could not be read, 4 output could not be written, 130 interrupted.
`;

function createProgram(): Command {
  const program = new Command('ftplens')
    .description(
      'Reads FTP server logs and client transcripts, and says what went wrong, whose side it was and what to change.',
    )
    .usage('[command] [options] [FILE...]')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help; ftplens COMMAND --help for its options')
    .helpCommand(false)
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText('after', EXAMPLES)
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'ftplens: ')) })
    .exitOverride();
  program.commandsGroup('Read transcripts:');
  registerSummary(program);
  registerFollow(program);
  registerShow(program);
  registerPair(program);
  registerReport(program);
  registerRedact(program);
  registerPage(program);
  program.commandsGroup('Read them into one table:');
  registerTables(program);
  program.commandsGroup('Know more:');
  registerExplain(program);
  registerFormats(program);
  registerSchema(program);
  return program;
}

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.Done : Exit.Usage;
  if (error instanceof UsageError) say(`${error.message}`);
  else if (error instanceof OutputError) say(error.message);
  else say(`a fault of ftplens, please report it: ${error instanceof Error ? error.stack : String(error)}`);
  if (error instanceof UsageError) return Exit.Usage;
  return error instanceof OutputError ? Exit.Output : Exit.Fault;
}
