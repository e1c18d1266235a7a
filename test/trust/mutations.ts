/** Ways in which transcripts get damaged, and worse. Every choice comes from numbers between 0 and 1, so that it can be repeated. */
export type Draw = () => number;

/** A repeatable row of numbers between 0 and 1 (mulberry32). */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SNIPPETS = [
  '\0',
  '\r',
  '\n',
  '\r\n',
  '\x1b[2J',
  '\xff\xfe',
  '\xed\xa0\x80',
  '\xc0\xaf',
  '\xef\xbb\xbf',
  '\t',
  ' ',
  '"',
  "'",
  '<br>',
  '&gt;',
  '> ',
  '99999999999999999999',
  '-1',
  '0',
  '2147483648',
  '9007199254740993',
  '(00000000000000000001)',
  '1e309',
  '226-',
  '226 ',
  '150 x\r\n',
  '426 x\r\n',
  '227 Entering Passive Mode (300,1,2,3,999,1)',
  '229 x (|||99999|)',
  '> RETR a\r\n',
  '< 220-x\r\n',
  '12/31/2012 11:59:59 PM',
  '31.02.2012 25:61:61',
  '=> Send header, 9 bytes (0x9)\n0000: ',
  '[22/Nov/2026:05:11:21 +9999]',
  '#Fields: ',
  '{"a":"',
  '\\n',
  '%0d%0a',
  ',',
  ';',
  '\u2028',
].map((text) => Buffer.from(text, 'latin1'));

/** A damaged copy of `bytes`; `other` is spliced in at times. */
export function mutate(bytes: Uint8Array, other: Uint8Array, draw: Draw): Uint8Array {
  let result = Buffer.from(bytes.subarray(0, 200_000));
  const at = () => Math.floor(draw() * (result.length + 1));
  for (let count = 1 + Math.floor(draw() * 6); count > 0; count--) {
    const place = at();
    const length = Math.floor(draw() ** 3 * 400);
    const kind = Math.floor(draw() * 8);
    const [before, after] = [result.subarray(0, place), result.subarray(place)];
    if (kind === 0) result = Buffer.concat([before, after.subarray(length)]);
    else if (kind === 1) result = Buffer.concat([before, SNIPPETS[Math.floor(draw() * SNIPPETS.length)]!, after]);
    else if (kind === 2)
      result = Buffer.concat([before, Buffer.from(other).subarray(Math.floor(draw() * other.length)), after]);
    else if (kind === 3) result = Buffer.from(before);
    else if (kind === 4) result = Buffer.concat([before, after.subarray(0, length), after]);
    else if (kind === 5) result = Buffer.concat([after, before]);
    else if (kind === 6)
      result = Buffer.from(
        result
          .toString('latin1')
          .replace(/\d+/g, (digits) => (draw() < 0.05 ? '9'.repeat(1 + Math.floor(draw() * 30)) : digits)),
        'latin1',
      );
    else if (result.length > 0) {
      result = Buffer.from(result);
      for (let i = 0; i < 4; i++) result[Math.floor(draw() * result.length)] = Math.floor(draw() * 256);
    }
  }
  return new Uint8Array(result.subarray(0, 400_000));
}
