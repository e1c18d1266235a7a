/** Replacements in one text that do not overlap: whoever claims a place first has it. */
export class Claims {
  readonly text: string;
  private readonly claimed: { readonly start: number; readonly end: number; readonly by: string }[] = [];
  private readonly mask: Uint8Array;

  constructor(text: string) {
    this.text = text;
    this.mask = new Uint8Array(text.length);
  }

  /** Replaces `text[start, end)`, unless any of it is claimed. Claiming with the same text protects a place. */
  claim(start: number, end: number, by: string): boolean {
    if (end <= start || this.mask.subarray(start, end).indexOf(1) >= 0) return false;
    this.mask.fill(1, start, end);
    this.claimed.push({ start, end, by });
    return true;
  }

  /** The text with every claim in its place. */
  apply(): string {
    if (this.claimed.length === 0) return this.text;
    this.claimed.sort((a, b) => a.start - b.start);
    let result = '';
    let at = 0;
    for (const { start, end, by } of this.claimed) {
      result += this.text.substring(at, start) + by;
      at = end;
    }
    return result + this.text.substring(at);
  }
}
