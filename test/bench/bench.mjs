/**
 * How ftplens fares against the tools at hand, in one run on one invented log whose truth is known:
 *
 *     npm run bench -- [--lines N] [--format 0.9|1] [--crlf] [--seed N] [--repeat N] [--growth] [--json]
 *
 * Exits with 1 when ftplens's totals are not the truth. Speed is told, not judged: it is the machine's as much as ours.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { generateLog } from './generate.mjs';

const FOLDER = '.bench';
const CLI = 'dist/cli.js';
const TIME = '/usr/bin/time';
const START_UP_RUNS = 9;

const { values: options } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    format: { type: 'string', default: '0.9' },
    crlf: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    repeat: { type: 'string', default: '3' },
    growth: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

/** Per-session counts as one would write them by hand, printed as CSV. */
const AWK = {
  0.9: `{ id = substr($1, 2, 6); n[id]++
    if ($0 ~ /> 226 /) done[id]++
    if ($0 ~ /> 426 /) cut[id]++
    if ($0 ~ /> EPSV/) epsv[id]++
    if ($0 ~ /> PASV/) pasv[id]++ }
  END { for (id in n) print id "," n[id] "," done[id]+0 "," cut[id]+0 "," epsv[id]+0 "," pasv[id]+0 }`,
  1: `$4 == "Session" { id = $5; n[id]++
    if ($0 ~ /\\] 226 /) done[id]++
    if ($0 ~ /\\] 426 /) cut[id]++
    if ($0 ~ /\\] EPSV/) epsv[id]++
    if ($0 ~ /\\] PASV/) pasv[id]++ }
  END { for (id in n) print id "," n[id] "," done[id]+0 "," cut[id]+0 "," epsv[id]+0 "," pasv[id]+0 }`,
};

