/** How cells look, in the order of their numbers in the workbook, from 1; 0 is a cell without a style. `fineTime`: with milliseconds. */
export const STYLES = ['title', 'header', 'plain', 'quantity', 'fraction', 'time', 'fineTime'] as const;
export type Style = (typeof STYLES)[number];

/** `A`, `B`, …, `AA` for a column, from 0. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}
