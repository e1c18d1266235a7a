import type { Readable } from 'node:stream';
import type { Entry, ZipFile } from 'yauzl';
import { limits } from '../core/limits.ts';

/** A file in a zip archive. */
export interface ZipMember {
  readonly archive: string;
  readonly entry: Entry;
}

const MAGIC = [0x50, 0x4b, 0x03, 0x04];

/** Whether the first bytes of a file are those of a zip archive that holds something (APPNOTE.TXT section 4.3.7). */
export function isZip(head: Uint8Array): boolean {
  return MAGIC.every((byte, i) => head[i] === byte);
}

/** The files in an archive, in its own order. Throws where the archive is damaged or lists too many. */
export async function listMembers(archive: string): Promise<ZipMember[]> {
  const zip = await openArchive(archive);
  const members: ZipMember[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      if (members.length >= limits.archiveMembers) throw new Error(`it lists more than ${limits.archiveMembers} files`);
      members.push({ archive, entry });
    }
  } finally {
    zip.close();
  }
  return members;
}

/** What a member holds, uncompressed. The archive is closed with the stream. Throws where it cannot be read. */
export async function openMember({ archive, entry }: ZipMember): Promise<Readable> {
  if (entry.isEncrypted()) throw new Error('is encrypted');
  const zip = await openArchive(archive);
  try {
    const stream = await zip.openReadStreamPromise(entry);
    return stream.once('close', () => zip.close());
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function openArchive(archive: string): Promise<ZipFile> {
  const { default: yauzl } = await import('yauzl');
  return yauzl.openPromise(archive, { lazyEntries: true, autoClose: false });
}
