import { type FileHandle, open } from 'node:fs/promises';
import type { Analysis, InputSource } from '../core/analysis.ts';
import { type Compression, compressionOf } from '../core/bytes/compression.ts';
import type { Input } from '../core/report.ts';
import { decompress } from './compression.ts';
import { describeFileError, type InputPath, STDIN } from './inputs.ts';

const CHUNK_BYTES = 1024 * 1024;
const SAMPLE_BYTES = 64 * 1024;
/** Places of a plain file that are sampled for the order of day and month, as shares of its size. */
const SAMPLE_PLACES = [0.25, 0.5, 0.75, 1] as const;

/** What takes an input's bytes: an analysis, or what looks at them in another way. */
export type InputTaker = Pick<Analysis, 'open' | 'push' | 'close' | 'fail'>;

/** Called between chunks: waits until more may come, and says whether more is wanted at all. */
export type Pause = () => Promise<boolean>;

/** Reads an input into the analysis. What goes wrong while reading becomes the input's `error`. */
export async function readInput(input: InputPath, analysis: InputTaker, pause: Pause): Promise<Input> {
  if (input.error !== null) return analysis.fail(sourceOf(input, null, null), input.error);
  if (input.path === STDIN) return readStdin(analysis, pause, input.last === true);
  let file: FileHandle;
  try {
    file = await open(input.pathBytes === undefined ? input.path : Buffer.from(input.pathBytes));
  } catch (error) {
    return analysis.fail(sourceOf(input, null, null), describeFileError(error));
  }
  try {
    return await readFile(input, file, analysis, pause);
  } finally {
    await file.close();
  }
}

async function readFile(input: InputPath, file: FileHandle, analysis: InputTaker, pause: Pause): Promise<Input> {
  const entry = await file.stat();
  if (entry.isDirectory()) return analysis.fail(sourceOf(input, null, null), 'is a folder');
  const { from = 0 } = input;
  const chunks = chunksOf(file, Math.min(CHUNK_BYTES, Math.max(SAMPLE_BYTES, entry.size + 1)), from);
  let first: IteratorResult<Uint8Array, unknown>;
  try {
    first = await chunks.next();
  } catch (error) {
    return analysis.fail(sourceOf(input, null, null), describeFileError(error));
  }
  const head = first.done ? new Uint8Array(0) : first.value;
  // Only the beginning of a file shows how it is compressed.
  const compression = from > 0 ? null : compressionOf(head);
  const isPlain = entry.isFile() && compression === null;
  const samples = isPlain && entry.size > CHUNK_BYTES ? await readSamples(file, entry.size) : null;
  analysis.open(sourceOf(input, entry.isFile() ? entry.size : null, compression, samples));
  return analysis.close(await pushAll(analysis, head, chunks, compression, pause));
}

function sourceOf(
  input: InputPath,
  sizeBytes: number | null,
  compression: Compression | null,
  samples: readonly Uint8Array[] | null = null,
): InputSource {
  const { path, named, last } = input;
  return {
    path,
    sizeBytes,
    compression,
    optional: !named,
    last: last === true,
    ...(samples === null ? {} : { samples }),
  };
}

async function readStdin(analysis: InputTaker, pause: Pause, last: boolean): Promise<Input> {
  const chunks = process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let head = new Uint8Array(0);
  let error: string | null = null;
  try {
    const first = await chunks.next();
    if (!first.done) head = new Uint8Array(first.value);
  } catch (problem) {
    error = describeFileError(problem);
  }
  const compression = compressionOf(head);
  analysis.open({ path: STDIN, sizeBytes: null, compression, last });
  return analysis.close(error ?? (await pushAll(analysis, head, chunks, compression, pause)));
}

/** Pushes an input to its end, or as far as it is wanted or can be read. Returns why it could not be read on. */
async function pushAll(
  analysis: InputTaker,
  head: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
  compression: Compression | null,
  pause: Pause,
): Promise<string | null> {
  let goesOn = true;
  let error: string | null = null;
  const push = (chunk: Uint8Array) => {
    goesOn = goesOn && analysis.push(chunk);
  };
  const next = async () => {
    if (!goesOn || !(await pause())) return null;
    try {
      const { done, value } = await chunks.next();
      return done === true ? null : value;
    } catch (problem) {
      error = describeFileError(problem);
      return null;
    }
  };
  if (compression !== null) error = (await decompress(compression, head, next, push)) ?? error;
  else for (let chunk: Uint8Array | null = head; chunk !== null; chunk = await next()) push(chunk);
  // Why the rest could not be read is nothing to tell of an input whose rest is not wanted.
  return goesOn ? error : null;
}

/** The file's chunks from a byte on, all in one buffer: each is over when the next is asked for. */
async function* chunksOf(file: FileHandle, sizeBytes: number, from: number): AsyncGenerator<Uint8Array, void> {
  const buffer = new Uint8Array(sizeBytes);
  for (let at = from; ; ) {
    // A pipe has no positions, and is never read from its middle.
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from > 0 ? at : null);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function readSamples(file: FileHandle, sizeBytes: number): Promise<Uint8Array[]> {
  const samples: Uint8Array[] = [];
  for (const place of SAMPLE_PLACES) {
    const buffer = new Uint8Array(SAMPLE_BYTES);
    const start = Math.max(0, Math.floor(sizeBytes * place) - SAMPLE_BYTES);
    const { bytesRead } = await file.read(buffer, 0, SAMPLE_BYTES, start);
    samples.push(buffer.subarray(0, bytesRead));
  }
  return samples;
}
