import { describe, expect, it } from 'vitest';
import { createTranscoder, detectEncoding, isKnownEncoding } from '../../../src/core/bytes/encoding.ts';
import { bytesOf, textOf } from '../../../src/core/bytes/text.ts';

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...bytesOf(part)] : part)));
const utf16 = (text: string, bigEndian = false) =>
  Uint8Array.from(
    [...text].flatMap((c) =>
      bigEndian ? [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255] : [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8],
    ),
  );

function transcode(label: string, input: Uint8Array, chunkBytes: number): string {
  const transcoder = createTranscoder(label);
  const out: number[] = [];
  for (let at = 0; at < input.length; at += chunkBytes)
    out.push(...transcoder.push(input.subarray(at, at + chunkBytes)));
  out.push(...transcoder.end());
  return textOf(Uint8Array.from(out), 0, out.length);
}

describe('detectEncoding', () => {
  it.each([
    ['plain ASCII', bytes('220 ready\r\n'), 'utf-8', 'assumed'],
    ['UTF-8', bytes('Auflösen der Adresse'), 'utf-8', 'pattern'],
    ['a UTF-8 mark', bytes([0xef, 0xbb, 0xbf], '220 ready'), 'utf-8', 'bom'],
    ['a UTF-16LE mark', bytes([0xff, 0xfe], '2\0'), 'utf-16le', 'bom'],
    ['a UTF-16BE mark', bytes([0xfe, 0xff], '\x002'), 'utf-16be', 'bom'],
    ['UTF-16LE without mark', utf16('< 220 Bonjour à tous\r\n'), 'utf-16le', 'pattern'],
    ['UTF-16BE without mark', utf16('< 220 Bonjour à tous\r\n', true), 'utf-16be', 'pattern'],
    ['NULs in binary data', bytes('150 ok\n\0\0\0\0\0\0\0\0\0\0\0\0'), 'utf-8', 'assumed'],
    [
      'French in 1252',
      bytes('331 Mot de passe exig', [0xe9], ', r', [0xe9], 'pertoire ', [0xe0], ' cr', [0xe9], 'er'),
      'windows-1252',
      'pattern',
    ],
    [
      'German in 1252',
      bytes('Verbindung f', [0xfc], 'r M', [0xfc], 'ller geschlo', [0xdf], 'en'),
      'windows-1252',
      'pattern',
    ],
    [
      'Russian in 1251',
      bytes([0xcf, 0xe0, 0xf0, 0xee, 0xeb, 0xfc], ' ', [0xed, 0xe5, 0xe2, 0xe5, 0xf0, 0xe5, 0xed]),
      'windows-1251',
      'pattern',
    ],
    [
      'Japanese in 932',
      bytes('257 "/', [0x83, 0x65, 0x83, 0x58, 0x83, 0x67], '" ', [0x82, 0xc5, 0x82, 0xb7], '.'),
      'shift_jis',
      'pattern',
    ],
    [
      'Chinese in 936',
      bytes('550 ', [0xce, 0xc4, 0xbc, 0xfe, 0xb2, 0xbb, 0xb4, 0xe6, 0xd4, 0xda], '\r\n'),
      'gbk',
      'pattern',
    ],
    ['one broken byte in UTF-8', bytes('für Müller ', [0xff], ' x'), 'utf-8', 'pattern'],
    ['bytes of no language', bytes([0x81, 0xfe, 0x90, 0x20, 0x8d, 0x9d, 0xff, 0x31, 0x80, 0x31]), 'utf-8', 'assumed'],
  ])('sees %s', (_, head, label, basis) => {
    expect(detectEncoding(head)).toEqual({ label, basis });
  });
});

describe('createTranscoder', () => {
  it('hands UTF-8 on as it is', () => {
    const chunk = bytes('220 ready');
    expect(createTranscoder('UTF-8').push(chunk)).toBe(chunk);
  });

  it.each([1, 2, 3, 4, 100])('strips the mark of UTF-8, and nothing else, in chunks of %i', (chunkBytes) => {
    expect(transcode('utf-8', bytes([0xef, 0xbb, 0xbf], 'a', [0xef, 0xbb, 0xbf]), chunkBytes)).toBe('a\ufeff');
    expect(transcode('utf-8', bytes([0xef, 0xbb], 'a'), chunkBytes)).toBe('\ufffda');
    expect(transcode('utf-8', bytes([0xef]), chunkBytes)).toBe('\ufffd');
    expect(transcode('utf-8', bytes('ïx'), chunkBytes)).toBe('ïx');
  });

  it.each([1, 3, 100])('decodes characters that chunks of %i bytes cut', (chunkBytes) => {
    expect(transcode('utf-16le', bytes([0xff, 0xfe], [...utf16('für ')]), chunkBytes)).toBe('für ');
    expect(transcode('gbk', bytes([0xce, 0xc4, 0xbc, 0xfe]), chunkBytes)).toBe('文件');
    expect(transcode('shift_jis', bytes([0x83, 0x65, 0x83]), chunkBytes)).toBe('テ\ufffd');
    expect(transcode('windows-1251', bytes([0xcf, 0xe0]), chunkBytes)).toBe('Па');
  });

  it('knows which encodings the host can decode', () => {
    expect(isKnownEncoding('windows-1252')).toBe(true);
    expect(isKnownEncoding('ebcdic-37')).toBe(false);
  });
});
