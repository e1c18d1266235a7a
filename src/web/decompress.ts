import type { Compression } from '../core/bytes/compression.ts';

/**
 * Pushes what the compressed chunks hold, as long as `next` gives more. Everything that can be undone is pushed, also of an
 * input that was cut or spoiled; the error returned then says what is the matter.
 */
export async function decompress(
  compression: Compression,
  head: Uint8Array,
  next: () => Promise<Uint8Array | null>,
  push: (chunk: Uint8Array) => void,
): Promise<string | null> {
  if (compression !== 'gzip') return `${compression} is not undone in a browser; use the command: ftplens FILE`;
  const stream = new DecompressionStream('gzip');
  const writing = writeAll(stream.writable, head, next);
  const reader = stream.readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  let pushedBytes = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      pushedBytes += step.value.length;
      push(step.value);
    }
    await writing;
    return null;
  } catch (error) {
    await writing.catch(() => undefined);
    if (!(error instanceof TypeError)) throw error;
    return `the gzip file is damaged, ends too early or has a second part after ${pushedBytes} bytes of its contents`;
  }
}

async function writeAll(
  writable: WritableStream,
  head: Uint8Array,
  next: () => Promise<Uint8Array | null>,
): Promise<void> {
  const writer = writable.getWriter();
  try {
    for (let chunk: Uint8Array | null = head; chunk !== null; chunk = await next()) await writer.write(chunk);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
}
