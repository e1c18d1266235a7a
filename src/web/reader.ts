/** The page's worker: reads transcripts with the same core as the command line, and sends back what was asked for. */
import { stringify } from 'csv-stringify/sync';
import { Analysis, type Sink } from '../core/analysis.ts';
import { csv } from '../exporters/csv.ts';
import type { ExportOptions, Write } from '../exporters/exporter.ts';
import { LIVE_BOUNDS, PageSink } from '../exporters/html/page-sink.ts';
import { html } from '../exporters/html.ts';
import { json } from '../exporters/json.ts';
import type { Answer, Cells, Output, Request, Source } from './data/messages.ts';
import { compressionOf, decompress } from './decompress.ts';

const CHUNK_BYTES = 1024 * 1024;
/** Bytes in which a compression shows itself. */
const MAGIC_BYTES = 4;
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

async function serve({ sources, output }: Request): Promise<Blob> {
  if (output.kind === 'cells') return csvOf(output.cells);
  const parts = new Parts();
  const sink = createSink(output, (chunk) => parts.write(chunk), sources);
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
  for (let index = 0; index < sources.length; index++) await readSource(sources[index]!, analysis, progress);
  analysis.end();
  return parts.blob();
}

function csvOf(cells: Cells): Blob {
  const csv = stringify(cells as unknown[][], { record_delimiter: '\r\n', escape_formulas: true });
  return new Blob([csv], { type: 'text/csv' });
}

function createSink(output: Exclude<Output, { kind: 'cells' }>, write: Write, sources: readonly Source[]): Sink {
  const options: ExportOptions = {
    inputPath: (input) => sources[input]?.name ?? '',
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

/** Reads one file to its end, or as far as it can be read; what is the matter is in the report. */
async function readSource({ name, blob }: Source, analysis: Analysis, progress: ProgressTeller): Promise<void> {
  let offset = 0;
  const next = async () => {
    if (offset >= blob.size) return null;
    const chunk = new Uint8Array(await blob.slice(offset, offset + CHUNK_BYTES).arrayBuffer());
    offset += chunk.length;
    progress.read(chunk.length);
    return chunk;
  };
  const head = new Uint8Array(await blob.slice(0, MAGIC_BYTES).arrayBuffer());
  const compression = compressionOf(head);
  analysis.open({ path: name, sizeBytes: compression === null ? blob.size : null, compression });
  let error: string | null = null;
  try {
    if (compression === null) await pushAll(next, analysis);
    else
      error = await decompress(compression, (await next())!, next, (chunk) => {
        analysis.push(chunk);
      });
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
    error = `the file could not be read: ${thrown.message}`;
  }
  analysis.close(error);
  progress.nextSource();
}

async function pushAll(next: () => Promise<Uint8Array | null>, analysis: Analysis): Promise<void> {
  for (let chunk = await next(); chunk !== null; chunk = await next()) if (!analysis.push(chunk)) return;
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
