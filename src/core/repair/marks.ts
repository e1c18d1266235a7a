import { SPACE } from '../bytes/ascii.ts';
import type { PasteLine } from './paste-line.ts';
import type { Undo } from './undo.ts';

/** Characters of ASCII of which a text that shows a damage has at least one. */
export interface DamageMarks {
  /** Anywhere in it. */
  readonly anywhere?: string;
  /** Before all else in a line; blanks before it do not count, unless they are what is looked for. */
  readonly first?: string;
}

/** From here on bytes are no ASCII. */
const HIGH = 0x80;

/** The bytes that some lines hold and begin with, so that they are not searched for damage of which they have no mark. */
export class MarksOf {
  private readonly held = new Uint8Array(256);
  private readonly first = new Uint8Array(256);
  /** Whether a line begins with a character beyond ASCII, which may be a blank or a mark as well. */
  private beginsHigh = false;

  constructor(lines: readonly PasteLine[]) {
    for (const { bytes, start, end } of lines) {
      let isBefore = true;
      for (let i = start; i < end; i++) {
        const byte = bytes[i]!;
        this.held[byte] = 1;
        if (!isBefore) continue;
        this.first[byte] = 1;
        isBefore = byte <= SPACE;
        if (byte >= HIGH) this.beginsHigh = true;
      }
    }
  }

  /** Whether the lines may show the damage, as far as its marks tell. */
  mayShow({ marks }: Undo): boolean {
    if (marks === undefined) return true;
    const { anywhere = '', first = '' } = marks;
    return hasOne(this.held, anywhere) || (first !== '' && this.beginsHigh) || hasOne(this.first, first);
  }
}

function hasOne(bytes: Uint8Array, characters: string): boolean {
  for (let i = 0; i < characters.length; i++) if (bytes[characters.charCodeAt(i)] === 1) return true;
  return false;
}
