/** 32-bit FNV-1a of `bytes[start, end)`: tells texts apart without making strings of them. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash;
}

/** The same of ASCII letters and digits only, regardless of case: equal for texts that differ in layout. */
export function hashOfWords(bytes: Uint8Array, start: number, end: number, hash = 0x811c9dc5): number {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    const letter = byte & 0xdf;
    if ((letter >= 65 && letter <= 90) || (byte >= 48 && byte <= 57))
      hash = Math.imul(hash ^ (letter >= 65 ? letter : byte), 0x01000193);
  }
  return hash;
}
