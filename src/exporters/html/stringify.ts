import { escapeControlsInLines } from '../printable.ts';

/** What escapes and characters in JSON may stand for an acting character. */
const MAY_ACT = /\\[btrfu]|[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/**
 * JSON of a plain value for the page: acting characters in its texts are escaped for good, so that whoever shows them need not
 * think of it, and nothing in it can end a script element.
 */
export function stringifyForPage(value: unknown): string {
  const json = JSON.stringify(value);
  const shown = MAY_ACT.test(json) ? JSON.stringify(value, showControls) : json;
  return shown.replaceAll('<', '\\u003c');
}

function showControls(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? escapeControlsInLines(value) : value;
}
