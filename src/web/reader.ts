/** The page's worker: reads transcripts with the same core as the command line, and sends back what was asked for. */
import { stringify } from 'csv-stringify/sync';
import { Analysis, type Sink } from '../core/analysis.ts';
import { csv } from '../exporters/csv.ts';
import type { ExportOptions, Write } from '../exporters/exporter.ts';
import { LIVE_BOUNDS, PageSink } from '../exporters/html/page-sink.ts';
import { html } from '../exporters/html.ts';
import { json } from '../exporters/json.ts';
import { RedactedSink } from '../exporters/redacted.ts';
import type { Answer, Cells, Output, Request, Source } from './data/messages.ts';
import { readSource } from './read-source.ts';
import { copyRedacted, createRedactor } from './redacting.ts';

const PROGRESS_EVERY_MS = 100;
/** Characters that are gathered before they become part of a blob. */
const PART_CHARACTERS = 1 << 20;

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  serve(data).then(
    (result) => answer({ kind: 'done', result }),
    (error: unknown) => answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});

function answer(message: Answer): void {
  postMessage(message);
}

async function serve({ sources, output, key }: Request): Promise<Blob> {
  if (output.kind === 'cells') return csvOf(output.cells);
  const parts = new Parts();
  if (output.kind === 'transcript') {
    await copyRedacted(sources, output.source, key!, (bytes) => parts.write(bytes));
    return parts.blob();
  }
  const redactor = key === null ? null : createRedactor(key);
  const pathOf = (input: number) => {
    const name = sources[input]?.name ?? '';
    return redactor === null ? name : redactor.name('path', name);
  };
  const made = createSink(output, (chunk) => parts.write(chunk), pathOf);
  const sink = redactor === null ? made : new RedactedSink(made, redactor);
  const progress = new ProgressTeller(sources);
  const analysis = new Analysis(
    {},
    {
      session(session, findings) {
        progress.sessions++;
        sink.session(session, findings);
      },
      end: (totals) => sink.end(totals),
    },
  );
  for (const source of sources) {
    await readSource(source, analysis, (bytes) => progress.read(bytes));
    progress.nextSource();
  }
  analysis.end();
  return parts.blob();
}

function csvOf(cells: Cells): Blob {
  const csv = stringify(cells as unknown[][], { record_delimiter: '\r\n', escape_formulas: true });
  return new Blob([csv], { type: 'text/csv' });
}

function createSink(
  output: Exclude<Output, { kind: 'cells' | 'transcript' }>,
  write: Write,
  inputPath: ExportOptions['inputPath'],
): Sink {
  const options: ExportOptions = {
    inputPath,
    table: output.kind === 'csv' ? output.table : null,
    width: 100,
    color: false,
    delimiter: null,
    decimalComma: false,
    bom: false,
    raw: false,
    groupBy: [],
    top: null,
    failOn: null,
    page: () => (output.kind === 'html' ? output.page : ''),
  };
  if (output.kind === 'page') return new PageSink(write, LIVE_BOUNDS);
  return { json, html, csv }[output.kind].create(write, options);
}

/** Gathers texts and bytes into one blob, which the browser may keep on disk. */
class Parts {
  private readonly parts: BlobPart[] = [];
  private text = '';

  write(chunk: string | Uint8Array): void {
    if (typeof chunk === 'string') {
      this.text += chunk;
      if (this.text.length < PART_CHARACTERS) return;
    }
    this.flush();
    // A blob takes a copy, as the chunk may be reused.
    if (typeof chunk !== 'string') this.parts.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
  }

  blob(): Blob {
    this.flush();
    return new Blob(this.parts);
  }

  private flush(): void {
    if (this.text !== '') this.parts.push(new Blob([this.text]));
    this.text = '';
  }
}

/** Tells the page how far the reading is, some times a second. */
class ProgressTeller {
  sessions = 0;
  private readonly totalBytes: number;
  private source = 0;
  private readBytes = 0;
  private toldAt = 0;

  constructor(sources: readonly Source[]) {
    this.totalBytes = sources.reduce((sum, { blob }) => sum + blob.size, 0);
  }

  read(bytes: number): void {
    this.readBytes += bytes;
    const now = performance.now();
    if (now - this.toldAt < PROGRESS_EVERY_MS) return;
    this.toldAt = now;
    const { source, readBytes, totalBytes, sessions } = this;
    answer({ kind: 'progress', source, readBytes, totalBytes, sessions });
  }

  nextSource(): void {
    this.source++;
  }
}
