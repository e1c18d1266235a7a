import { type FileHandle, open } from 'node:fs/promises';
import { compressionOf } from '../core/bytes/compression.ts';
import type { InputPath } from './inputs.ts';

/** Bytes of text by which a file is known again. */
export const HEAD_BYTES = 4_096;
/** Bytes of a compressed file that hold at least as much text. */
const COMPRESSED_BYTES = 64 * 1024;

/** What a file is known by. */
export interface FileHead {
  /** Device and inode, which a rename leaves alone. */
  readonly inode: string;
  readonly sizeBytes: number;
  readonly isCompressed: boolean;
  /** The text's first bytes, which compressing leaves alone. */
  readonly bytes: Uint8Array;
}

/** Reads what a file is known by; null if it is none that can be read again. */
export async function readFileHead({
  path,
  pathBytes,
}: Pick<InputPath, 'path' | 'pathBytes'>): Promise<FileHead | null> {
  let file: FileHandle;
  try {
    file = await open(pathBytes === undefined ? path : Buffer.from(pathBytes));
  } catch {
    return null;
  }
  try {
    const entry = await file.stat();
    if (!entry.isFile()) return null;
    const { buffer, bytesRead } = await file.read(new Uint8Array(COMPRESSED_BYTES), 0, COMPRESSED_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    const compression = compressionOf(head);
    if (compression !== null && compression !== 'gzip') return null;
    const bytes = compression === null ? head : inflateHead(head);
    return {
      inode: `${entry.dev}:${entry.ino}`,
      sizeBytes: entry.size,
      isCompressed: compression !== null,
      bytes: bytes.subarray(0, HEAD_BYTES),
    };
  } catch {
    // Why it cannot be read is told when it is.
    return null;
  } finally {
    await file.close();
  }
}

/** What the beginning of a gzip file holds. */
export function inflateHead(head: Uint8Array): Uint8Array {
  // Most files are not compressed, and loading takes its time.
  const { constants, gunzipSync } = process.getBuiltinModule('node:zlib');
  // The file goes on behind its head, which is no error.
  return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
}

/** SHA-256 of the first `count` bytes, in hexadecimal. */
export function hashHead(bytes: Uint8Array, count: number): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(bytes.subarray(0, count)).digest('hex');
}
