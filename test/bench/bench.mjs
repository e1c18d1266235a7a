/**
 * How ftplens fares against the tools at hand, in one run on invented logs whose truth is known:
 *
 *     npm run bench -- [--lines N] [--rows ID,ID,…] [--jobs 1,2] [--repeat N] [--crlf] [--seed N] [--json] [--list]
 *
 * `--rows` chooses what is measured (`--list` shows the ids; `peers` are other programs), `--lines` how long the large log is.
 * Exits with 1 when totals are not the truth. Speed is told, not judged: it is the machine's as much as ours.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { FOLDER } from './logs.mjs';
import { isTimed, measureAll } from './measure.mjs';
import { checkOutput, grepCount, mawkCounts, otherPeers } from './peers.mjs';
import { judge, logsOf, ROW_IDS, rowsOf } from './reach.mjs';
import { printCommands, printReach } from './tables.mjs';

const OUT = `${FOLDER}/out`;
const PEERS = 'peers';

const { values: options } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    rows: { type: 'string', default: [PEERS, ...ROW_IDS].join() },
    jobs: { type: 'string', default: '1,2' },
    repeat: { type: 'string', default: '3' },
    crlf: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

if (options.list) {
  console.log([PEERS, ...ROW_IDS].join('\n'));
  process.exit();
}
const ids = options.rows.split(',');
const unknown = ids.find((id) => id !== PEERS && !ROW_IDS.includes(id));
if (unknown !== undefined) throw new Error(`there is no row "${unknown}": --list shows them`);

mkdirSync(OUT, { recursive: true });
const began = { at: new Date().toISOString(), load: loadavg()[0] };
if (began.load > availableParallelism() / 2)
  console.log(`the machine is busy: load ${began.load.toFixed(1)} on ${availableParallelism()} cores\n`);
const logs = logsOf({ lines: Number(options.lines), crlf: options.crlf, seed: Number(options.seed) });
const rows = await rowsOf(
  ids.filter((id) => id !== PEERS),
  logs,
  options.jobs.split(',').map(Number),
);
const commands = uniqueCommands([
  ...rows.flatMap(({ of, against }) => [of, against]),
  ...(ids.includes(PEERS) ? peersOf(logs.large) : []),
]);
warm(commands);
/** What checks said of the outputs, by the ids of their commands; null: they are right. */
const verdicts = {};
const results = measureAll(commands, Number(options.repeat), checkAndForget);

if (!isTimed) console.log('GNU time is not installed (package time): CPU time and memory are not told');
printCommands(commands, results, verdicts);
const reach = rows.map((row) => ({ ...row, ...judge(row, results) }));
printReach(reach, results);
if (Object.values(verdicts).some((problem) => problem !== null)) process.exitCode = 1;
if (options.json) remember();

function peersOf(log) {
  return [mawkCounts(log), grepCount(log), ...otherPeers(log)];
}

/** Each command once, with a file for its output. */
function uniqueCommands(all) {
  const byId = new Map();
  for (const command of all)
    if (!byId.has(command.id)) byId.set(command.id, { ...command, output: `${OUT}/${byId.size}.txt` });
  return [...byId.values()];
}

/** Reads every log once, so that the first command finds it in memory as the others do. */
function warm(all) {
  for (const path of new Set(all.map(({ log }) => log?.path).filter(Boolean)))
    execFileSync('sh', ['-c', 'find "$1" -type f -exec cat {} + > /dev/null', 'sh', path]);
}

function checkAndForget(command, run) {
  if (run === null) return;
  const { id, check, log } = command;
  if (check !== undefined && log?.truth) verdicts[id] = checkOutput(command, log.truth);
  for (const file of [command.output, command.target]) if (file !== undefined) rmSync(file, { force: true });
}

function remember() {
  const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const told = reach.map(({ id, jobs, limit, ratio, isReached }) => ({ id, jobs, limit, ratio, isReached }));
  const entry = { ...began, version, commit: commitAtHand(), ...machine, options, results, reach: told, verdicts };
  appendFileSync(`${FOLDER}/history.jsonl`, `${JSON.stringify(entry)}\n`);
}

function commitAtHand() {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}
