import type { KeyedHash } from './pseudonyms.ts';

const REMEMBERED_MAX = 20_000;

/** Exchanges octets one for one, differently behind every prefix: networks within networks stay such. */
export class OctetShuffle {
  private readonly hash: KeyedHash;
  private readonly shuffles = new Map<string, Uint8Array>();

  constructor(hash: KeyedHash) {
    this.hash = hash;
  }

  /** What stands for an octet of `first` to `first + size - 1` behind `prefix`. */
  at(prefix: string, octet: number, first: number, size: number): number {
    let shuffle = this.shuffles.get(prefix);
    if (shuffle === undefined) {
      if (this.shuffles.size >= REMEMBERED_MAX) this.shuffles.clear();
      shuffle = this.shuffle(prefix, size);
      this.shuffles.set(prefix, shuffle);
    }
    return first + shuffle[octet - first]!;
  }

  private shuffle(prefix: string, size: number): Uint8Array {
    const order = Uint8Array.from({ length: size }, (_, i) => i);
    let digest = this.hash(`shuffle ${prefix}`);
    for (let i = size - 1, used = 0; i > 0; i--, used += 2) {
      if (used + 2 > digest.length) {
        digest = this.hash(`shuffle ${prefix} ${i}`);
        used = 0;
      }
      const other = (digest[used]! * 256 + digest[used + 1]!) % (i + 1);
      [order[i], order[other]] = [order[other]!, order[i]!];
    }
    return order;
  }
}
