/** What was measured, as tables for people; both are Markdown. */

const seconds = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** Every command with its figures, and whether its output is right. `verdicts`: what is wrong, by the ids of those checked. */
export function printCommands(commands, results, verdicts) {
  const mawk = commands.find(({ id }) => id === 'mawk');
  const missing = commands.filter(({ id }) => results[id] === null);
  const rows = commands
    .filter(({ id }) => results[id] !== null)
    .map(({ id, title, log }) => {
      const { wallMs, cpuMs, peakMb } = results[id];
      const isComparable = mawk !== undefined && results.mawk !== null && log?.path === mawk.log.path;
      const problem = verdicts[id];
      return [
        title,
        seconds(wallMs),
        cpuMs === null ? '' : seconds(cpuMs),
        peakMb === null ? '' : `${Math.round(peakMb)} MB`,
        log === null ? '' : `${Math.round(log.bytes / 1e6 / (wallMs / 1000))} MB/s`,
        isComparable ? `${(wallMs / results.mawk.wallMs).toFixed(2)} ×` : '',
        problem === undefined ? '' : problem === null ? 'right' : `WRONG: ${problem}`,
      ];
    });
  printTable(['command', 'wall', 'CPU', 'peak', 'speed', 'against mawk', 'totals'], rows);
  if (missing.length > 0) console.log(`\nnot installed: ${missing.map(({ argv }) => argv[0]).join(', ')}`);
}

/** What is to be reached, and whether it is. */
export function printReach(reach, results) {
  if (reach.length === 0) return;
  console.log('');
  printTable(
    ['what', '`--jobs`', 'at most', 'measured', '', 'figures'],
    reach.map(({ title, jobs, limit, measured, of, against, ratio, isReached }) => [
      title,
      String(jobs),
      `${limit} ×`,
      ratio === null ? '' : `${ratio.toFixed(2)} ×`,
      isReached === null ? 'not measured' : isReached ? 'reached' : 'not reached',
      ratio === null
        ? ''
        : `${figure(results[of.id][measured], measured)} : ${figure(results[against.id][measured], measured)}`,
    ]),
  );
}

function figure(value, measured) {
  return measured === 'peakMb' ? `${Math.round(value)} MB` : seconds(value);
}

function printTable(header, all) {
  const rows = all.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  console.log(line(header));
  console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  for (const row of rows) console.log(line(row));
}
