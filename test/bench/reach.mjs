/** What ftplens is to reach, as ratios of two measurements of one run. */
import { spawnSync } from 'node:child_process';
import { filesOf, gzipOf, logOf } from './logs.mjs';
import { grepCount, mawkCounts, verdict, zcatCounts } from './peers.mjs';

const CLI = 'dist/cli.js';
const OUT = '.bench/out';
/** Runs of what is over in a blink. */
const SHORT_ROUNDS = 15;
/** A diagnosis that has nothing to look at in these logs stands for having none. */
const NO_DIAGNOSES = ['--only', 'control-v4-mapped'];

/**
 * The rows by their ids. `limits`: the greatest ratio for each number of jobs; a row is measured for those. `pair` makes the two
 * commands that it compares, by `measured`.
 */
const ROWS = {
  mawk: {
    title: 'sessions -f csv against mawk',
    limits: { 1: 0.5, 2: 0.3 },
    pair: ({ large }, jobs) => [sessions(large, jobs), mawkCounts(large)],
  },
  grep: {
    title: "sessions -f csv against grep -c ' 426 '",
    limits: { 2: 2.5 },
    pair: ({ large }, jobs) => [sessions(large, jobs), grepCount(large)],
  },
  html: {
    title: 'report -o report.html against sessions -f csv',
    limits: { 1: 1.6, 2: 1.6 },
    pair: ({ large }, jobs) => [report(large, jobs, 'html'), sessions(large, jobs)],
  },
  jsonl: {
    title: 'report -o all.jsonl against sessions -f csv',
    limits: { 1: 4, 2: 4 },
    pair: ({ large }, jobs) => [report(large, jobs, 'jsonl'), sessions(large, jobs)],
  },
  gzip: {
    title: 'a gzip file against zcat | mawk, a tenth of the lines',
    limits: { 1: 1.2, 2: 1.2 },
    pair: async ({ small }, jobs) => {
      const gzip = await gzipOf(small);
      return [sessions(gzip, jobs, 'gzip'), zcatCounts(gzip)];
    },
  },
  format: {
    title: 'the log of 1.x against that of 0.9',
    limits: { 1: 1.2, 2: 1.2 },
    pair: ({ large, largeOf1 }, jobs) => [sessions(largeOf1, jobs, '1.x'), sessions(large, jobs)],
  },
  growth: {
    title: 'all lines against a tenth of them',
    limits: { 1: 10.5, 2: 10.5 },
    pair: ({ large, small }, jobs) => [sessions(large, jobs), sessions(small, jobs, 'a tenth')],
  },
  files: {
    title: 'files of 1,000 lines against one file, a tenth of the lines',
    limits: { 1: 1.5, 2: 1.5 },
    pair: ({ small }, jobs) => [sessions(filesOf(small), jobs, 'files'), sessions(small, jobs, 'a tenth')],
  },
  help: {
    title: 'ftplens --help against node -e 0',
    limits: { 1: 1.5 },
    pair: () => [short('ftplens --help', [CLI, '--help']), short('node -e 0', ['-e', '0'])],
  },
  seed: {
    title: 'ftplens fixtures/seed against node -e 0',
    limits: { 1: 3 },
    pair: () => [short('ftplens fixtures/seed', [CLI, 'fixtures/seed']), short('node -e 0', ['-e', '0'])],
  },
  diagnoses: {
    title: 'CPU with all diagnoses against none',
    limits: { 1: 1.15 },
    measured: 'cpuMs',
    pair: ({ large }, jobs) => [sessions(large, jobs), sessions(large, jobs, 'no diagnoses', NO_DIAGNOSES)],
  },
  ...Object.fromEntries(
    ['0.9', '1'].flatMap((format) =>
      ['silent', 'endless'].map((ends) => [
        `memory-${ends}-${format}`,
        {
          title: `memory for sessions that ${ends === 'silent' ? 'fall silent' : 'go on'} without end (${format}), against half of them`,
          limits: { 1: 1.25 },
          measured: 'peakMb',
          pair: ({ unended }, jobs) => [
            sessions(unended(format, ends, 1), jobs, `${ends} ${format}`),
            sessions(unended(format, ends, 0.5), jobs, `${ends} ${format}, half`),
          ],
        },
      ]),
    ),
  ),
};

export const ROW_IDS = Object.keys(ROWS);

/** The logs that rows speak of, each made when it is first asked for. */
export function logsOf({ lines, crlf, seed }) {
  const of = (more) => logOf({ lines, crlf, seed, ...more });
  return {
    get large() {
      return of({});
    },
    get small() {
      return of({ lines: Math.ceil(lines / 10) });
    },
    get largeOf1() {
      return of({ format: '1', crlf: false });
    },
    /** Of a session beyond its bound not everything is known any more, which is no fault. */
    unended(format, ends, share) {
      const log = of({ format, ends, lines: Math.ceil(lines * share) });
      return ends === 'endless' ? { ...log, truth: null } : log;
    },
  };
}

/** The rows with these ids, one for each number of jobs that they are asked of. */
export async function rowsOf(ids, logs, jobs) {
  const rows = [];
  for (const id of ids) {
    const { title, limits, measured = 'wallMs', pair } = ROWS[id];
    for (const [count, limit] of Object.entries(limits)) {
      if (!jobs.includes(Number(count))) continue;
      const [of, against] = await pair(logs, Number(count));
      rows.push({ id, jobs: Number(count), title, limit, measured, of, against });
    }
  }
  return rows;
}

/** Whether a row is reached; null where it could not be measured. */
export function judge({ limit, measured, of, against }, results) {
  const [a, b] = [results[of.id]?.[measured] ?? null, results[against.id]?.[measured] ?? null];
  if (a === null || b === null) return { ratio: null, isReached: null };
  return { ratio: a / b, isReached: a / b <= limit };
}

function ftplens(id, log, args) {
  return { id, title: id, log, argv: [process.execPath, CLI, ...args, log.path], mayFail: false };
}

function sessions(log, jobs, what = 'all', more = []) {
  const id = `sessions -f csv --jobs ${jobs}, ${what}`;
  return { ...ftplens(id, log, ['sessions', '-f', 'csv', '--jobs', String(jobs), ...more]), check: sumOfSessions };
}

function report(log, jobs, extension) {
  const target = `${OUT}/report.${extension}`;
  const id = `report -o .${extension} --jobs ${jobs}`;
  const command = ftplens(id, log, ['report', '--jobs', String(jobs), '-o', target]);
  return extension === 'jsonl'
    ? { ...command, target, check: (_, truth) => countSessions(target, truth) }
    : { ...command, target };
}

function short(id, args) {
  return { id, title: id, log: null, argv: [process.execPath, ...args], mayFail: false, rounds: SHORT_ROUNDS };
}

function sumOfSessions(output, { sessions, transfers }) {
  const [header, ...rows] = output.trim().split(/\r?\n/);
  const names = header.split(',');
  const columns = Object.keys(transfers).map((name) => names.indexOf(name));
  const sums = columns.map(() => 0);
  for (const row of rows) {
    const cells = row.split(',');
    for (const [i, column] of columns.entries()) sums[i] += Number(cells[column]);
  }
  const found = Object.fromEntries(Object.keys(transfers).map((name, i) => [name, sums[i]]));
  return verdict({ sessions: rows.length, ...found }, { sessions, ...transfers });
}

function countSessions(target, { sessions }) {
  const { stdout } = spawnSync('grep', ['-c', '^{"type":"session"', target], { encoding: 'utf8' });
  return verdict({ sessions: Number(stdout) }, { sessions });
}
