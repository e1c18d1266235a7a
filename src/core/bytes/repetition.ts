/**
 * Remembers stretches of bytes, to find out whether they stand in a line again: lines of a log repeat the second before, and
 * each session repeats its user and peer. Four bytes are compared at a time, which takes a third of the time that reading them
 * anew does.
 */
export class Repetition {
  private readonly slotBytes: number;
  private readonly lengths: Int32Array;
  private readonly kept: Uint8Array;
  private readonly keptView: DataView;
  private viewed: Uint8Array;
  private view: DataView;

  /** Remembers one stretch in each of `slots` slots, of at most `slotBytes` bytes. */
  constructor(slots: number, slotBytes: number) {
    this.slotBytes = slotBytes;
    this.lengths = new Int32Array(slots);
    this.kept = new Uint8Array(slots * slotBytes);
    this.viewed = this.kept;
    this.keptView = this.view = new DataView(this.kept.buffer);
  }

  /** Remembers `bytes[start, end)`; a stretch that is too short or too long empties the slot. */
  keep(slot: number, bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    const fits = length >= 4 && length <= this.slotBytes;
    this.lengths[slot] = fits ? length : 0;
    if (!fits) return;
    const base = slot * this.slotBytes;
    for (let i = 0; i < length; i++) this.kept[base + i] = bytes[start + i]!;
  }

  /** The length of the remembered stretch if all of it stands at `start`, else 0. */
  lengthAt(slot: number, bytes: Uint8Array, start: number, end: number): number {
    const length = this.lengths[slot]!;
    return length !== 0 && this.begins(slot, length, bytes, start, end) ? length : 0;
  }

  /** Whether the first `length` remembered bytes, at least four, stand at `start`. */
  begins(slot: number, length: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (length < 4 || length > this.lengths[slot]! || end - start < length) return false;
    if (bytes !== this.viewed) {
      this.viewed = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const { keptView, view } = this;
    const base = slot * this.slotBytes;
    // From the back, where a stamp has the digit that changes first.
    for (let i = length - 4; i > 0; i -= 4) if (view.getInt32(start + i) !== keptView.getInt32(base + i)) return false;
    return view.getInt32(start) === keptView.getInt32(base);
  }
}
