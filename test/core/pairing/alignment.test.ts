import { describe, expect, it } from 'vitest';
import { align } from '../../../src/core/pairing/alignment.ts';
import { compareClocks } from '../../../src/core/pairing/clocks.ts';
import type { Fingerprint, Steps } from '../../../src/core/pairing/fingerprint.ts';

/** A dialogue from words `VERB argument code`; `-` for no code. Times in milliseconds, answered 100 ms later. */
function steps(words: readonly string[], times: readonly number[] = []): Steps {
  const parts = words.map((word) => word.split(' '));
  const hash = (text = '') => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 0);
  return {
    count: words.length,
    verbs: Int32Array.from(parts, ([verb]) => hash(verb)),
    args: Int32Array.from(parts, ([, argument]) => hash(argument)),
    codes: Int32Array.from(parts, ([, , code]) => Number(code ?? 0) || 0),
    sentMs: Float64Array.from(words, (_, i) => times[i] ?? Number.NaN),
    answeredMs: Float64Array.from(words, (_, i) => (times[i] ?? Number.NaN) + 100),
  };
}

describe('alignment', () => {
  it('passes over what one side has alone', () => {
    const client = steps(['USER a 331', 'PASS . 230', 'RETR x 226']);
    const server = steps(['USER a 331', 'PASS . 230', 'SITE y 502', 'RETR x 226', 'QUIT . 221']);
    expect(align(client, server)).toEqual({ client: [0, 1, 2], server: [0, 1, 3] });
  });

  it('matches a command whose argument or reply differs', () => {
    const client = steps(['SIZE file.txt 213', 'RETR file.txt -']);
    const server = steps(['SIZE other.bin 213', 'RETR other.bin 426']);
    expect(align(client, server)).toEqual({ client: [0, 1], server: [0, 1] });
  });

  it('prefers what agrees more over what comes first', () => {
    const client = steps(['RETR b 226']);
    const server = steps(['RETR a 226', 'RETR b 226', 'RETR c 226']);
    expect(align(client, server)).toEqual({ client: [0], server: [1] });
  });

  it('finds where one record begins in the middle of the other', () => {
    const long = Array.from({ length: 3000 }, (_, n) => `RETR file${n} 226`);
    const part = long.slice(2000, 2040);
    const place = Array.from(part, (_, n) => 2000 + n);
    expect(align(steps(part), steps(long)).server).toEqual(place);
    expect(align(steps(long), steps(part)).client).toEqual(place);
  });

  it('takes time with the length, not with its square', () => {
    const long = Array.from({ length: 20_000 }, (_, n) => `RETR file${n} 226`);
    const gappy = long.filter((_, n) => n % 7 !== 0);
    expect(align(steps(gappy), steps(long)).client).toHaveLength(gappy.length);
  });
});

describe('clocks', () => {
  const words = ['USER a 331', 'PASS . 230', 'RETR x 226'];
  const print = (times: readonly number[], resolutionMs: number, dated = true) =>
    ({ steps: steps(words, times), resolutionMs, dated }) as unknown as Fingerprint;
  const all = { client: [0, 1, 2], server: [0, 1, 2] };

  it('narrow the offset down with every exchange', () => {
    const client = print([10_000, 12_500, 20_000], 1);
    const server = print([70_020, 72_530, 80_040], 1);
    expect(compareClocks(client, server, all)).toMatchObject({ daysUnknown: false, pauses: 2 });
    const { ms, plusMinusMs } = compareClocks(client, server, all) as { ms: number; plusMinusMs: number };
    expect(Math.abs(ms - 60_030)).toBeLessThanOrEqual(plusMinusMs + 1);
    expect(plusMinusMs).toBeLessThanOrEqual(100);
  });

  it('contradict each other where no offset fits all exchanges', () => {
    expect(compareClocks(print([10_000, 12_500, 20_000], 1), print([70_020, 82_530, 80_040], 1), all)).toBe(
      'contradictory',
    );
  });

  it('say nothing without times', () => {
    expect(compareClocks(print([], 1), print([70_020, 72_530, 80_040], 1), all)).toBeNull();
  });

  it('leave whole days open where one side prints none', () => {
    const day = 86_400_000;
    const compared = compareClocks(
      print([10_000, 12_500, 20_000], 1, false),
      print([500 * day + 10_000, 500 * day + 12_500, 500 * day + 20_000], 1),
      all,
    );
    expect(compared).toMatchObject({ daysUnknown: true });
    expect(Math.abs((compared as { ms: number }).ms)).toBeLessThan(200);
  });
});
