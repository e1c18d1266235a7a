/** What a thread does: reads the inputs that it is given, or its share of them, and sends their rows as text. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Analysis } from '../../core/analysis.ts';
import { exporters } from '../../exporters/index.ts';
import { columnsOf, createRowSink, type RowFormat } from '../../exporters/tables/rows.ts';
import type { Cell } from '../../exporters/tables/table.ts';
import { readInput } from '../../node/input.ts';
import { readPage } from '../../node/page.ts';
import { FindingWatch } from '../finding-watch.ts';
import { BLOCKS_AHEAD, type FromThread, type Task, type ThreadSetup, type ToThread } from './protocol.ts';

/** Rows that are sent at once. */
const BLOCK_ROWS = 1_000;
/** Rows that are held while the index of their input is not known. */
const ROWS_HELD = 20_000;

class RowThread {
  private readonly port: MessagePort;
  private readonly analysis: Analysis;
  private readonly format: RowFormat;
  /** Column that holds the session's id. */
  private readonly idColumn: number;
  private readonly tasks: Task[] = [];
  /** The index of inputs by their place, as far as it is known. */
  private readonly indexes = new Map<number, number>();
  private blocksAhead = 0;
  private wake: () => void = () => undefined;

  private task: Task | null = null;
  /** Since the last time that it was told. */
  private readonly found = { sessions: 0, findings: 0 };
  /** Rows whose input has no index yet. */
  private held: Cell[][] = [];
  /** Rows to be sent, and where each ends. */
  private text = '';
  private ends: number[] = [];
  /** Of all these rows. */
  private overLines: number[] = [];
  private firstLines: number[] = [];

  constructor(port: MessagePort, { exporter, exports, analysis, severity }: ThreadSetup) {
    this.port = port;
    const options = { ...exports, inputPath: () => this.task!.input.path, page: readPage };
    this.format = exporters.find(({ id }) => id === exporter)!.rows!(options);
    this.idColumn = columnsOf(options).findIndex(({ name }) => name === 'session');
    const rows = createRowSink(options, { row: (cells) => this.held.push([...cells]), end: () => undefined });
    const watch = new FindingWatch([rows], severity, false, this.found);
    this.analysis = new Analysis(
      { ...analysis, complain: (message) => this.send({ kind: 'complaint', message }) },
      {
        needs: 'tallies',
        session: (session, findings) => {
          watch.session(session, findings);
          while (this.overLines.length < this.ends.length + this.held.length) {
            this.overLines.push(session.overLine);
            this.firstLines.push(session.firstLine);
          }
          this.write();
          if (this.ends.length >= BLOCK_ROWS) this.flush();
        },
        end: () => undefined,
      },
    );
    port.on('message', (message: ToThread) => {
      if (message.kind === 'task') this.tasks.push(message.task);
      else if (message.kind === 'index') this.indexes.set(message.place, message.index);
      else this.blocksAhead--;
      this.wake();
    });
  }

  /** Does tasks until the thread is ended from outside. */
  async work(): Promise<never> {
    for (;;) {
      const task = this.tasks.shift();
      if (task === undefined) await this.news();
      else await this.read(task);
    }
  }

  private async read(task: Task): Promise<void> {
    const { place, input, index, shard } = task;
    this.task = task;
    if (index !== null) this.indexes.set(place, index);
    const listed = this.analysis.inputCount;
    const pause = async (readBytes: number) => {
      this.send({ kind: 'progress', bytes: readBytes / (shard?.count ?? 1), ...this.found });
      this.found.sessions = this.found.findings = 0;
      for (this.write(); this.blocksAhead >= BLOCKS_AHEAD || this.held.length >= ROWS_HELD; this.write())
        await this.news();
      return true;
    };
    const { error } = await readInput(shard === null ? input : { ...input, shard }, this.analysis, pause);
    this.send({ kind: 'read', place, error, isListed: this.analysis.inputCount > listed });
    for (this.write(); this.held.length > 0; this.write()) await this.news();
    this.flush();
    this.send({ kind: 'done', place });
    this.indexes.delete(place);
  }

  private news(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  /** Turns the rows into text, once it is known which input of the report they belong to. */
  private write(): void {
    const index = this.indexes.get(this.task!.place);
    if (index === undefined || this.held.length === 0) return;
    for (const cells of this.held) {
      cells[this.idColumn] = withInput(String(cells[this.idColumn]), index);
      this.text += this.format.record(cells);
      this.ends.push(this.text.length);
    }
    this.held.length = 0;
  }

  private flush(): void {
    if (this.ends.length === 0) return;
    this.send({
      kind: 'rows',
      place: this.task!.place,
      text: this.text,
      ends: Uint32Array.from(this.ends),
      overLines: Float64Array.from(this.overLines),
      firstLines: Float64Array.from(this.firstLines),
    });
    this.blocksAhead++;
    this.text = '';
    this.ends.length = this.overLines.length = this.firstLines.length = 0;
  }

  private send(message: FromThread): void {
    this.port.postMessage(message);
  }
}

/** `s0-17` with another input. */
function withInput(id: string, index: number): string {
  return `s${index}${id.slice(id.indexOf('-'))}`;
}

await new RowThread(parentPort!, workerData as ThreadSetup).work();
