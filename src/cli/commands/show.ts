import type { Command } from 'commander';
import type { Ladder as LadderSink } from '../../exporters/ladder.ts';
import { UsageError } from '../failures.ts';
import { addReadingOptions, type ReadingOptions } from '../options.ts';
import { showPairs } from './pair.ts';

interface ShowOptions extends ReadingOptions {
  readonly session?: string;
  readonly pair?: string;
}

/** `ftplens show --session ID`: one session line by line. */
export function registerShow(program: Command): void {
  const command = program.command('show').usage('[options] (--session ID | --pair ID) FILE...').argument('[files...]');
  command
    .description('one session line by line, with its findings')
    .option('-s, --session <id>', 'which session, as the other commands call it; not needed if there is only one');
  command.option('--pair <id>', "which pair: the client's and the server's record side by side");
  addReadingOptions(command).action((files: readonly string[], options: ShowOptions) =>
    options.pair === undefined ? showSession(files, options) : showPairs(files, options, options.pair, false),
  );
}

async function showSession(files: readonly string[], options: ShowOptions): Promise<void> {
  const { analyse, settingsOf, Ladder } = await import('../reading.ts');
  const wanted = options.session ?? null;
  let ladder: LadderSink | null = null;
  process.exitCode = await analyse(files, await settingsOf(options), [
    {
      target: '-',
      table: null,
      create: (write, exportOptions) => {
        ladder = new Ladder(write, exportOptions, wanted);
        return ladder;
      },
    },
  ]);
  explainAbsence(ladder as LadderSink | null, wanted);
}

function explainAbsence(ladder: LadderSink | null, wanted: string | null): void {
  if (ladder === null || ladder.isShown) return;
  if (ladder.ids.length === 0) throw new UsageError('there is no session in the input');
  const known = ladder.ids.join(', ') + (ladder.hasMore ? ', …' : '');
  throw new UsageError(
    wanted === null
      ? `there are several sessions; choose one with --session: ${known}`
      : `there is no session "${wanted}"; there are ${known}`,
  );
}
