/** How an input's bytes are compressed. */
export type Compression = 'gzip' | 'zstd';

const MAGIC: readonly (readonly [Compression, readonly number[]])[] = [
  // RFC 1952 section 2.3.1; the third byte is the only method there is.
  ['gzip', [0x1f, 0x8b, 0x08]],
  // RFC 8878 section 3.1.1.
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];

/** The compression that the first bytes of an input show; names are not asked, because logs are renamed. */
export function compressionOf(head: Uint8Array): Compression | null {
  return MAGIC.find(([, magic]) => magic.every((byte, i) => head[i] === byte))?.[0] ?? null;
}
