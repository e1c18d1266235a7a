import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../src/core/bytes/text.ts';
import { formats } from '../../../src/core/formats/index.ts';
import { restore } from '../../../src/core/repair/index.ts';
import { describeSegment, fixture, linesOf, restoreText, textOfPiece } from './texts.ts';

const filled = (texts: string[]) => texts.filter((text) => text.trim() !== '');

describe('restore', () => {
  it.each([
    ['server.log', 'server.log', 'filezilla-server-0.9 1-15 []'],
    ['markdown-escaped.txt', 'server.log', 'filezilla-server-0.9 1-15 [markdown, trailing-blanks, indent]'],
    ['mail-quoted-wrapped.txt', 'server.log', 'filezilla-server-0.9 6-34 [quote-prefix, wrapped-lines]'],
    ['question.html', 'client.txt', 'curl-verbose 2-37 [html]'],
    ['report.json', 'client.txt', 'curl-verbose 1-1 [json-escapes]'],
    ['forum-bbcode.txt', 'window.txt', 'filezilla-client 5-22 [bbcode]'],
    ['docker.txt', 'client.txt', 'curl-verbose 1-36 [foreign-prefix]'],
    ['terminal-80.txt', 'server.log', 'filezilla-server-0.9 1-26 [wrapped-lines]'],
    ['powershell.txt', 'client.txt', 'curl-verbose 1-42 [powershell]'],
    ['grep.txt', 'server.log', 'filezilla-server-0.9 1-15 [line-numbers]'],
    ['twice.txt', 'window.txt', 'filezilla-client 1-35 [duplicates]'],
  ])('gives back the lines of %s', (name, original, segment) => {
    const { segments } = restore(fixture(name), formats);
    expect(segments.map(describeSegment)).toEqual([segment]);
    expect(filled(segments[0]!.pieces.map(textOfPiece))).toEqual(linesOf(original));
    expect(segments[0]!.confidence).toBe(1);
  });

  it('finds the client and the server side in a text that lost its line breaks, and none of the prose', () => {
    const { segments } = restore(fixture('joined.txt'), formats);
    expect(segments.map(describeSegment)).toEqual([
      'curl-verbose 2-2 [joined-lines]',
      'filezilla-server-0.9 4-4 [joined-lines]',
    ]);
    expect(segments[0]!.pieces.map(textOfPiece)).toEqual(linesOf('client.txt'));
    expect(segments[1]!.pieces.map(textOfPiece)).toEqual(linesOf('server.log'));
  });

  it('finds the transcripts of an issue between fences and prose, and notes what was left out', () => {
    const { segments } = restore(fixture('issue.md'), formats);
    expect(segments.map(describeSegment)).toEqual([
      'filezilla-client 10-26 [elision]',
      'filezilla-server-0.9 34-48 []',
    ]);
    const window = linesOf('window.txt');
    expect(segments[0]!.pieces.map(textOfPiece)).toEqual([...window.slice(0, 10), ...window.slice(12)]);
  });

  it('reads a first line that alone is quoted, and keeps what a word processor made of the others', () => {
    const [segment] = restore(fixture('word-processor.txt'), formats).segments;
    expect(describeSegment(segment!)).toBe('filezilla-client 1-18 [quote-prefix]');
    expect(textOfPiece(segment!.pieces[0]!)).toBe('Status:\tResolving address of ftp.quarry.example');
    expect(textOfPiece(segment!.pieces[9]!)).toBe('Response:\t257 “/” is current directory.');
  });

  it('reads a first line behind what introduces it', () => {
    const lines = linesOf('client.txt');
    const [segment] = restoreText(`Log of today: ${lines.join('\n')}`);
    expect(segment!.pieces.map(textOfPiece)).toEqual(lines);
  });

  it('takes no prose for a transcript, and tells how much the formats read of it', () => {
    const { segments, shares } = restore(fixture('prose.txt'), formats);
    expect(segments).toEqual([]);
    expect(shares).toHaveLength(formats.length);
    expect(shares[0]!.share).toBeGreaterThanOrEqual(shares[1]!.share);
    expect(shares[0]!.share).toBeLessThan(0.5);
  });

  it('keeps foreign lines within a transcript for the scanner to refuse', () => {
    const lines = linesOf('client.txt');
    const text = [...lines.slice(0, 12), 'unique: 1, opcode: INIT', 'flags=0x003', ...lines.slice(12)].join('\n');
    const [segment] = restoreText(text);
    expect(segment!.pieces).toHaveLength(lines.length + 2);
    expect(segment!.confidence).toBeCloseTo(lines.length / (lines.length + 2));
  });

  it('leaves alone what a format reads as it is', () => {
    // Inner lines of FEAT look like indented commands, an escape belongs to the path, and so does the curly quote.
    const lines = [
      ...linesOf('client.txt').slice(0, 8),
      '> FEAT',
      '< 211-Features:',
      '<  EPRT',
      '<  EPSV',
      '<  SIZE',
      '< 211 End',
      '> RETR C:\\_new\\r\\n\\it’s.txt',
      '< 550 No such file',
    ];
    const [segment] = restoreText(lines.join('\n'));
    expect(segment!.repairs).toEqual([]);
    expect(segment!.pieces.map(textOfPiece)).toEqual(lines);
  });

  it('never throws, whatever the bytes', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return seed >>> 16;
    };
    const parts = [
      '> ',
      '< 220-',
      '&lt;',
      '\\n',
      '"',
      '[/code]',
      '`',
      '\n',
      '\r',
      '* ',
      '(000001) ',
      'USER a',
      '|',
      '\0',
      '+ CategoryInfo : ',
    ];
    for (let run = 0; run < 30; run++) {
      const text = Array.from({ length: 200 }, () => parts[random() % parts.length]).join('');
      const bytes = run % 2 === 0 ? bytesOf(text) : Uint8Array.from({ length: 2000 }, () => random() & 0xff);
      expect(() => restore(bytes, formats)).not.toThrow();
    }
    expect(restore(new Uint8Array(0), formats).segments).toEqual([]);
  });

  it('takes time in proportion to the length of a line', () => {
    const measure = (text: string) => {
      const began = performance.now();
      restoreText(text);
      return performance.now() - began;
    };
    for (const part of ['[x](', '<a ', '","', '\\n', '`', ' ', '[b']) {
      measure(`a${part.repeat(500)}`);
      const small = measure(`a${part.repeat(5_000)}a`);
      // Ten times the length may take ten times as long, with room for a busy machine; a square would be a hundred.
      expect(measure(`a${part.repeat(50_000)}a`), part).toBeLessThan(small * 50 + 500);
    }
  });
});
