import { open } from 'node:fs/promises';
import { compressionOf } from '../core/bytes/compression.ts';
import { inflateHead } from './file-head.ts';
import type { InputPath } from './inputs.ts';
import { openMember } from './zip.ts';

const END_BYTES = 64 * 1024;

/** How a file begins and ends. */
export interface FileEnds {
  /** Uncompressed; empty for an empty file. */
  readonly head: Uint8Array;
  /** Null where the end cannot be read alone. */
  readonly tail: Uint8Array | null;
}

/** Reads the ends of a file or of a member of an archive; null where it cannot be read so. */
export async function readEnds(input: InputPath): Promise<FileEnds | null> {
  try {
    return input.member === undefined ? await readFileEnds(input) : await readMemberHead(input.member);
  } catch {
    // Why it cannot be read is told when it is.
    return null;
  }
}

async function readFileEnds({ path, pathBytes }: InputPath): Promise<FileEnds | null> {
  const file = await open(pathBytes === undefined ? path : Buffer.from(pathBytes));
  try {
    const entry = await file.stat();
    if (!entry.isFile()) return null;
    const read = async (at: number) => {
      const { buffer, bytesRead } = await file.read(new Uint8Array(END_BYTES), 0, END_BYTES, at);
      return buffer.subarray(0, bytesRead);
    };
    const head = await read(0);
    const compression = compressionOf(head);
    if (compression === 'zstd') return null;
    if (compression === 'gzip') return { head: inflateHead(head).subarray(0, END_BYTES), tail: null };
    return { head, tail: await read(Math.max(0, entry.size - END_BYTES)) };
  } finally {
    await file.close();
  }
}

async function readMemberHead(member: NonNullable<InputPath['member']>): Promise<FileEnds | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of await openMember(member)) {
    chunks.push(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
    if (bytes >= END_BYTES) break;
  }
  const head = new Uint8Array(Buffer.concat(chunks).subarray(0, END_BYTES));
  if (compressionOf(head) !== null) return null;
  return { head, tail: null };
}
