import fc from 'fast-check';
import { it } from 'vitest';
import { ReplacementCounter } from '../../../src/core/bytes/replacements.ts';

function countIn(bytes: Uint8Array, pieceBytes = bytes.length): number {
  const counter = new ReplacementCounter();
  for (let at = 0; at < bytes.length; at += Math.max(1, pieceBytes))
    counter.push(bytes.subarray(at, at + Math.max(1, pieceBytes)));
  counter.end();
  return counter.count;
}

it('counts as many characters as a decoder replaces, however the text is cut', () => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => new TextEncoder().encode(text)),
    fc.constantFrom([0xef, 0xbf, 0xbd], [0xe0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90], [0xc3], [0xf0, 0x9f, 0x98]),
  );
  const texts = fc
    .array(piece, { maxLength: 12 })
    .map((pieces) => new Uint8Array(pieces.flatMap((bytes) => [...bytes])));
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 3 }), (bytes, pieceBytes, offset) => {
      const shown = [...decoder.decode(bytes)].filter((character) => character === '\ufffd').length;
      const shifted = new Uint8Array([...new Array(offset).fill(0xff), ...bytes]).subarray(offset);
      return countIn(bytes) === shown && countIn(bytes, pieceBytes) === shown && countIn(shifted) === shown;
    }),
    { numRuns: 2_000 },
  );
});
