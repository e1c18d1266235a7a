import { describe, expect, it } from 'vitest';
import { countsCarriageReturns, LineSplitter, type LineSplitterOptions } from '../../../src/core/bytes/lines.ts';
import { bytesOf, textOf } from '../../../src/core/bytes/text.ts';

function split(text: string, chunkBytes = text.length, options: LineSplitterOptions = {}) {
  const pieces: string[] = [];
  const splitter = new LineSplitter(
    { line: (bytes, start, end, line) => pieces.push(`${line}:${textOf(bytes, start, end)}`) },
    options,
  );
  const bytes = bytesOf(text);
  // One buffer for all chunks, overwritten each time: what a reader of files does.
  const chunk = new Uint8Array(Math.max(chunkBytes, 1));
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const length = Math.min(chunkBytes, bytes.length - at);
    chunk.fill(0x2a).set(bytes.subarray(at, at + length));
    splitter.push(chunk.subarray(0, length));
  }
  splitter.end();
  return { pieces, lines: splitter.lines, droppedBytes: splitter.droppedBytes };
}

describe('LineSplitter', () => {
  it.each([
    ['LF', 'a\nb\n', ['1:a', '2:b'], 2],
    ['CR LF', 'a\r\nb\r\n', ['1:a', '2:b'], 2],
    ['CR CR LF', 'a\r\r\nb\r\r\n', ['1:a', '2:b'], 2],
    ['a missing end', 'a\nb', ['1:a', '2:b'], 2],
    ['a missing end after CR', 'a\nb\r', ['1:a', '2:b'], 2],
    ['blank lines', 'a\n\n\r\n\nb', ['1:a', '2:', '3:', '4:', '5:b'], 5],
    ['progress meters', 'a\r 0 1\r 0 2\n\r 0 3\r\nb\n', ['1:a', '1: 0 1', '1: 0 2', '2: 0 3', '3:b'], 3],
    ['NULs', 'a\0b\n', ['1:a\0b'], 1],
    ['nothing', '', [], 0],
  ])('splits %s the same way however it is chunked', (_, text, pieces, lines) => {
    for (const chunkBytes of [1, 2, 3, 5, 100]) {
      expect(split(text, chunkBytes)).toEqual({ pieces, lines, droppedBytes: 0 });
    }
  });

  it('counts carriage returns only where there is no line feed', () => {
    expect(countsCarriageReturns(bytesOf('a\rb\r'))).toBe(true);
    expect(countsCarriageReturns(bytesOf('a\rb\n'))).toBe(false);
    expect(countsCarriageReturns(bytesOf('one line'))).toBe(false);
    expect(split('a\r\rb\rc', 2, { countCarriageReturns: true }).pieces).toEqual(['1:a', '2:', '3:b', '4:c']);
  });

  it('cuts an overlong piece, counts what it drops, and reads on', () => {
    for (const chunkBytes of [1, 3, 7, 100]) {
      const result = split('0123456789\nab\r0123456\rc\n', chunkBytes, { lineBytes: 4 });
      expect(result.pieces).toEqual(['1:0123', '2:ab', '2:0123', '2:c']);
      expect(result.droppedBytes).toBe(9);
    }
  });

  it('goes on counting from a first line', () => {
    expect(split('a\nb', 9, { firstLine: 41 }).pieces).toEqual(['41:a', '42:b']);
  });
});
