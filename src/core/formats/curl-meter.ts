/**
 * The progress meter of curl. It shares its lines with everything else: a row has no line end, so the next text stands
 * right behind it (`--:--:--     0< 331 …`).
 */

const NUMBER = String.raw`(?:\d+(?:\.\d+)?[kKMGTP]?|--)`;
const TIME = String.raw`(?:--:--:--|\d+:\d\d:\d\d|\d+:\d\d|\d+d(?: ?\d\dh)?)`;
/** The last column, which may touch the time of the next text: `0` and `05:06:13.432843` in `005:06:13.432843`. */
const SPEED = String.raw`(?:\d[\d.]*?(?=\d\d:\d\d:\d\d\.\d{6} )|\d[\d.]*[kKMGTP]?)?`;

/** A row: percentages, sizes, speeds; times, which since 8.18 are blank while they are unknown; the current speed. */
const ROW = new RegExp(
  String.raw`^\s*(?:(?:${NUMBER}\s+){4,10}(?:${TIME}(?:\s+|$)){1,3}|(?:${NUMBER}\s+){8})${SPEED}\s*`,
);
/** The two lines of headers, and the one of parallel transfers (7.66+); what follows on their line is theirs. */
const HEADER = /^\s*(?:% Total\s+% Received\b|Dload\s+Upload\s+Total\s+Spent\b|Dload\s+Upload\s+Speed$)/;
const PARALLEL_HEADER = /^\s*DL% UL%\s+Dled\s+Uled\b/;
/** The bar of `-#`, and what flies to and fro while the size is unknown. */
const BAR = /^[ #=O-]*#[ #=O-]*(?:\d{1,3}\.\d%)?\s*/;

/** How much of `text`, from its start, is meter: a row, a header line or a bar. 0 if it does not begin with one. */
export function meterLength(text: string): number {
  if (HEADER.test(text) || PARALLEL_HEADER.test(text)) return text.length;
  return (ROW.exec(text) ?? BAR.exec(text))?.[0].length ?? 0;
}

/** Whether `text` is the header of the meter for parallel transfers. */
export function isParallelHeader(text: string): boolean {
  return PARALLEL_HEADER.test(text);
}
