import { describe, expect, it } from 'vitest';
import { Repetition } from '../../../src/core/bytes/repetition.ts';
import { bytesOf } from '../../../src/core/bytes/text.ts';

describe('a repetition', () => {
  const stamp = bytesOf('10:00:01 ');
  const kept = () => {
    const repetition = new Repetition(2, 16);
    repetition.keep(1, stamp, 0, stamp.length);
    return repetition;
  };

  it('finds what it keeps wherever it stands, also in a view of a larger buffer', () => {
    const bytes = bytesOf('xx10:00:01 yy');
    expect(kept().lengthAt(1, bytes, 2, bytes.length)).toBe(9);
    expect(kept().lengthAt(1, bytes.subarray(1, 12), 1, 10)).toBe(9);
    expect(kept().lengthAt(0, bytes, 2, bytes.length)).toBe(0);
  });

  it('sees a difference in any byte', () => {
    const repetition = kept();
    for (let i = 0; i < stamp.length; i++) {
      const other = Uint8Array.from(stamp);
      other[i]! ^= 1;
      expect(repetition.lengthAt(1, other, 0, other.length)).toBe(0);
      expect(repetition.begins(1, 4, other, 0, other.length)).toBe(i >= 4);
    }
  });

  it('looks anew when the reader overwrites its buffer', () => {
    const repetition = kept();
    const bytes = Uint8Array.from(stamp);
    expect(repetition.lengthAt(1, bytes, 0, bytes.length)).toBe(9);
    bytes.fill(0);
    expect(repetition.lengthAt(1, bytes, 0, bytes.length)).toBe(0);
  });

  it('does not look beyond the end, and keeps nothing that is too short or too long', () => {
    const repetition = kept();
    expect(repetition.lengthAt(1, stamp, 0, stamp.length - 1)).toBe(0);
    for (const length of [3, 17]) {
      const bytes = new Uint8Array(length);
      repetition.keep(1, bytes, 0, length);
      expect(repetition.lengthAt(1, bytes, 0, length)).toBe(0);
    }
  });
});
