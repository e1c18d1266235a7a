/** Runs programs and tells what they took. */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { FOLDER } from './logs.mjs';

const TIME = '/usr/bin/time';
/** What a shell exits with for a program that is not there. */
const NOT_FOUND = 127;

/** Without GNU time neither CPU time nor memory can be told. */
export const isTimed = existsSync(TIME);

/**
 * Runs a command with its output in a file, since grep stops at the first match where it sees /dev/null. Null where the program is
 * not installed. A program's own exit code tells nothing here (grep's 1 is «none»), unless it is ftplens's.
 */
export function measure({ argv, output, mayFail = true }) {
  const sink = openSync(output, 'w');
  const report = `${FOLDER}/time.txt`;
  const [program, ...args] = isTimed ? [TIME, '-f', '%U %S %M', '-o', report, ...argv] : argv;
  const began = process.hrtime.bigint();
  const { status, error, stderr } = spawnSync(program, args, { stdio: ['ignore', sink, 'pipe'] });
  const wallMs = Number(process.hrtime.bigint() - began) / 1e6;
  closeSync(sink);
  if (error !== undefined || status === NOT_FOUND) return null;
  if (status !== 0 && !mayFail) throw new Error(`${argv.join(' ')} failed:\n${stderr}`);
  if (!isTimed) return { wallMs, cpuMs: null, peakMb: null };
  const [user, system, peakKb] = readFileSync(report, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
  return { wallMs, cpuMs: (user + system) * 1000, peakMb: peakKb / 1024 };
}

/**
 * Measures commands in rounds, each once a round, so that a busy moment of the machine hits all of them alike. Of short runs the
 * median counts, of long ones the quickest. `after` sees each command's output once.
 */
export function measureAll(commands, rounds, after) {
  const runs = new Map(commands.map((command) => [command, []]));
  for (let round = 0; round < Math.max(rounds, ...commands.map(({ rounds: own }) => own ?? 0)); round++)
    for (const command of commands) {
      if (round >= (command.rounds ?? rounds) || runs.get(command).includes(null)) continue;
      const run = measure(command);
      runs.get(command).push(run);
      if (round === 0) after(command, run);
    }
  const results = {};
  for (const [command, all] of runs) results[command.id] = all.includes(null) ? null : settle(all, command.rounds);
  return results;
}

function settle(all, isMany) {
  const byWall = all.toSorted((a, b) => a.wallMs - b.wallMs);
  return byWall[isMany ? byWall.length >> 1 : 0];
}
