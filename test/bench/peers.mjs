/** The same counts per session as one would write them by hand in other programs, and programs made for logs. */
import { readFileSync } from 'node:fs';

/** By generation: how a line tells its session, and what stands before its text. */
const AWK_ID = { 0.9: String.raw`/^\(/ { id = substr($1, 2, 6)`, 1: '$4 == "Session" { id = $5' };
const ID = { 0.9: String.raw`^\((\d+)\)`, 1: String.raw`\[FTP Session (\d+) ` };
const BEFORE = { 0.9: '>', 1: String.raw`\]` };

function awk(format) {
  const before = BEFORE[format];
  return `${AWK_ID[format]}; n[id]++
    if ($0 ~ /${before} 226 /) done[id]++
    if ($0 ~ /${before} 426 /) cut[id]++
    if ($0 ~ /${before} EPSV/) epsv[id]++
    if ($0 ~ /${before} PASV/) pasv[id]++ }
  END { for (id in n) print id "," n[id] "," done[id]+0 "," cut[id]+0 "," epsv[id]+0 "," pasv[id]+0 }`;
}

function perl(format) {
  const before = BEFORE[format];
  return `if (/${ID[format]}/) { $n{$1}++; my $id = $1;
    if (/${before} 226 /) { $done{$id}++ } elsif (/${before} 426 /) { $cut{$id}++ }
    elsif (/${before} EPSV/) { $epsv{$id}++ } elsif (/${before} PASV/) { $pasv{$id}++ } }
  END { print join(",", $_, $n{$_}, map { $_ // 0 } $done{$_}, $cut{$_}, $epsv{$_}, $pasv{$_}), "\\n" for keys %n }`;
}

function python(format) {
  const before = { 0.9: '>', 1: ']' }[format];
  return `import re, sys
find = re.compile(rb'${ID[format]}').search
words = [b'${before} 226 ', b'${before} 426 ', b'${before} EPSV', b'${before} PASV']
counts = {}
for line in open(sys.argv[1], 'rb'):
    found = find(line)
    if not found: continue
    count = counts.setdefault(found[1], [0, 0, 0, 0, 0])
    count[0] += 1
    for i, word in enumerate(words):
        if word in line: count[i + 1] += 1
for id, count in counts.items(): print(id.decode(), *count, sep=',')
`;
}

/** mawk's counts, which others are measured against, out of a file or, with `zcat`, out of a compressed one. */
export const mawkCounts = (log) => ({
  id: 'mawk',
  title: 'mawk, counts per session',
  log,
  argv: ['mawk', awk(log.format), log.path],
  check: sumOfCounts,
});
export const zcatCounts = (gzip) => ({
  id: 'zcat | mawk',
  title: 'zcat | mawk',
  log: gzip,
  argv: ['sh', '-c', 'zcat "$1" | mawk "$2"', 'sh', gzip.path, awk(gzip.format)],
  check: sumOfCounts,
});
export const grepCount = (log) => ({
  id: 'grep',
  title: "grep -c ' 426 '",
  log,
  argv: ['grep', '-c', ' 426 ', log.path],
  check: oneNumber('426'),
});

/** The others, each with what of its output is compared with the truth. */
export function otherPeers(log) {
  const peers = [
    { id: 'gawk', title: 'gawk, the same', argv: ['gawk', awk(log.format), log.path], check: sumOfCounts },
    { id: 'perl', title: 'perl, the same', argv: ['perl', '-ne', perl(log.format), log.path], check: sumOfCounts },
    {
      id: 'python3',
      title: 'python3, the same',
      argv: ['python3', '-c', python(log.format), log.path],
      check: sumOfCounts,
    },
    { id: 'rg', title: "rg -c ' 426 '", argv: ['rg', '-c', ' 426 ', log.path], check: oneNumber('426') },
    { id: 'wc', title: 'wc -l', argv: ['wc', '-l', log.path], check: oneNumber('lines') },
    {
      id: 'lnav',
      title: 'lnav, lines with 426',
      argv: ['lnav', '-n', '-c', `:filter-in ${BEFORE[log.format]} 426 `, log.path],
      check: (output, { said }) => verdict({ 426: output.split('\n').length - 1 }, { 426: said[426] }),
    },
  ];
  if (log.format === '0.9')
    peers.push({
      id: 'goaccess',
      title: 'goaccess, JSON report',
      argv: [
        ...['goaccess', log.path, '--log-format=(%^) %d %t %^ - %^(%h)> %U', '--date-format=%m/%d/%Y'],
        ...['--time-format=%T', '--no-ip-validation', '--no-progress', '-o', 'json'],
      ],
      check: (output, { lines }) => verdict({ lines: JSON.parse(output).general.total_requests }, { lines }),
    });
  return peers.map((peer) => ({ ...peer, log }));
}

function sumOfCounts(output, { said }) {
  const sums = { 226: 0, 426: 0, EPSV: 0, PASV: 0 };
  for (const row of output.trim().split('\n')) {
    const [, , ...counts] = row.split(',').map(Number);
    for (const [i, name] of ['226', '426', 'EPSV', 'PASV'].entries()) sums[name] += counts[i];
  }
  return verdict(sums, said);
}

function oneNumber(name) {
  return (output, { said, lines }) =>
    verdict({ [name]: Number.parseInt(output, 10) }, { [name]: name === 'lines' ? lines : said[name] });
}

/** Null where what was found is the truth, else both in words. */
export function verdict(found, truth) {
  const wrong = Object.keys(found).filter((name) => found[name] !== truth[name]);
  if (wrong.length === 0) return null;
  return wrong.map((name) => `${name} ${found[name]} instead of ${truth[name]}`).join(', ');
}

/** Compares a command's output with the truth; null where it is right, else what is wrong. */
export function checkOutput({ check, output }, truth) {
  return check(readFileSync(output, 'utf8'), truth);
}
