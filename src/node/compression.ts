import { once } from 'node:events';
import { Transform } from 'node:stream';
import type { Compression } from '../core/bytes/compression.ts';
import { describeFileError } from './inputs.ts';

/**
 * Pushes what the compressed chunks hold, as long as `next` gives more. Everything that can be undone is pushed, also of an
 * input that was cut or spoiled; the error returned then names the offset.
 */
export async function decompress(
  compression: Compression,
  head: Uint8Array,
  next: () => Promise<Uint8Array | null>,
  push: (chunk: Uint8Array) => void,
): Promise<string | null> {
  const stream = await createDecompressor(compression);
  // After an error the callback of the write at hand is not called.
  const closed = once(stream, 'close').catch(() => undefined);
  let readBytes = 0;
  let failure: Error | null = null;
  let thrown: unknown = null;
  stream.on('data', (chunk: Uint8Array) => {
    try {
      if (thrown === null) push(chunk);
    } catch (error) {
      // Thrown from here it would end the process instead of the run.
      thrown = error;
    }
  });
  stream.on('error', (error) => {
    failure = error;
  });
  for (let chunk: Uint8Array | null = head; chunk !== null && failure === null; chunk = await next()) {
    const compressed = chunk;
    readBytes += compressed.length;
    // The stream keeps the chunk until it is done with it, and the reader reuses it afterwards.
    await Promise.race([new Promise<void>((resolve) => stream.write(compressed, () => resolve())), closed]);
    if (thrown !== null) throw thrown;
  }
  // Ended only now: with the last chunk at hand an error would swallow what that chunk still holds.
  stream.end();
  await closed;
  if (thrown !== null) throw thrown;
  return failure === null ? null : describeFailure(compression, failure, readBytes);
}

async function createDecompressor(compression: Compression): Promise<Transform> {
  const zlib = await import('node:zlib');
  if (compression === 'gzip') return zlib.createGunzip({ chunkSize: 256 * 1024 });
  const { createZstdDecompress } = zlib as unknown as { createZstdDecompress?: () => Transform };
  return createZstdDecompress?.() ?? createPlainZstd();
}

/** Node has zstd of its own from 22.15 on. */
async function createPlainZstd(): Promise<Transform> {
  const { Decompress } = await import('fzstd');
  const stream = new Transform({
    transform(chunk: Uint8Array, _, done) {
      attempt(() => inner.push(new Uint8Array(chunk)), done);
    },
    flush(done) {
      attempt(() => inner.push(new Uint8Array(0), true), done);
    },
  });
  const inner = new Decompress((chunk) => stream.push(chunk));
  return stream;
}

function attempt(work: () => void, done: (error?: Error) => void): void {
  try {
    work();
  } catch (error) {
    done(error as Error);
    return;
  }
  done();
}

function describeFailure(compression: Compression, error: Error, readBytes: number): string {
  const { code } = error as NodeJS.ErrnoException;
  const where = `at byte ${readBytes} of the compressed file`;
  if (code === 'Z_BUF_ERROR') return `the ${compression} file ends too early, ${where}`;
  return `the ${compression} file is damaged before or ${where}: ${describeFileError(error)}`;
}
