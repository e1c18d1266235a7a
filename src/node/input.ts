import { readFileSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Analysis, InputSource } from '../core/analysis.ts';
import { LF } from '../core/bytes/ascii.ts';
import { type Compression, compressionOf } from '../core/bytes/compression.ts';
import type { Input } from '../core/report.ts';
import { decompress } from './compression.ts';
import { readEnds } from './file-ends.ts';
import { describeFileError, type InputPath, STDIN } from './inputs.ts';
import { isZip, openMember, type ZipMember } from './zip.ts';

const CHUNK_BYTES = 1024 * 1024;
const SAMPLE_BYTES = 64 * 1024;
/** Places of a plain file that are sampled for the order of day and month, as shares of its size. */
const SAMPLE_PLACES = [0.25, 0.5, 0.75, 1] as const;

/** What takes an input's bytes: an analysis, or what looks at them in another way. */
export type InputTaker = Pick<Analysis, 'open' | 'push' | 'close' | 'fail'>;

/**
 * Called between chunks with the bytes of the one just read: waits until more may come, and says whether more is wanted at all.
 */
export type Pause = (readBytes: number) => Promise<boolean>;

/** Reads an input into the analysis. What goes wrong while reading becomes the input's `error`. */
export async function readInput(input: InputPath, analysis: InputTaker, pause: Pause): Promise<Input> {
  if (input.error !== null) return analysis.fail(sourceOf(input, null, null), input.error);
  if (input.path === STDIN) return readStdin(analysis, pause, input.last === true);
  if (input.parts !== undefined) return readSeries(input, input.parts, analysis, pause);
  let file: OpenFile;
  try {
    file = await openFile(input);
  } catch (error) {
    return analysis.fail(sourceOf(input, null, null), describeFileError(error));
  }
  try {
    analysis.open(sourceOf(input, file.sizeBytes, file.compression, await file.readSamples()));
    return analysis.close(await pushAll(analysis, file, pause));
  } finally {
    await file.close();
  }
}

/** Reads a rotated series as one input. Lines run on; where each file begins is told with the input. */
async function readSeries(
  input: InputPath,
  files: readonly InputPath[],
  analysis: InputTaker,
  pause: Pause,
): Promise<Input> {
  const parts: { path: string; firstLine: number }[] = [];
  const errors: string[] = [];
  const counter = new LineCounter(analysis);
  let isOpen = false;
  for (const part of files) {
    let file: OpenFile;
    try {
      file = await openFile(part);
    } catch (error) {
      errors.push(`${part.path}: ${describeFileError(error)}`);
      continue;
    }
    try {
      if (!isOpen) analysis.open({ ...sourceOf(input, null, null, await sampleSeries(files)), parts });
      isOpen = true;
      counter.endLine();
      parts.push({ path: part.path, firstLine: counter.lines + 1 });
      const error = await pushAll(counter, file, pause);
      if (error !== null) errors.push(`${part.path}: ${error}`);
      if (counter.isRefused) break;
    } finally {
      await file.close();
    }
  }
  const error = errors.length === 0 ? null : errors.join('; ');
  return isOpen ? analysis.close(error) : analysis.fail(sourceOf(input, null, null), error ?? 'is empty');
}

/** Files of a series that are sampled for the order of day and month. */
const FILES_SAMPLED = 8;

/** The ends of some files of a series, from the oldest to the newest. */
async function sampleSeries(files: readonly InputPath[]): Promise<Uint8Array[]> {
  const step = Math.max(1, (files.length - 1) / (FILES_SAMPLED - 1));
  const samples: Uint8Array[] = [];
  for (let at = 0; at < files.length; at += step) {
    const ends = await readEnds(files[Math.round(at)]!);
    if (ends !== null) samples.push(ends.head, ...(ends.tail === null ? [] : [ends.tail]));
  }
  return samples;
}

/** Counts lines on their way to the analysis, and ends the last one of a file that has no line end. */
class LineCounter implements Pick<InputTaker, 'push'> {
  lines = 0;
  isRefused = false;
  private readonly analysis: InputTaker;
  private isMidLine = false;

  constructor(analysis: InputTaker) {
    this.analysis = analysis;
  }

  endLine(): void {
    if (this.isMidLine) this.push(new Uint8Array([LF]));
  }

  push(chunk: Uint8Array): boolean {
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) this.lines++;
    if (chunk.length > 0) this.isMidLine = chunk[chunk.length - 1] !== LF;
    this.isRefused = !this.analysis.push(chunk);
    return !this.isRefused;
  }
}

/** A file of which the first bytes were read. */
interface OpenFile {
  /** Null for what has no size of its own, such as a pipe. */
  readonly sizeBytes: number | null;
  readonly compression: Compression | null;
  readonly head: Uint8Array;
  /** What follows the head; each chunk is over when the next is asked for. */
  readonly chunks: AsyncIterator<Uint8Array>;
  /** Pieces from its later parts; null where they cannot be had, or the first chunk shows enough. */
  readSamples(): Promise<readonly Uint8Array[] | null>;
  close(): Promise<void>;
}

