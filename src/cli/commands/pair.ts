import type { Command } from 'commander';
import type { PairLadder as PairLadderSink } from '../../exporters/pair-ladder.ts';
import { UsageError } from '../failures.ts';
import { addReadingOptions, type ReadingOptions } from '../options.ts';

/** `ftplens pair CLIENT SERVER`: the two records of one session against each other. */
export function registerPair(program: Command): void {
  const command = program.command('pair').usage('[options] CLIENT SERVER').argument('<client>').argument('<server>');
  command.description("the client's and the server's record of one session, side by side");
  addReadingOptions(command).action((client: string, server: string, options: ReadingOptions) =>
    showPairs([client, server], options, null, true),
  );
}

/** Draws pairs found in the inputs. `declared`: the user says that two inputs belong together. */
export async function showPairs(
  files: readonly string[],
  options: ReadingOptions,
  wanted: string | null,
  declared: boolean,
): Promise<void> {
  const { analyse, settingsOf, PairLadder } = await import('../reading.ts');
  let ladder: PairLadderSink | null = null;
  const settings = await settingsOf(options);
  process.exitCode = await analyse(files, { ...settings, analysis: { ...settings.analysis, declaredPair: declared } }, [
    {
      target: '-',
      table: null,
      create: (write, exportOptions) => {
        ladder = new PairLadder(write, exportOptions, wanted);
        return ladder;
      },
    },
  ]);
  explainAbsence(ladder as PairLadderSink | null, wanted);
}

function explainAbsence(ladder: PairLadderSink | null, wanted: string | null): void {
  if (ladder === null || ladder.isShown || process.exitCode === 3) return;
  if (wanted !== null && ladder.ids.length > 0)
    throw new UsageError(`there is no pair "${wanted}"; there are ${ladder.ids.slice(0, 20).join(', ')}`);
  const closest = ladder.undecided
    .flatMap(({ session, candidates }) => candidates.map((candidate) => ({ of: session, candidate })))
    .sort((a, b) => b.candidate.confidence - a.candidate.confidence)[0];
  if (closest === undefined) throw new UsageError('no two sessions of these inputs share enough to be one');
  const { of, candidate } = closest;
  const sure = `${Math.round(candidate.confidence * 100)} %`;
  throw new UsageError(
    `no pair is sure enough; closest are ${of} and ${candidate.session}, ${sure}: ${candidate.reasons.join(' ')}`,
  );
}
