/** How the page puts the report's ids into words. */
import { durationInWords, grouped } from '../../core/diagnoses/wording.ts';
import type { Outcome, Session, Severity, Side } from '../../core/report.ts';
import type { FindingData } from '../../exporters/html/page-data.ts';

/** Severities as headings of lists. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  notice: 'Notice',
  info: 'Note',
};

/** What became of a data connection. */
export const CONNECTION_OUTCOMES = {
  used: 'used',
  refused: 'refused',
  unreachable: 'not reached',
  unused: 'not used',
  unknown: 'not known',
} as const;

/** How a session ended. */
export const END_WORDS: Readonly<Record<Session['end'], string>> = {
  quit: 'with QUIT',
  closed: 'closed',
  'timed-out': 'timed out',
  dropped: 'connection lost',
  refused: 'refused',
  unfinished: 'not seen',
};

/** TLS of a control connection. */
export const TLS_WORDS: Readonly<Record<Session['tls']['control'], string>> = {
  none: 'none',
  explicit: 'explicit TLS',
  implicit: 'implicit TLS',
  unknown: 'not known',
};

/** What a session lacks. */
export const GAP_WORDS: Readonly<Record<Session['gaps'][number], string>> = {
  head: 'its begin',
  tail: 'its end',
  middle: 'lines in its middle',
  'commands-hidden': 'some commands',
  'replies-not-logged': 'replies, which this program does not log',
  ambiguous: 'a clear owner for some lines',
  desynchronised: 'the right order of replies',
};

const REPAIR_WORDS: Readonly<Record<string, string>> = {
  'joined-lines': 'split lines that had been joined',
  'wrapped-lines': 'joined lines that had been wrapped',
  'quote-prefix': 'removed quote marks',
  indent: 'removed an indent',
  html: 'undid HTML',
  markdown: 'undid Markdown',
  bbcode: 'undid BBCode',
  'json-escapes': 'undid JSON escapes',
  'line-numbers': 'removed line numbers',
  'foreign-prefix': 'removed what another program put before each line',
  'smart-quotes': 'straightened typographic quotes',
  powershell: 'undid what PowerShell did to the text',
  duplicates: 'dropped lines that stood there twice',
  'terminal-codes': 'removed terminal codes',
  'trailing-blanks': 'removed trailing blanks',
  'nul-bytes': 'removed NUL bytes',
};

/** What was undone, as the end of "We …". */
export function repairInWords(repair: string): string {
  return REPAIR_WORDS[repair] ?? repair.replaceAll('-', ' ');
}

/** How two records of one exchange differ. */
export function differenceInWords(note: string): string {
  const words: Readonly<Record<string, string>> = {
    'client-only': 'only in the client’s record',
    'server-only': 'only in the server’s record',
    'argument-differs': 'other argument',
    'address-differs': 'other address',
    'code-differs': 'other reply code',
    'text-differs': 'other reply text',
    'reply-not-received': 'reply never reached the client',
    'reply-not-logged': 'reply not in the server’s record',
  };
  return words[note] ?? note.replaceAll('-', ' ');
}

/** Whose side it was, with how sure that is: `likely the server's side`. */
export function causeInWords({ side, certainty }: Pick<FindingData, 'side' | 'certainty'>): string {
  if (side === 'unknown') return 'side unknown';
  if (certainty === 'certain') return `${side}’s side`;
  return `${certainty === 'likely' ? 'likely' : 'possibly'} ${side}’s side`;
}

/** Sides, as a filter names them. */
export const SIDE_WORDS: Readonly<Record<Side, string>> = {
  client: 'Client',
  server: 'Server',
  network: 'Network',
  unknown: 'Unclear',
};

/** An outcome with its count: `3 aborted`. */
export function outcomeInWords(outcome: Outcome, count: number): string {
  return `${grouped(count)} ${outcome}`;
}

/** `IPv4`, `IPv6`, `not known`. */
export function familyInWords(family: string): string {
  return family === 'ipv4' ? 'IPv4' : family === 'ipv6' ? 'IPv6' : 'not known';
}

/** A span of time, or a dash. */
export function spanInWords(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? '–' : durationInWords(ms);
}

/** `2012-11-12 22:33:35`, with a non-breaking blank. */
export function timeInWords(iso: string | undefined): string {
  return iso === undefined || iso === '' ? '–' : iso.replace('T', ' ');
}

/** A share as a percentage that is never rounded to 0 or 100 wrongly. */
export function percentInWords(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return '< 1 %';
  if (percent > 99 && percent < 100) return '> 99 %';
  return `${Math.round(percent)} %`;
}

/** A verdict's first sentence, and the others. */
export function splitVerdict(verdict: string): readonly [string, string] {
  const [first = '', ...rest] = verdict.split(/(?<=[.!?]) (?=[A-Z0-9"])/);
  return [first, rest.join(' ')];
}

/** The first letter large. */
export function capitalised(text: string): string {
  return text.substring(0, 1).toUpperCase() + text.substring(1);
}

/** The name of a file without its folders. */
export function baseName(path: string): string {
  if (path === '-') return 'standard input';
  return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;
}