/** Runs a command with its output in a file, since grep stops at the first match where it sees /dev/null; null where it is not installed. */
function measure(command, args) {
  const sink = openSync(`${FOLDER}/out.txt`, 'w');
  const report = `${FOLDER}/time.txt`;
  const timed = existsSync(TIME);
  const [program, given] = timed ? [TIME, ['-f', '%U %S %M', '-o', report, command, ...args]] : [command, args];
  const began = process.hrtime.bigint();
  const { status, error, stderr } = spawnSync(program, given, { stdio: ['ignore', sink, 'pipe'] });
  const wallMs = Number(process.hrtime.bigint() - began) / 1e6;
  closeSync(sink);
  if (error !== undefined || status === 127) return null;
  if (status !== 0 && command === process.execPath) throw new Error(`${args.join(' ')} failed:\n${stderr}`);
  if (!timed) return { wallMs, cpuMs: Number.NaN, peakMb: Number.NaN };
  const [user, system, peakKb] = readFileSync(report, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
  return { wallMs, cpuMs: (user + system) * 1000, peakMb: peakKb / 1024 };
}

/** The quickest of several runs. */
function best(command, args, runs) {
  let found = null;
  for (let i = 0; i < runs; i++) {
    const run = measure(command, args);
    if (run === null) return null;
    if (found === null || run.wallMs < found.wallMs) found = run;
  }
  return found;
}

/** A log with its truth; made once for the same wishes. */
function logOf(lines) {
  const name = `${options.format}-${lines}-${options.seed}${options.crlf ? '-crlf' : ''}.log`;
  const path = `${FOLDER}/${name}`;
  const truth = generateLog(path, { lines, format: options.format, crlf: options.crlf, seed: Number(options.seed) });
  return { path, truth, sizeMb: statSync(path).size / 1e6 };
}

/** The totals that ftplens makes of a log, summed from its table of days. */
function totalsOf(path) {
  const { stdout, status, stderr } = spawnSync(process.execPath, [CLI, 'days', '-f', 'csv', path], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`ftplens days failed:\n${stderr}`);
  const [header, ...rows] = stdout.trim().split(/\r?\n/);
  const names = header.split(',');
  const sum = (name) => rows.reduce((total, row) => total + Number(row.split(',')[names.indexOf(name)]), 0);
  const transfers = {};
  for (const outcome of ['completed', 'aborted', 'failed', 'unfinished']) transfers[outcome] = sum(outcome);
  return { sessions: sum('sessions'), transfers };
}

function check({ path, truth }) {
  const totals = totalsOf(path);
  const wanted = JSON.stringify({ sessions: truth.sessions, transfers: truth.transfers });
  if (JSON.stringify(totals) === wanted) {
    console.log(`totals: as invented ${wanted}`);
    return;
  }
  console.log(`totals: WRONG\n  ftplens ${JSON.stringify(totals)}\n  truth   ${wanted}`);
  process.exitCode = 1;
}

const seconds = (ms) => (ms / 1000).toFixed(2);

function printRun(name, run, base) {
  if (run === null) return console.log(`  ${name.padEnd(28)} not installed`);
  const ratio =
    base === null
      ? ''
      : `${(run.wallMs / base.wallMs).toFixed(2)} x mawk (cpu ${(run.cpuMs / base.cpuMs).toFixed(2)} x)`;
  console.log(
    `  ${name.padEnd(28)} ${seconds(run.wallMs).padStart(7)} s  cpu ${seconds(run.cpuMs).padStart(6)} s  ` +
      `peak ${run.peakMb.toFixed(0).padStart(5)} MB  ${ratio}`,
  );
}

function benchLog(lines, runs) {
  const log = logOf(lines);
  console.log(`${log.path}: ${lines} lines, ${log.sizeMb.toFixed(0)} MB, ${log.truth.sessions} sessions`);
  spawnSync('cat', [log.path], { stdio: ['ignore', 'ignore', 'ignore'] });
  const results = {
    ftplens: best(process.execPath, [CLI, 'sessions', '-f', 'csv', log.path], runs),
    mawk: best('mawk', [AWK[options.format], log.path], runs),
    grep: best('grep', ['-c', ' 426 ', log.path], runs),
    wc: best('wc', ['-l', log.path], runs),
  };
  printRun('ftplens sessions -f csv', results.ftplens, results.mawk);
  printRun('mawk, counts per session', results.mawk, results.mawk);
  printRun("grep -c ' 426 '", results.grep, results.mawk);
  printRun('wc -l', results.wc, results.mawk);
  console.log(`  ftplens reads ${(log.sizeMb / (results.ftplens.wallMs / 1000)).toFixed(0)} MB/s`);
  check(log);
  return results;
}

/** Start-up times, the runs of all of them interleaved so that a busy moment of the machine hits each alike. */
function benchStartUp() {
  const commands = {
    'node -e 0': ['-e', '0'],
    'ftplens --help': [CLI, '--help'],
    'ftplens fixtures/seed': [CLI, 'fixtures/seed'],
  };
  const runs = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let i = 0; i < START_UP_RUNS; i++)
    for (const [name, args] of Object.entries(commands)) runs[name].push(measure(process.execPath, args).wallMs);
  const medians = {};
  for (const [name, times] of Object.entries(runs)) {
    medians[name] = times.sort((a, b) => a - b)[START_UP_RUNS >> 1];
    const ratio = medians[name] / medians['node -e 0'];
    console.log(`  ${name.padEnd(28)} ${medians[name].toFixed(0).padStart(7)} ms  ${ratio.toFixed(2)} x node -e 0`);
  }
  return medians;
}

mkdirSync(FOLDER, { recursive: true });
const lines = Number(options.lines);
const result = { at: new Date().toISOString(), node: process.version, ...options };
result.log = benchLog(lines, Number(options.repeat));
console.log('start-up');
result.startUpMs = benchStartUp();
if (options.growth) {
  result.tenfold = benchLog(lines * 10, 1);
  result.growth = result.tenfold.ftplens.wallMs / result.log.ftplens.wallMs;
  console.log(`growth from ${lines} to ${lines * 10} lines: ${result.growth.toFixed(1)} times the time`);
}
if (options.json) appendFileSync(`${FOLDER}/history.jsonl`, `${JSON.stringify(result)}\n`);
