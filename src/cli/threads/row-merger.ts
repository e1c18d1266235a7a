import type { RowBlock } from './protocol.ts';

/** The rows of one shard that came and are not written yet. */
interface Stream {
  readonly blocks: RowBlock[];
  /** The next row of the first block. */
  next: number;
  isDone: boolean;
}

/** Puts the rows of an input's shards into the order in which one reader would give them. */
export class RowMerger {
  private readonly streams: readonly Stream[];
  private readonly write: (text: string) => void;
  private readonly written: (shard: number) => void;

  /** `written`: told each time that the first block of a shard went out. */
  constructor(shards: number, write: (text: string) => void, written: (shard: number) => void) {
    this.streams = Array.from({ length: shards }, () => ({ blocks: [], next: 0, isDone: false }));
    this.write = write;
    this.written = written;
  }

  add(shard: number, block: RowBlock): void {
    this.streams[shard]!.blocks.push(block);
  }

  end(shard: number): void {
    this.streams[shard]!.isDone = true;
  }

  /** Writes what no row still to come can stand before. Returns whether everything was written. */
  drain(): boolean {
    for (;;) {
      let first = -1;
      for (let i = 0; i < this.streams.length; i++) {
        const { blocks, isDone } = this.streams[i]!;
        if (blocks.length === 0 && !isDone) return false;
        if (blocks.length > 0 && (first < 0 || this.isBefore(i, first))) first = i;
      }
      if (first < 0) return true;
      this.writeRow(first);
    }
  }

  private isBefore(a: number, b: number): boolean {
    const { blocks: left, next: i } = this.streams[a]!;
    const { blocks: right, next: j } = this.streams[b]!;
    const difference = left[0]!.overLines[i]! - right[0]!.overLines[j]!;
    // Sessions that were open at the end of the text were over at no line: endless less endless is NaN.
    if (difference !== 0 && !Number.isNaN(difference)) return difference < 0;
    return left[0]!.firstLines[i]! < right[0]!.firstLines[j]!;
  }

  private writeRow(shard: number): void {
    const stream = this.streams[shard]!;
    const { text, ends } = stream.blocks[0]!;
    this.write(text.slice(stream.next === 0 ? 0 : ends[stream.next - 1]!, ends[stream.next]!));
    if (++stream.next < ends.length) return;
    stream.blocks.shift();
    stream.next = 0;
    this.written(shard);
  }
}