async function openFile(input: InputPath): Promise<OpenFile> {
  if (input.member !== undefined) return openZipped(input.member);
  const small = readSmall(input);
  if (small !== null) return small;
  const file = await open(input.pathBytes === undefined ? input.path : Buffer.from(input.pathBytes));
  try {
    const entry = await file.stat();
    if (entry.isDirectory()) throw new Error('is a folder');
    const { from = 0 } = input;
    const chunks = chunksOf(file, Math.min(CHUNK_BYTES, Math.max(SAMPLE_BYTES, entry.size + 1)), from, entry.isFile());
    const first = await chunks.next();
    const head = first.done ? new Uint8Array(0) : first.value;
    // Only the beginning of a file shows how it is compressed.
    const compression = from > 0 ? null : compressionOf(head);
    const isSampled = entry.isFile() && compression === null && entry.size > CHUNK_BYTES;
    return {
      sizeBytes: entry.isFile() ? entry.size : null,
      compression,
      head,
      chunks,
      readSamples: async () => (isSampled ? readSamples(file, entry.size) : null),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A plain file of one chunk, read at once: of many such files most of the time would go by waiting for each step. */
function readSmall({ path, pathBytes, from = 0 }: InputPath): OpenFile | null {
  const name = pathBytes === undefined ? path : Buffer.from(pathBytes);
  const entry = statSync(name);
  // What is no plain file may never answer, and while that is waited for nothing could end the program.
  if (from > 0 || !entry.isFile() || entry.size > CHUNK_BYTES) return null;
  const { buffer, byteOffset, byteLength } = readFileSync(name);
  const head = new Uint8Array(buffer, byteOffset, byteLength);
  return {
    sizeBytes: entry.size,
    compression: compressionOf(head),
    head,
    chunks: noChunks(),
    readSamples: async () => null,
    close: async () => undefined,
  };
}

async function* noChunks(): AsyncGenerator<Uint8Array, void> {}

async function openZipped(member: ZipMember): Promise<OpenFile> {
  const stream = await openMember(member);
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const first = await chunks.next();
  const head = first.done ? new Uint8Array(0) : new Uint8Array(first.value);
  return {
    sizeBytes: member.entry.uncompressedSize,
    compression: compressionOf(head),
    head,
    chunks,
    readSamples: async () => null,
    close: async () => {
      stream.destroy();
    },
  };
}

function sourceOf(
  input: InputPath,
  sizeBytes: number | null,
  compression: Compression | null,
  samples: readonly Uint8Array[] | null = null,
): InputSource {
  const { path, named, last, shard } = input;
  return {
    path,
    sizeBytes,
    compression,
    optional: !named,
    last: last === true,
    ...(shard === undefined ? {} : { shard }),
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
  if (isZip(head)) error ??= 'a zip archive cannot be read from a pipe: name the file';
  return analysis.close(error ?? (await pushAll(analysis, { head, chunks, compression }, pause)));
}

/** Pushes an input to its end, or as far as it is wanted or can be read. Returns why it could not be read on. */
async function pushAll(
  analysis: Pick<InputTaker, 'push'>,
  { head, chunks, compression }: Pick<OpenFile, 'head' | 'chunks' | 'compression'>,
  pause: Pause,
): Promise<string | null> {
  let goesOn = true;
  let error: string | null = null;
  const push = (chunk: Uint8Array) => {
    goesOn = goesOn && analysis.push(chunk);
  };
  let readBytes = head.length;
  const next = async () => {
    if (!(await pause(readBytes)) || !goesOn) return null;
    try {
      const { done, value } = await chunks.next();
      readBytes = value?.length ?? 0;
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

/**
 * The file's chunks from a byte on: each is over when the next is asked for. `ahead`: whether the next is read while one is
 * looked at, which must not be where it may never come.
 */
async function* chunksOf(
  file: FileHandle,
  sizeBytes: number,
  from: number,
  ahead: boolean,
): AsyncGenerator<Uint8Array, void> {
  let at = from;
  // A pipe has no positions, and is never read from its middle.
  const read = (buffer: Uint8Array) => file.read(buffer, 0, buffer.length, from > 0 ? at : null);
  let buffer = new Uint8Array(sizeBytes);
  let other = ahead ? new Uint8Array(sizeBytes) : buffer;
  let next: ReturnType<typeof read> | null = null;
  for (;;) {
    const { bytesRead } = await (next ?? read(buffer));
    if (bytesRead === 0) return;
    at += bytesRead;
    if (ahead) {
      next = read(other);
      // Whoever waits for it hears of an error; when no more is wanted nobody does.
      next.catch(() => undefined);
    }
    yield buffer.subarray(0, bytesRead);
    [buffer, other] = [other, buffer];
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
