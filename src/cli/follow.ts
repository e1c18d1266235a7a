import { setTimeout as wait } from 'node:timers/promises';
import { Analysis, isAtLeast } from '../core/analysis.ts';
import { counted } from '../core/diagnoses/wording.ts';
import { describeFileError } from '../node/inputs.ts';
import { LogTail } from '../node/log-tail.ts';
import { standardOutputDrained } from '../node/output.ts';
import type { FollowOptions } from './commands/follow.ts';
import { Exit, UsageError } from './failures.ts';
import { say } from './messages.ts';
import { NewsDesk, type Told } from './news-desk.ts';
import { createTeller } from './news-text.ts';
import { settingsOf } from './settings.ts';

/** How often a log is looked at. */
const INTERVAL_MS = 250;

/** Tells what happens in logs until it is interrupted, nobody listens any more, or none of them can be read. */
export async function follow(logs: readonly string[], options: FollowOptions): Promise<number> {
  const { state, unread, failOn } = options;
  for (const [option, value] of Object.entries({ '--state': state, '--unread': unread, '--fail-on': failOn }))
    if (value !== undefined) throw new UsageError(`${option} does not go with follow`);
  const settings = await settingsOf(options);
  const metrics = options.metrics === undefined ? null : await startMetrics(options.metrics);
  const tell = createTeller(options.format, settings);
  let isHeard = true;
  process.stdout.on('error', () => {
    isHeard = false;
  });
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => interruption.abort(signal === 'SIGINT' ? Exit.Interrupted : Exit.Terminated));
  const level = settings.severity ?? 'notice';
  const take = (told: Told) => {
    if (told.kind === 'finding' && !isAtLeast(told.finding.severity, level)) return;
    process.stdout.write(tell(told));
  };
  // A level is for findings; every transfer is told.
  const analysis = { ...settings.analysis, filter: { ...settings.analysis.filter, severity: null } };
  let followed = logs.map(
    (path) =>
      new FollowedLog(path, analysis, (told) => {
        metrics?.count(told);
        take(told);
      }),
  );
  let transfers = 0;
  let failed = 0;
  while (followed.length > 0 && isHeard && !interruption.signal.aborted) {
    for (const log of followed) {
      const error = await log.read();
      if (error === null) continue;
      say(`${log.path}: ${error}`);
      failed++;
      followed = followed.filter((other) => other !== log);
    }
    if (metrics !== null) for (const log of followed) metrics.setLag(log.path, await log.unreadBytes());
    await standardOutputDrained();
    await wait(INTERVAL_MS, undefined, { signal: interruption.signal }).catch(() => undefined);
  }
  for (const log of followed) {
    await log.close();
    transfers += log.transfers;
  }
  metrics?.close();
  if (!interruption.signal.aborted) return failed > 0 ? Exit.Input : Exit.Done;
  if (!settings.isQuiet) say(`interrupted after ${counted(transfers, 'transfer')}`);
  return interruption.signal.reason as number;
}

async function startMetrics(port: number) {
  const { Metrics } = await import('./metrics.ts');
  try {
    const metrics = new Metrics();
    const address = await metrics.listen(port);
    say(`metrics at ${address}`);
    return metrics;
  } catch (error) {
    throw new UsageError(`--metrics ${port}: ${describeFileError(error)}`);
  }
}

/** One log with what was told of it. */
class FollowedLog {
  readonly path: string;
  private readonly tail: LogTail;
  private readonly analysis: Analysis;
  private readonly desk: NewsDesk;

  constructor(path: string, options: ConstructorParameters<typeof Analysis>[0], take: (told: Told) => void) {
    this.path = path;
    this.tail = new LogTail(path);
    this.desk = new NewsDesk(path, take);
    this.analysis = new Analysis(
      { ...options, complain: say },
      {
        // Nothing has to be gathered over sessions.
        needs: 'tallies',
        session: (session, findings) => this.desk.take(session, findings, true),
        end: () => undefined,
      },
    );
    this.analysis.open({ path, sizeBytes: null, compression: null });
  }

  get transfers(): number {
    return this.desk.transfers;
  }

  unreadBytes(): Promise<number> {
    return this.tail.unreadBytes();
  }

  /** Reads what came. Returns why the log cannot be followed on. */
  async read(): Promise<string | null> {
    try {
      let isLog = true;
      const look = () => {
        isLog &&= this.analysis.peek((session, findings) => this.desk.take(session, findings, false));
      };
      look();
      await this.tail.read(async (chunk) => {
        this.analysis.push(chunk);
        look();
      });
      return isLog ? null : 'no log that can be followed: no format reads its lines (ftplens FILE may know more)';
    } catch (error) {
      return describeFileError(error);
    }
  }

  async close(): Promise<void> {
    await this.tail.close();
  }
}
