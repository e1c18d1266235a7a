import type { SingleBar } from 'cli-progress';
import { counted, durationInWords, listed } from '../core/diagnoses/wording.ts';
import { type Drawing, setDrawing } from '../node/terminal.ts';

/** How far a run came. Whoever reads adds to it. */
export interface Progress {
  /** Bytes read of the files as they lie there. */
  bytes: number;
  /** Bytes to read in all; null where that cannot be known, as of a pipe. */
  totalBytes: number | null;
  sessions: number;
  findings: number;
}

/** Shorter runs get no bar. */
const SHOWN_AFTER_MS = 1000;
const DRAWS_PER_SECOND = 10;
const BAR_COLUMNS = 20;

/** Draws progress on standard error, where that is a terminal and takes it. It looks by the clock; nobody has to tell it. */
export class ProgressBar implements Drawing {
  readonly progress: Progress = { bytes: 0, totalBytes: null, sessions: 0, findings: 0 };
  private readonly startedAt = process.uptime();
  private readonly beginning: NodeJS.Timeout | null = null;
  private bar: SingleBar | null = null;
  private isOver = false;

  /** `isQuiet`: whether nothing but errors is wanted on standard error. */
  constructor(isQuiet: boolean) {
    if (isQuiet || !takesBars()) return;
    setDrawing(this);
    this.beginning = setTimeout(() => void this.begin(), SHOWN_AFTER_MS).unref();
  }

  erase(): void {
    if (this.bar === null) return;
    process.stderr.clearLine(0);
    process.stderr.cursorTo(0);
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    setDrawing(null);
    if (this.beginning !== null) clearTimeout(this.beginning);
    this.bar?.stop();
    this.erase();
    this.bar = null;
  }

  private async begin(): Promise<void> {
    // Most runs are over before there is anything to draw.
    const { default: progress } = await import('cli-progress');
    if (this.isOver) return;
    this.bar = new progress.SingleBar({
      format: (options) => {
        const { bytes, totalBytes } = this.progress;
        const share = totalBytes === null ? null : Math.min(1, bytes / Math.max(1, totalBytes));
        const bar = share === null ? '' : `${progress.Format.BarFormat(share, options)} ${percent(share)}  `;
        return `${bar}${this.words()}`;
      },
      barsize: BAR_COLUMNS,
      barCompleteChar: '#',
      barIncompleteChar: '.',
      fps: DRAWS_PER_SECOND,
      // What does not fit is cut off, without a word to the terminal about how it should wrap.
      linewrap: true,
      clearOnComplete: true,
      // Something else may have been printed over it.
      forceRedraw: true,
    });
    this.bar.start(1, 0);
  }

  private words(): string {
    const { bytes, totalBytes, sessions, findings } = this.progress;
    const elapsedMs = (process.uptime() - this.startedAt) * 1000;
    const leftMs = totalBytes === null || bytes === 0 ? null : ((totalBytes - bytes) / bytes) * elapsedMs;
    const left = leftMs === null || leftMs <= 0 ? '' : `  ${durationInWords(Math.ceil(leftMs / 1000) * 1000)} left`;
    const rate = sizeInWords((bytes / elapsedMs) * 1000);
    const found = `${counted(sessions, 'session')}, ${counted(findings, 'finding')}`;
    return `${readInWords(this.progress)}  ${rate}/s${left}  ${found}`;
  }
}

/** Whether standard error is a terminal that takes a line drawn again and again. */
function takesBars(): boolean {
  const { TERM, CI } = process.env;
  const isCollected = CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0';
  return process.stderr.isTTY === true && TERM !== 'dumb' && !isCollected;
}

/** Files that are named one by one. */
const NAMED_FILES = 3;

/**
 * How far a run came that was interrupted, and what it leaves undone: `stopped after 412 MB of 830 MB (50 %), 83,211 sessions;
 * nothing was written to report.html`.
 */
export function interruptionInWords(progress: Readonly<Progress>, targets: readonly string[]): string {
  const { bytes, totalBytes, sessions } = progress;
  const share = totalBytes === null || totalBytes === 0 ? '' : ` (${percent(bytes / totalBytes)})`;
  const reached =
    bytes === 0
      ? 'stopped before anything was read'
      : `stopped after ${readInWords(progress)}${share}, ${counted(sessions, 'session')}`;
  if (targets.length === 0) return reached;
  const files = targets.length > NAMED_FILES ? `${counted(targets.length, 'file')}` : listed(targets, 'or');
  return `${reached}; nothing was written to ${files}`;
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

function readInWords({ bytes, totalBytes }: Readonly<Progress>): string {
  return totalBytes === null ? sizeInWords(bytes) : `${sizeInWords(bytes)} of ${sizeInWords(totalBytes)}`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

function sizeInWords(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 999.5 && unit < UNITS.length - 1; unit++) size /= 1000;
  return `${unit > 0 && size < 9.95 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}
