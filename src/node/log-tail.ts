import { type FileHandle, open, stat } from 'node:fs/promises';
import { LF } from '../core/bytes/ascii.ts';

const CHUNK_BYTES = 1024 * 1024;

/** Reads a log as it grows, also after it was rotated, cut to nothing, or made anew; all of it is one text. */
export class LogTail {
  private readonly path: string;
  private file: FileHandle | null = null;
  private inode = '';
  private offset = 0;
  private isMidLine = false;
  private readonly buffer = new Uint8Array(CHUNK_BYTES);

  constructor(path: string) {
    this.path = path;
  }

  /** Bytes that are there and not read; 0 where the log is not there. */
  async unreadBytes(): Promise<number> {
    const entry = await stat(this.path).catch(() => null);
    if (entry === null) return 0;
    const isSame = `${entry.dev}:${entry.ino}` === this.inode;
    return isSame ? Math.max(0, entry.size - this.offset) : entry.size;
  }

  /** Pushes what came since the last call, chunk by chunk; each is over when `push` returns. Throws where it cannot be read. */
  async read(push: (chunk: Uint8Array) => Promise<void>): Promise<void> {
    if (this.file !== null) await this.readOn(this.file, push);
    const entry = await stat(this.path).catch((error: NodeJS.ErrnoException) => {
      // Between a rename and the new file's first line there is none.
      if (error.code === 'ENOENT' && this.inode !== '') return null;
      throw error;
    });
    if (entry === null) return;
    if (entry.isDirectory()) throw new Error('is a folder');
    const isCut = `${entry.dev}:${entry.ino}` === this.inode && entry.size < this.offset;
    if (`${entry.dev}:${entry.ino}` === this.inode && !isCut) return;
    await this.close();
    if (this.isMidLine) await push(new Uint8Array([LF]));
    this.isMidLine = false;
    this.file = await open(this.path);
    // The file may have been replaced since it was looked at.
    const { dev, ino } = await this.file.stat();
    this.inode = `${dev}:${ino}`;
    this.offset = 0;
    await this.readOn(this.file, push);
  }

  async close(): Promise<void> {
    await this.file?.close();
    this.file = null;
  }

  private async readOn(file: FileHandle, push: (chunk: Uint8Array) => Promise<void>): Promise<void> {
    for (;;) {
      const { bytesRead } = await file.read(this.buffer, 0, CHUNK_BYTES, this.offset);
      if (bytesRead === 0) return;
      this.offset += bytesRead;
      this.isMidLine = this.buffer[bytesRead - 1] !== LF;
      await push(this.buffer.subarray(0, bytesRead));
    }
  }
}
