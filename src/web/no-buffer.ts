/**
 * Stands in for Node's Buffer: csv-stringify only asks whether its options are some. Its build for browsers answers with a
 * whole Buffer of 22 kB.
 */
export const Buffer = {
  isBuffer: (_value: unknown): boolean => false,
  from: (bytes: readonly number[]): Uint8Array => Uint8Array.from(bytes),
};
