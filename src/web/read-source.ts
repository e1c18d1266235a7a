import { compressionOf } from '../core/bytes/compression.ts';
import type { Source } from './data/messages.ts';
import { decompress } from './decompress.ts';

const CHUNK_BYTES = 1024 * 1024;
/** Bytes in which a compression shows itself. */
const MAGIC_BYTES = 4;

/** Takes a source's bytes, uncompressed. */
export interface SourceTaker {
  open(source: { readonly path: string; readonly sizeBytes: number | null; readonly compression: string | null }): void;
  /** Returns false when no more are wanted. The chunk may be reused afterwards. */
  push(chunk: Uint8Array): boolean;
  close(error: string | null): unknown;
}

/** Reads one source to its end, or as far as it can be read; what is the matter is told when it is closed. */
export async function readSource(
  { name, blob }: Source,
  taker: SourceTaker,
  onRead: (bytes: number) => void = () => undefined,
): Promise<void> {
  let offset = 0;
  const next = async () => {
    if (offset >= blob.size) return null;
    const chunk = new Uint8Array(await blob.slice(offset, offset + CHUNK_BYTES).arrayBuffer());
    offset += chunk.length;
    onRead(chunk.length);
    return chunk;
  };
  const compression = compressionOf(new Uint8Array(await blob.slice(0, MAGIC_BYTES).arrayBuffer()));
  taker.open({ path: name, sizeBytes: compression === null ? blob.size : null, compression });
  let error: string | null = null;
  try {
    if (compression === null) await pushAll(next, taker);
    else
      error = await decompress(compression, (await next())!, next, (chunk) => {
        taker.push(chunk);
      });
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
    error = `the file could not be read: ${thrown.message}`;
  }
  taker.close(error);
}

async function pushAll(next: () => Promise<Uint8Array | null>, taker: SourceTaker): Promise<void> {
  for (let chunk = await next(); chunk !== null; chunk = await next()) if (!taker.push(chunk)) return;
}
