import { counted, grouped, listed } from '../../core/diagnoses/wording.ts';
import type { AbortedAfter, CountRow, Grouped, SetUpRow, Summary, SummaryRow, Throughput } from '../../core/report.ts';
import { setUpInWords, spanInWords, successPercent } from '../answers.ts';
import { sizeInWords } from '../quantities.ts';

/** An answer in words: its label and its text, which is empty where there is nothing to tell. */
export type Line = readonly [label: string, text: string];

/** What the summary answers, a line each. `top`: how many of each are named. */
export function answerLines(summary: Summary, top: number): Line[] {
  const { refused, refusedByUser, refusedByPeer } = summary.logins;
  const logins =
    refused === 0 ? '' : `${counted(refused, 'session')} refused${whoText(refusedByUser, refusedByPeer, top)}`;
  return [
    ...(summary.grouped === null ? [] : [groupedLine(summary.grouped, top)]),
    ['by command', totalsText(summary.byDataCommand, top)],
    ['by family', totalsText(summary.byFamily, top)],
    ['by user', totalsText(summary.byUser, top)],
    ['by peer', totalsText(summary.byPeer, top)],
    ['set-ups', summary.setUps.slice(0, top).map(setUpText).join('; ')],
    ['aborted', abortedText(summary.abortedAfter, top)],
    ['speed', summary.throughput.map(speedText).join('; ')],
    ['logins', logins],
    ['errors', errorsText(summary, top)],
  ];
}

/** `anna 1,200 (3 aborted); bob 30; 12 more`: transfers, most first. */
function totalsText(rows: readonly SummaryRow[], top: number): string {
  if (rows.every(({ transfers }) => transfers === 0)) return '';
  const sorted = [...rows].sort((a, b) => b.transfers - a.transfers);
  const shown = sorted.slice(0, top).map((row) => {
    const troubles = [
      row.aborted > 0 ? `${grouped(row.aborted)} aborted` : '',
      row.failed > 0 ? `${grouped(row.failed)} failed` : '',
    ];
    const trouble = troubles.filter((text) => text !== '').join(', ');
    return `${row.key} ${grouped(row.transfers)}${trouble === '' ? '' : ` (${trouble})`}`;
  });
  return shown.join('; ') + moreText(sorted.length - shown.length);
}

function groupedLine({ by, rows }: Grouped, top: number): Line {
  const keyed = rows.map((row) => ({ ...row, key: row.values.map((value) => value ?? '-').join(' ') }));
  return [by.length === 1 ? `by ${by[0]}` : 'by keys', totalsText(keyed, top)];
}

/** `EPSV over IPv4 98.5 % of 1,200`. */
function setUpText(row: SetUpRow): string {
  const success = successPercent(row);
  return `${setUpInWords(row)} ${success === null ? 'unknown' : `${success} %`} of ${grouped(row.attempts)}`;
}

/** `about 2 min 20 (FileZilla Server 0.9 Connections timeout), 30 s to 59 s 5`: the lengths at which most were aborted. */
function abortedText(rows: readonly AbortedAfter[], top: number): string {
  const sorted = [...rows].sort((a, b) => b.transfers - a.transfers);
  const shown = sorted.slice(0, top).map((row) => {
    const timers = row.timers.length === 0 ? '' : ` (as long as ${listed(row.timers, 'or')})`;
    return `${grouped(row.transfers)} after ${spanInWords(row)}${timers}`;
  });
  return shown.join('; ') + moreText(sorted.length - shown.length);
}

function speedText({ direction, percentiles: { p5, p50, p95 } }: Throughput): string {
  const rate = (bytes: number) => `${sizeInWords(bytes)}/s`;
  return `${direction}s ${rate(p50)} in the middle, 5 % below ${rate(p5)}, 5 % above ${rate(p95)}`;
}

function whoText(users: readonly CountRow[], peers: readonly CountRow[], top: number): string {
  const named = (rows: readonly CountRow[]) =>
    rows
      .slice(0, top)
      .map(({ key, sessions }) => `${key} ${grouped(sessions)}`)
      .join(', ') + moreText(rows.length - top);
  const parts = [users.length === 0 ? '' : `as ${named(users)}`, peers.length === 0 ? '' : `from ${named(peers)}`];
  const told = parts.filter((part) => part !== '').join('; ');
  return told === '' ? '' : `: ${told}`;
}

/** `550 to RETR in 18 sessions, 421 in 2 sessions; 3 more`. */
function errorsText({ topErrors }: Summary, top: number): string {
  const shown = topErrors.slice(0, top).map(({ code, verb, sessions }) => {
    return `${code}${verb === null ? '' : ` to ${verb}`} in ${counted(sessions, 'session')}`;
  });
  return shown.join(', ') + moreText(topErrors.length - shown.length);
}

function moreText(count: number): string {
  return count > 0 ? `; ${grouped(count)} more` : '';
}
