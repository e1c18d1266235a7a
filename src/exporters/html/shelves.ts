/** Keeps the most important of many items within a bound on their size. Among equals the earlier ones stay. */
export class Shelves<Item> {
  private readonly room: number;
  private readonly sizeOf: (item: Item) => number;
  /** Items by rank; the lowest is the most important. */
  private readonly shelves: Item[][];
  private filled = 0;
  /** There was no room for something of this rank, so that none is looked for any more for what is no more important. */
  private full: number;
  /** Items that were offered and are not kept. */
  leftOut = 0;

  constructor(ranks: number, room: number, sizeOf: (item: Item) => number) {
    this.room = room;
    this.sizeOf = sizeOf;
    this.full = ranks;
    this.shelves = Array.from({ length: ranks }, () => []);
  }

  /** Offers an item of this rank, which is only made when there may be room for it. */
  offer(rank: number, make: () => Item): void {
    if (rank >= this.full) {
      this.leftOut++;
      return;
    }
    const item = make();
    this.shelves[rank]!.push(item);
    this.filled += this.sizeOf(item);
    while (this.filled > this.room) this.drop();
  }

  /** What is kept. */
  items(): Item[] {
    return this.shelves.flat();
  }

  private drop(): void {
    for (let rank = this.shelves.length - 1; rank >= 0; rank--) {
      const item = this.shelves[rank]!.pop();
      if (item === undefined) continue;
      this.filled -= this.sizeOf(item);
      this.leftOut++;
      this.full = rank;
      return;
    }
  }
}
