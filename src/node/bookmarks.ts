import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { DateOrder, FormatId } from '../core/report.ts';
import { type FileHead, HEAD_BYTES, hashHead, readFileHead } from './file-head.ts';
import { type InputPath, STDIN } from './inputs.ts';
import { openOutput } from './output.ts';

const SCHEMA = 'ftplens.state/1';
/** Files that were not seen for so long are forgotten. */
const FORGOTTEN_AFTER_MS = 90 * 86_400_000;
/** Heads shorter than this are alike too often to know a file by them alone. */
const TELLING_BYTES = 512;
/** Files beside an input that are looked at for the one that it was before a rotation. */
const SIBLINGS = 200;

/** A session that was not over where a run ended. */
export interface HeldSession {
  readonly firstLine: number;
  readonly lastLine: number;
}

/** How far a file was read. */
export interface Bookmark {
  readonly path: string;
  readonly inode: string;
  readonly headBytes: number;
  readonly headHash: string;
  /** Bytes of text and lines that were read. */
  readonly readBytes: number;
  readonly readLines: number;
  /** Where to go on: the start of a line, and its number. Sessions that are not over begin behind it. */
  readonly offset: number;
  readonly line: number;
  /** What the text was read as; null if all of it has to be looked at again to be read. */
  readonly format: FormatId | null;
  readonly order: DateOrder | null;
  readonly held: readonly HeldSession[];
  readonly seenAt: string;
}

/** An input with how far it was read before. */
export interface PlacedInput {
  readonly input: InputPath;
  /** null for standard input and the like, which cannot be known again. */
  readonly head: FileHead | null;
  readonly mark: Bookmark | null;
  /** Whether nothing will be added: it was rotated away or compressed. */
  readonly isComplete: boolean;
}

/** What a file with bookmarks should have held, but does not. */
export class BookmarksError extends Error {
  override readonly name = 'BookmarksError';
}

/** Remembers from one run to the next how far each file was read, whatever it is called by then. */
export class Bookmarks {
  private readonly file: string;
  private readonly now: Date;
  private readonly marks: readonly Bookmark[];
  private readonly kept = new Map<string, Bookmark>();
  private isAbandoned = false;

  /** Reads the bookmarks of an earlier run; there are none where there is no file. */
  constructor(file: string, now: Date) {
    this.file = file;
    this.now = now;
    this.marks = loadMarks(file);
  }

  /**
   * The inputs with their places, without those that have nothing new and those that are missing. Files that inputs were
   * before a rotation come before them.
   */
  async place(inputs: readonly InputPath[]): Promise<PlacedInput[]> {
    const found: PlacedInput[] = [];
    for (const input of inputs) {
      const head = input.path === STDIN ? null : await readFileHead(input);
      const mark = head === null ? null : this.find(head);
      const isComplete = head?.isCompressed === true || (mark !== null && mark.path !== resolved(input));
      found.push({ input, head, mark, isComplete });
    }
    const renamed = await this.findRenamed(found);
    return [...renamed, ...found].filter((placed) => this.hasNews(placed));
  }

  /** Keeps how far a file was read now. */
  keep(placed: PlacedInput, reached: Omit<Bookmark, 'path' | 'inode' | 'headBytes' | 'headHash' | 'seenAt'>): void {
    const { head, input } = placed;
    if (head === null || head.bytes.length === 0) return;
    const headBytes = Math.min(head.bytes.length, HEAD_BYTES);
    const headHash = hashHead(head.bytes, headBytes);
    const seenAt = this.now.toISOString();
    this.kept.set(head.inode, { path: resolved(input), inode: head.inode, headBytes, headHash, ...reached, seenAt });
  }

  /** Has the next run read the same again, because nobody took what this one read. */
  abandon(): void {
    this.isAbandoned = true;
  }

  /** Writes the bookmarks, whole or not at all. */
  async save(): Promise<void> {
    if (this.isAbandoned) return;
    const oldest = new Date(this.now.getTime() - FORGOTTEN_AFTER_MS).toISOString();
    const known = new Set([...this.kept.values()].map(({ headHash }) => headHash));
    const others = this.marks.filter(
      ({ inode, headHash, seenAt }) => !this.kept.has(inode) && !known.has(headHash) && seenAt > oldest,
    );
    const output = openOutput(this.file);
    output.write(`${JSON.stringify({ schema: SCHEMA, files: [...others, ...this.kept.values()] }, null, 1)}\n`);
    await output.commit();
  }

  /** The bookmark of a file: by inode and head, or by its head alone where it was copied or compressed. */
  private find(head: FileHead): Bookmark | null {
    const alike = this.marks.filter(
      (mark) =>
        mark.headBytes <= head.bytes.length &&
        hashHead(head.bytes, mark.headBytes) === mark.headHash &&
        // A file that is shorter than what was read of it began anew.
        (head.isCompressed || head.sizeBytes >= mark.readBytes),
    );
    const same = alike.find((mark) => mark.inode === head.inode);
    if (same !== undefined) return same;
    const telling = head.isCompressed ? HEAD_BYTES : TELLING_BYTES;
    return alike.find((mark) => mark.headBytes >= telling) ?? null;
  }

  private hasNews({ input, head, mark }: PlacedInput): boolean {
    // No log was written that night.
    if (head === null) return input.path === STDIN || input.error === null || !isMissing(input);
    if (mark === null) return true;
    const isOver = head.isCompressed ? false : head.sizeBytes === mark.readBytes;
    if (!isOver || mark.held.length > 0) return true;
    this.kept.set(mark.inode, { ...mark, path: resolved(input), seenAt: this.now.toISOString() });
    return false;
  }

  /** Finds where the files went that have now another file in their place. */
  private async findRenamed(found: readonly PlacedInput[]): Promise<PlacedInput[]> {
    const placed = new Set(found.map(({ mark }) => mark));
    const taken = new Set(found.map(({ input }) => resolved(input)));
    const lost = this.marks.filter((mark) => !placed.has(mark) && taken.has(mark.path));
    const renamed: PlacedInput[] = [];
    for (const mark of lost) {
      const folder = path.dirname(mark.path);
      const stem = path.parse(mark.path).name;
      const names = (await readdir(folder)).filter((name) => name.startsWith(stem)).slice(0, SIBLINGS);
      for (const sibling of names.map((name) => path.join(folder, name))) {
        if (taken.has(sibling)) continue;
        const head = await readFileHead({ path: sibling });
        if (head === null || this.find(head) !== mark) continue;
        renamed.push({ input: { path: sibling, named: true, error: null }, head, mark, isComplete: true });
        taken.add(sibling);
        break;
      }
    }
    return renamed;
  }
}

function resolved({ path: name }: InputPath): string {
  return path.resolve(name);
}

/** Whether an input is not there at all. */
export function isMissing({ error }: InputPath): boolean {
  return error === 'no such file or folder';
}

function loadMarks(file: string): readonly Bookmark[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  try {
    const { schema, files } = JSON.parse(text);
    if (schema === SCHEMA && Array.isArray(files)) return files;
  } catch {
    // Said below.
  }
  throw new BookmarksError(`${file} holds no state of ftplens; remove it to read everything again`);
}
