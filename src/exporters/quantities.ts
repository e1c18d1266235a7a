const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** A size for people, in powers of 1,000: `812 bytes`, `77.2 MB`. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1_000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let value = bytes;
  let unit = -1;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${value < 99.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
