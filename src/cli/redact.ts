import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Analysis, type Sink } from '../core/analysis.ts';
import { createTranscoder, type Transcoder } from '../core/bytes/encoding.ts';
import { counted } from '../core/diagnoses/wording.ts';
import type { KeyedHash } from '../core/redact/pseudonyms.ts';
import { Redactor, type TranscriptRedactor } from '../core/redact/redactor.ts';
import type { Input } from '../core/report.ts';
import { plainSession } from '../exporters/plain.ts';
import { type InputTaker, readInput } from '../node/input.ts';
import { describeFileError, STDIN } from '../node/inputs.ts';
import { createKeyedHash } from '../node/keyed-hash.ts';
import { discardOutputs, guardOutputs, type Output, openOutput } from '../node/output.ts';
import type { RedactOptions } from './commands/redact.ts';
import { Exit, UsageError } from './failures.ts';
import { say } from './messages.ts';
import { interruptionInWords, ProgressBar } from './progress.ts';

/** Writes a redacted copy of a transcript. Returns the exit code. */
export async function redact(file: string | undefined, options: RedactOptions): Promise<number> {
  if (file === undefined && process.stdin.isTTY) throw new UsageError('no input: name a file, or pipe a transcript in');
  const hash = keyedHashOf(options.key);
  const bar = new ProgressBar(false);
  guardOutputs((targets) => {
    bar.end();
    say(interruptionInWords(bar.progress, targets));
  });
  const folder = file === undefined || file === STDIN ? mkdtempSync(path.join(tmpdir(), 'ftplens-')) : null;
  // An interruption ends the process without any other clean-up.
  if (folder !== null) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  try {
    // The input is read twice, which a pipe cannot be.
    const readable = folder === null ? file! : await spool(folder);
    return await rewrite(
      readable,
      file ?? STDIN,
      new Redactor({ hash, keep: options.keep ?? [], isKeyed: options.key !== undefined }),
      options,
      bar,
    );
  } catch (error) {
    discardOutputs();
    throw error;
  } finally {
    bar.end();
  }
}

/** The hash by a key file's bytes or by random ones. */
function keyedHashOf(keyFile: string | undefined): KeyedHash {
  try {
    return createKeyedHash(keyFile ?? null);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw new UsageError(`${keyFile}: ${describeFileError(error)}`);
  }
}

async function spool(folder: string): Promise<string> {
  const copy = path.join(folder, 'stdin');
  await pipeline(process.stdin, createWriteStream(copy, { mode: 0o600 }));
  return copy;
}

async function rewrite(
  file: string,
  name: string,
  redactor: Redactor,
  options: RedactOptions,
  bar: ProgressBar,
): Promise<number> {
  // It is read twice: for what it names, and to be copied.
  bar.progress.totalBytes = 2 * (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  const learned = await learn(file, redactor, options, bar);
  if (learned.error !== null) {
    say(`${name}: ${learned.error}`);
    return Exit.Input;
  }
  const output = openOutput(options.output);
  const copy = new Copying(redactor, learned, options.encoding ?? learned.encoding, output);
  const copied = await readInput({ path: file, named: true, error: null }, copy, async (readBytes) => {
    bar.progress.bytes += readBytes;
    await output.drain();
    return !output.isClosed;
  });
  if (copied.error !== null) {
    output.discard();
    say(`${name}: ${copied.error}`);
    return Exit.Input;
  }
  await output.commit();
  if (copy.droppedBytes > 0) say(`${name}: ${counted(copy.droppedBytes, 'byte')} of overlong lines were left out`);
  return Exit.Done;
}

/** Reads the input for what it names. */
async function learn(file: string, redactor: Redactor, options: RedactOptions, bar: ProgressBar): Promise<Input> {
  const sink: Sink = {
    session: (session) => {
      bar.progress.sessions++;
      redactor.learn(plainSession(session));
    },
    end: () => undefined,
  };
  const { formatIn, encoding } = options;
  const analysis = new Analysis({ format: formatIn ?? null, encoding: encoding ?? null, filter: { only: [] } }, sink);
  return readInput({ path: file, named: true, error: null, last: true }, analysis, async (readBytes) => {
    bar.progress.bytes += readBytes;
    return true;
  });
}

/** Takes the input's bytes for the second time and writes the copy, as UTF-8. */
class Copying implements InputTaker {
  private readonly redactor: TranscriptRedactor;
  private readonly transcoder: Transcoder;
  private readonly learned: Input;

  constructor(redactor: Redactor, learned: Input, encoding: string, output: Output) {
    const repairs = learned.transcripts.flatMap((transcript) => transcript.repairs);
    this.redactor = redactor.begin((bytes) => output.write(bytes), repairs);
    this.transcoder = createTranscoder(encoding);
    this.learned = learned;
  }

  get droppedBytes(): number {
    return this.redactor.droppedBytes;
  }

  open(): void {}

  push(chunk: Uint8Array): boolean {
    this.redactor.push(this.transcoder.push(chunk));
    return true;
  }

  close(error: string | null = null): Input {
    this.redactor.push(this.transcoder.end());
    this.redactor.end();
    return { ...this.learned, error };
  }

  fail(_source: unknown, error: string): Input {
    return { ...this.learned, error };
  }
}
