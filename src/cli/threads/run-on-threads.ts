import { Worker } from 'node:worker_threads';
import type { Exporter } from '../../exporters/exporter.ts';
import { exporters } from '../../exporters/index.ts';
import type { InputPath } from '../../node/inputs.ts';
import { createFolder, type Output, openOutput } from '../../node/output.ts';
import { exportOptions } from '../export-options.ts';
import { Exit } from '../failures.ts';
import { say, saySkipped } from '../messages.ts';
import type { OutputOptions } from '../options.ts';
import type { Progress } from '../progress.ts';
import type { Delivery } from '../run.ts';
import type { Settings } from '../settings.ts';
import type { FromThread, Task, ThreadSetup, ToThread } from './protocol.ts';
import { RowMerger } from './row-merger.ts';
import { isLarge, type Threads } from './thread-plan.ts';

/** Tasks that a thread has at a time, so that it does not wait for the next. */
const TASKS_AHEAD = 2;

/** Reads the inputs on several threads and writes the one output: the same bytes as one thread does. Returns the exit code. */
export async function runOnThreads(
  inputs: readonly InputPath[],
  settings: Settings,
  delivery: Delivery,
  options: OutputOptions,
  threads: Threads,
  progress: Progress,
): Promise<number> {
  if (delivery.makesFolder) createFolder(delivery.target);
  const output = openOutput(delivery.target);
  const exports = exportOptions(delivery, settings, options, { inputPath: () => '' });
  const { page: _page, inputPath: _inputPath, ...plain } = exports;
  const setup: ThreadSetup = {
    exporter: exporterId(delivery),
    exports: plain,
    analysis: settings.analysis,
    severity: settings.severity,
  };
  const run = new ThreadedRun(inputs, output, setup, threads, progress);
  try {
    const head = delivery.rows!(exports).head;
    if (head !== '') output.write(head);
    await run.work();
  } finally {
    await run.end();
  }
  if (output.isClosed) return Exit.Done;
  await output.commit();
  if (run.skipped > 0 && !settings.isQuiet) saySkipped(run.skipped);
  return run.failed > 0 ? Exit.Input : Exit.Done;
}

function exporterId({ rows }: Pick<Exporter, 'rows'>): string {
  return exporters.find((exporter) => exporter.rows === rows)!.id;
}

/** A thread, and how many tasks it has. */
interface Thread {
  readonly worker: Worker;
  tasks: number;
}

/** An input that was handed out. */
interface Reading {
  readonly threads: readonly Thread[];
  readonly merger: RowMerger;
  /** Whether the first of its threads has read it; the others say the same. */
  isRead: boolean;
  isListed: boolean;
  error: string | null;
}

class ThreadedRun {
  failed = 0;
  skipped = 0;
  private readonly inputs: readonly InputPath[];
  private readonly output: Output;
  private readonly progress: Progress;
  private readonly threads: readonly Thread[];
  /** How many of them read one large input. */
  private readonly sharing: number;
  private readonly inbox: { readonly thread: Thread; readonly message: FromThread }[] = [];
  private wake: () => void = () => undefined;
  private fault: Error | null = null;
  /** Inputs by their place: those handed out, those whose index is known, those written. */
  private readonly readings: Reading[] = [];
  private indexed = 0;
  private nextIndex = 0;
  private written = 0;

  constructor(
    inputs: readonly InputPath[],
    output: Output,
    setup: ThreadSetup,
    { count, sharing }: Threads,
    progress: Progress,
  ) {
    this.progress = progress;
    this.inputs = inputs;
    this.output = output;
    this.threads = Array.from({ length: count }, () => this.start(setup));
    this.sharing = sharing;
  }

  /** Goes on until everything is written, or nobody reads the output any more. */
  async work(): Promise<void> {
    while (this.written < this.inputs.length && !this.output.isClosed) {
      this.handOut();
      const received = this.inbox.shift();
      if (received === undefined) {
        if (this.fault !== null) throw this.fault;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        continue;
      }
      this.take(received.thread, received.message);
      this.writeOut();
      await this.output.drain();
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  private start(setup: ThreadSetup): Thread {
    const worker = new Worker(new URL('./row-thread.js', import.meta.url), { workerData: setup });
    const thread = { worker, tasks: 0 };
    worker.on('message', (message: FromThread) => {
      this.inbox.push({ thread, message });
      this.wake();
    });
    worker.on('error', (error) => {
      this.fault ??= error as Error;
      this.wake();
    });
    return thread;
  }

  /** Gives the next inputs to threads that have room, each large one to all of them. */
  private handOut(): void {
    for (let place = this.readings.length; place < this.inputs.length; place++) {
      const input = this.inputs[place]!;
      const index = place === this.indexed ? this.nextIndex : null;
      if (this.sharing > 1 && isLarge(input)) {
        if (index === null) return;
        this.give(place, input, index, this.threads.slice(0, this.sharing));
      } else {
        const thread = this.threads.reduce((a, b) => (b.tasks < a.tasks ? b : a));
        if (thread.tasks >= TASKS_AHEAD) return;
        this.give(place, input, index, [thread]);
      }
    }
  }

  private give(place: number, input: InputPath, index: number | null, threads: readonly Thread[]): void {
    const merger = new RowMerger(
      threads.length,
      (text) => this.output.write(text),
      (shard) => this.post(threads[shard]!, { kind: 'written' }),
    );
    this.readings[place] = { threads, merger, isRead: false, isListed: false, error: null };
    threads.forEach((thread, shard) => {
      const task: Task = {
        place,
        input,
        index,
        shard: threads.length === 1 ? null : { index: shard, count: threads.length },
      };
      thread.tasks++;
      this.post(thread, { kind: 'task', task });
    });
  }

  private take(thread: Thread, message: FromThread): void {
    if (message.kind === 'complaint') {
      say(message.message);
      return;
    }
    if (message.kind === 'progress') {
      this.progress.bytes += message.bytes;
      this.progress.sessions += message.sessions;
      this.progress.findings += message.findings;
      return;
    }
    const reading = this.readings[message.place]!;
    const shard = reading.threads.indexOf(thread);
    if (message.kind === 'rows') reading.merger.add(shard, message);
    else if (message.kind === 'done') {
      thread.tasks--;
      reading.merger.end(shard);
    } else if (shard === 0) {
      reading.isRead = true;
      reading.isListed = message.isListed;
      reading.error = message.error;
      this.passIndexes();
    }
  }

  /** An input has its index once it is known which ones before it are listed. */
  private passIndexes(): void {
    for (let reading = this.readings[this.indexed]; reading?.isRead; reading = this.readings[this.indexed]) {
      if (reading.isListed) this.nextIndex++;
      const place = ++this.indexed;
      for (const thread of this.readings[place]?.threads ?? [])
        this.post(thread, { kind: 'index', place, index: this.nextIndex });
    }
  }

  private writeOut(): void {
    for (let reading = this.readings[this.written]; reading !== undefined; reading = this.readings[this.written]) {
      if (!reading.merger.drain() || !reading.isRead) return;
      if (!reading.isListed) this.skipped++;
      else if (reading.error !== null) {
        this.failed++;
        say(`${this.inputs[this.written]!.path}: ${reading.error}`);
      }
      this.written++;
    }
  }

  private post({ worker }: Thread, message: ToThread): void {
    worker.postMessage(message);
  }
}
