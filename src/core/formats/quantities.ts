/** Byte counts as programs round and localise them for people. */

/** A number of bytes that a sentence names. */
export interface Quantity {
  readonly bytes: number;
  /** False where the number was rounded to a larger unit. */
  readonly exact: boolean;
}

/** Digits in groups of three (`4.980.736`, `4 980 736` with any blank), or a plain or decimal number; then a unit. */
const NUMBER = /(\d{1,3}(?:[.,'\u2019\s]\d{3})+(?![\d])|\d+(?:[.,]\d+)?)\s{0,2}([^\s\d.,;:()]{0,14})/gu;
const SECONDS = /^(?:s$|s[eé][ck]|sn$|сек|с$|δευτ|秒|초|saniye|giây|detik|másodperc|mp$|วินาที|ثانية|שני|dakika|minut)/iu;
/** Binary units of FileZilla (`KiB`, `Kio`, `КиБ`) and of programs that print K, M, G for 1024. */
const UNIT = /^([KMGTКМГТ])(?:i?[bo]?|и?б|i?bytes?|i?octets?)?(?:\/s)?$/iu;
const POWERS: Readonly<Record<string, number>> = { K: 1, M: 2, G: 3, T: 4, К: 1, М: 2, Г: 3, Т: 4 };

/** The byte count in a sentence that names one and a time (`transferred 57.3 MiB in 1 second`), null if none is there. */
export function quantityIn(sentence: string): Quantity | null {
  for (const [, digits, unit] of sentence.matchAll(NUMBER)) {
    if (SECONDS.test(unit!)) continue;
    return quantityOf(digits!, unit!);
  }
  return null;
}

/** How many separate numbers a sentence has, groups of digits counted as one. */
export function countNumbers(sentence: string): number {
  let count = 0;
  for (const _ of sentence.matchAll(NUMBER)) count++;
  return count;
}

/** `12,345` `bytes`, `57.3` `MiB`: a number as printed, and its unit. */
function quantityOf(digits: string, unit: string): Quantity {
  const scaled = UNIT.exec(unit);
  if (scaled !== null) {
    const power = POWERS[scaled[1]!.toUpperCase()] ?? 0;
    // KB and MB mean 1000 in FileZilla's SI setting and 1024 elsewhere; the number is rounded anyway.
    return { bytes: Math.round(Number(digits.replace(',', '.').replace(/\s/gu, '')) * 1024 ** power), exact: false };
  }
  const bytes = Number(digits.replace(/[.,'\u2019\s]/gu, ''));
  return { bytes, exact: true };
}
