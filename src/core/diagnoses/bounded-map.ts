/** A map that forgets what was used longest ago, so that observers stay small over any number of peers. */
export class BoundedMap<Value> {
  private readonly entries = new Map<string, Value>();
  private readonly size: number;
  private readonly create: (key: string) => Value;

  constructor(size: number, create: (key: string) => Value) {
    this.size = size;
    this.create = create;
  }

  /** The key's value, new if it is not known (any more). */
  of(key: string): Value {
    const known = this.entries.get(key);
    if (known !== undefined) {
      // Only where something may be forgotten soon does it matter what was used last.
      if (this.entries.size * 2 > this.size) {
        this.entries.delete(key);
        this.entries.set(key, known);
      }
      return known;
    }
    if (this.entries.size >= this.size) this.entries.delete(this.entries.keys().next().value!);
    const created = this.create(key);
    this.entries.set(key, created);
    return created;
  }

  values(): IterableIterator<Value> {
    return this.entries.values();
  }
}
