import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { limits } from '../core/limits.ts';
import type { Shard } from '../core/sessions/session-table.ts';
import { isZip, listMembers, type ZipMember } from './zip.ts';

/** Standard input's name among paths. */
export const STDIN = '-';

/** An input to read. */
export interface InputPath {
  readonly path: string;
  /** The path as the file system has it, where it is no UTF-8. */
  readonly pathBytes?: Uint8Array;
  /** Whether it was named; those found in folders may be anything, and are skipped when they are no transcripts. */
  readonly named: boolean;
  /** Why it cannot be read; null when nothing is known against it. */
  readonly error: string | null;
  /** Which of its sessions are read; absent = all. */
  readonly shard?: Shard;
  /** No other input is read after it. */
  readonly last?: boolean;
  /** Bytes to read, endless for a pipe; absent where nobody asked. */
  readonly sizeBytes?: number;
  /** Byte of a plain file at which reading begins; what is before was read by an earlier run. */
  readonly from?: number;
  /** What is read in place of the file at `path`, where that is no file of its own: `logs.zip!server.log`. */
  readonly member?: ZipMember;
  /** The files of a rotated series, oldest first, that are read as one. */
  readonly parts?: readonly InputPath[];
}

/**
 * The inputs that arguments stand for, each once: files, folders with all that is below them, globs, zip archives with all
 * that is in them, and `-` for standard input.
 */
export async function expandInputs(args: readonly string[]): Promise<InputPath[]> {
  const inputs = new Map<string, InputPath>();
  for (const arg of args)
    for (const input of await expandArgument(arg)) {
      const identity = input.path === STDIN ? STDIN : path.resolve(input.path);
      const before = inputs.get(identity);
      if (before === undefined) inputs.set(identity, input);
      else if (input.named) inputs.set(identity, { ...before, named: true });
    }
  return [...inputs.values()];
}

/**
 * Inputs small enough to be held come first, each kind in the order given: the other side's record of their sessions is then
 * found in a large log as it passes.
 */
export async function inReadingOrder(inputs: readonly InputPath[]): Promise<InputPath[]> {
  const sized = await Promise.all(inputs.map(async (input) => ({ ...input, sizeBytes: await sizeOf(input) })));
  const isLarge = ({ sizeBytes }: { readonly sizeBytes: number }) => sizeBytes > limits.pasteBytes;
  const ordered = [...sized.filter((input) => !isLarge(input)), ...sized.filter(isLarge)];
  return ordered.map((input, i) => (i === ordered.length - 1 ? { ...input, last: true } : input));
}

/** Size of a file, endless for a pipe. */
async function sizeOf({ path: named, member, parts }: InputPath): Promise<number> {
  if (named === STDIN) return Number.POSITIVE_INFINITY;
  if (member !== undefined) return member.entry.uncompressedSize;
  if (parts !== undefined) return (await Promise.all(parts.map(sizeOf))).reduce((sum, size) => sum + size, 0);
  try {
    const entry = await stat(named);
    return entry.isFile() ? entry.size : Number.POSITIVE_INFINITY;
  } catch {
    return 0;
  }
}

async function expandArgument(arg: string): Promise<InputPath[]> {
  if (arg === STDIN) return [{ path: STDIN, named: true, error: null }];
  try {
    const entry = await stat(arg);
    if (!entry.isDirectory()) return expandFile({ path: arg }, true);
    return (await Promise.all((await listFolder(arg)).map((found) => expandFile(found, false)))).flat();
  } catch (error) {
    const matches = isGlob(arg) ? await matchGlob(arg) : [];
    if (matches.length > 0)
      return (await Promise.all(matches.map((found) => expandFile({ path: found }, true)))).flat();
    return [{ path: arg, named: true, error: describeFileError(error) }];
  }
}

/** A file, or what is in it if it is named as a zip archive and is one. */
async function expandFile(found: Found, named: boolean): Promise<InputPath[]> {
  const asFile: InputPath = { ...found, named, error: null };
  if (!/\.zip$/i.test(found.path) || !(await isArchive(found))) return [asFile];
  try {
    const members = await listMembers(found.path);
    return members.map((member) => ({
      path: `${found.path}!${member.entry.fileName}`,
      named: false,
      error: null,
      member,
    }));
  } catch (error) {
    return [{ ...asFile, error: `the zip archive cannot be read: ${describeFileError(error)}` }];
  }
}

async function isArchive({ path: named, pathBytes }: Found): Promise<boolean> {
  if (pathBytes !== undefined || !(await isFile(named))) return false;
  const file = await open(named).catch(() => null);
  if (file === null) return false;
  try {
    return isZip((await file.read(new Uint8Array(4), 0, 4, 0)).buffer);
  } finally {
    await file.close();
  }
}

type Found = Pick<InputPath, 'path' | 'pathBytes'>;

/** Files below a folder, in the order of their names; what begins with a dot is left out, as shells do. */
async function listFolder(folder: string): Promise<Found[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: Found[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name.includes(REPLACEMENT)) continue;
    const found = path.join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await listFolder(found)));
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(found)))) files.push({ path: found });
  }
  if (entries.some(({ name }) => name.includes(REPLACEMENT))) files.push(...(await listOtherNames(folder)));
  return files;
}

/** What stands in a decoded name for bytes that are no UTF-8. */
const REPLACEMENT = '\ufffd';

/** Files of a folder whose names are no UTF-8; folders of such names are not looked into. */
async function listOtherNames(folder: string): Promise<Found[]> {
  const files: Found[] = [];
  for (const name of await readdir(folder, { encoding: 'buffer' })) {
    const text = name.toString();
    if (!text.includes(REPLACEMENT) || text.startsWith('.')) continue;
    const pathBytes = Buffer.concat([Buffer.from(`${folder}${path.sep}`), name]);
    if (await isFile(pathBytes)) files.push({ path: path.join(folder, text), pathBytes });
  }
  return files;
}

async function isFile(found: string | Buffer): Promise<boolean> {
  try {
    return (await stat(found)).isFile();
  } catch {
    return false;
  }
}

function isGlob(arg: string): boolean {
  return /[*?[\]{}]/.test(arg);
}

async function matchGlob(pattern: string): Promise<string[]> {
  const { glob } = await import('tinyglobby');
  return (await glob(pattern, { expandDirectories: false })).sort();
}

/** What a file system error means, in words. */
export function describeFileError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined && WORDS[code]) || message || String(error);
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'no permission',
  EPERM: 'not permitted',
  EISDIR: 'is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the quota is used up',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many open files',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the device reports a read error',
};
