import type { AnalysisOptions } from '../core/analysis.ts';
import { diagnoses, observers } from '../core/diagnoses/index.ts';
import type { Severity } from '../core/report.ts';
import { UsageError } from './failures.ts';
import { nearestWords } from './nearest.ts';
import type { ReadingOptions } from './options.ts';

/** What a run is told, checked. */
export interface Settings {
  readonly analysis: AnalysisOptions;
  /** Findings below it are not shown. */
  readonly severity: Severity | null;
  readonly failOn: Severity | null;
  /** File for the lines that were not understood. */
  readonly unread: string | null;
  /** File that tells how far each input was read before; null = read everything. */
  readonly state: string | null;
  /** Threads that may be busy at the same time, where it was said. */
  readonly jobs: number | null;
  readonly isQuiet: boolean;
  readonly width: number;
  readonly color: boolean;
}

/** Checks what was typed and turns it into what the analysis takes. */
export async function settingsOf(options: ReadingOptions): Promise<Settings> {
  return {
    analysis: {
      format: options.formatIn ?? null,
      order: options.dateOrder ?? null,
      zone: options.zone ?? null,
      encoding: options.encoding ?? null,
      passiveRange: options.passiveRange ?? null,
      filter: {
        ...(await timesOf(options)),
        user: options.user ?? null,
        peer: options.peer ?? null,
        outcome: options.outcome ?? null,
        severity: options.severity ?? null,
        only: checkIds('--only', options.only),
        except: checkIds('--except', options.except),
      },
    },
    severity: options.severity ?? null,
    failOn: options.failOn ?? null,
    unread: options.unread ?? null,
    state: options.state ?? null,
    jobs: options.jobs ?? null,
    isQuiet: options.quiet === true,
    width: terminalWidth(),
    color: isColorful(options.color),
  };
}

async function timesOf({ since, until }: ReadingOptions): Promise<{ since: string | null; until: string | null }> {
  if (since === undefined && until === undefined) return { since: null, until: null };
  const { parseTime } = await import('./wall-clock.ts');
  const now = new Date();
  return {
    since: since === undefined ? null : parseTime('--since', since, 'start', now),
    until: until === undefined ? null : parseTime('--until', until, 'end', now),
  };
}

function checkIds(option: string, ids: readonly string[] | undefined): readonly string[] | null {
  const known = [...diagnoses, ...observers].map(({ id }) => id);
  for (const id of ids ?? []) {
    if (known.includes(id)) continue;
    const nearest = nearestWords(id, known);
    const hint = nearest.length === 0 ? 'ftplens explain --list shows them' : `did you mean ${nearest.join(' or ')}?`;
    throw new UsageError(`${option}: there is no diagnosis "${id}"; ${hint}`);
  }
  return ids ?? null;
}

/** Columns of a line where no terminal says how many it has. */
const WIDTH = 100;

/** Columns of the terminal. */
export function terminalWidth(): number {
  return process.stdout.columns ?? (Number(process.env['COLUMNS']) || WIDTH);
}

/** Whether standard output gets colours: as asked for, else on a terminal unless `NO_COLOR` is set (no-color.org). */
export function isColorful(when: ReadingOptions['color']): boolean {
  if (when === 'always' || when === true) return true;
  if (when === 'never' || process.env['NO_COLOR']) return false;
  return process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';
}
