import {
  closeSync,
  fchmodSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { describeFileError } from './inputs.ts';
import { OutputError } from './output-error.ts';
import { endDrawing } from './terminal.ts';
import { Utf8Buffer } from './utf8-buffer.ts';

/** Standard output's name among paths. */
export const STDOUT = '-';

/** Takes an output's text or bytes in order; bytes may be reused once the call returns. */
export interface Output {
  write(chunk: string | Uint8Array): void;
  /** Whether nobody reads any more, so that the rest need not be made. */
  readonly isClosed: boolean;
  /** Waits until what is written so far has left, so that a slow reader does not fill the memory. */
  drain(): Promise<void>;
  /** Makes the output stand. */
  commit(): Promise<void>;
  /** Undoes the output as far as that can be. */
  discard(): void;
}

/** An output to a path; `-` is standard output. */
export function openOutput(target: string): Output {
  return target === STDOUT ? new StandardOutput() : new FileOutput(target);
}

/** Makes the folder that an output goes to, where there is none. */
export function createFolder(target: string): void {
  const folder = path.dirname(target);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new OutputError(`${folder}: ${describeFileError(error)}`);
  }
}

const ENDS_OF_WAITING = ['drain', 'close', 'error'] as const;

/** Waits until standard output takes more, or nobody reads it any longer. */
export async function standardOutputDrained(): Promise<void> {
  // Whether the last write was too much would not do: by now it may be gone, and 'drain' would never come.
  if (!process.stdout.writableNeedDrain) return;
  await new Promise<void>((resolve) => {
    const goOn = () => {
      for (const event of ENDS_OF_WAITING) process.stdout.off(event, goOn);
      resolve();
    };
    for (const event of ENDS_OF_WAITING) process.stdout.on(event, goOn);
  });
}

/** Standard output. A reader that leaves early, such as `head`, is no error. */
class StandardOutput implements Output {
  isClosed = false;
  private readonly buffer = new Utf8Buffer((bytes) => this.send(bytes), false);
  private failure: Error | null = null;

  constructor() {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      this.isClosed = true;
      if (error.code !== 'EPIPE') this.failure ??= error;
    });
  }

  write(chunk: string | Uint8Array): void {
    if (typeof chunk === 'string') {
      this.buffer.write(chunk);
      return;
    }
    this.buffer.flush();
    this.send(new Uint8Array(chunk));
  }

  async drain(): Promise<void> {
    if (!this.isClosed) await standardOutputDrained();
  }

  async commit(): Promise<void> {
    this.buffer.flush();
    // The callback of an empty write comes after all that was written before it, or after its error.
    await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
    if (this.failure !== null) throw new OutputError(`standard output: ${describeFileError(this.failure)}`);
  }

  discard(): void {
    this.buffer.discard();
  }

  private send(bytes: Uint8Array): void {
    if (this.isClosed) return;
    if (process.stdout.isTTY) endDrawing();
    process.stdout.write(bytes);
  }
}

/**
 * A file that is there whole or not at all: written beside its place under another name, and renamed at the end. What is no
 * plain file (a device, a named pipe) is written directly.
 */
class FileOutput implements Output {
  readonly isClosed = false;
  /** As the user calls it. */
  readonly name: string;
  private readonly target: string;
  private readonly temporary: string | null;
  private readonly descriptor: number;
  private readonly buffer = new Utf8Buffer((bytes) => this.writeBytes(bytes), true);

  constructor(target: string) {
    this.name = target;
    this.target = target;
    try {
      const existing = statSync(target, { throwIfNoEntry: false });
      if (existing?.isDirectory()) throw new OutputError(`${target}: is a folder`);
      if (existing !== undefined && !existing.isFile()) {
        this.temporary = null;
        this.descriptor = openSync(target, 'w');
        return;
      }
      // A symbolic link stays one: the file that it leads to is replaced.
      if (existing !== undefined) this.target = realpathSync(target);
      const beside = `.${path.basename(this.target)}.${process.pid}-${Date.now().toString(36)}.tmp`;
      this.temporary = path.join(path.dirname(this.target), beside);
      this.descriptor = openSync(this.temporary, 'wx');
      unfinished.add(this);
      if (existing !== undefined) fchmodSync(this.descriptor, existing.mode);
    } catch (error) {
      throw this.failureOf(error);
    }
  }

  write(chunk: string | Uint8Array): void {
    if (typeof chunk === 'string') {
      this.buffer.write(chunk);
      return;
    }
    this.buffer.flush();
    this.writeBytes(chunk);
  }

  async drain(): Promise<void> {}

  async commit(): Promise<void> {
    this.buffer.flush();
    try {
      closeSync(this.descriptor);
      if (this.temporary !== null) renameSync(this.temporary, this.target);
      unfinished.delete(this);
    } catch (error) {
      throw this.failureOf(error);
    }
  }

  discard(): void {
    if (!unfinished.delete(this) || this.temporary === null) return;
    unlinkSync(this.temporary);
  }

  private writeBytes(bytes: Uint8Array): void {
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.descriptor, bytes, written);
    } catch (error) {
      throw this.failureOf(error);
    }
  }

  private failureOf(error: unknown): OutputError {
    return error instanceof OutputError ? error : new OutputError(`${this.target}: ${describeFileError(error)}`);
  }
}

const unfinished = new Set<FileOutput>();

/** Signals that end a run, with the number that shells add to 128. */
const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/**
 * From now on an interruption leaves existing files as they were, and nothing half written. `tell` is called with the files that
 * were to be written, before the process ends with the number that shells expect.
 */
export function guardOutputs(tell: (targets: readonly string[]) => void): void {
  for (const [signal, number] of Object.entries(SIGNALS))
    process.on(signal, () => {
      tell(discardOutputs());
      process.exit(128 + number);
    });
}

/** Removes what was begun and is not committed; existing files stay as they were. Returns the files that were to be written. */
export function discardOutputs(): string[] {
  const outputs = [...unfinished];
  for (const output of outputs) {
    try {
      output.discard();
    } catch {
      // Whoever removed it before has done the same.
    }
  }
  return outputs.map(({ name }) => name);
}
