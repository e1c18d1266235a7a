/**
 * Characters that would act instead of being seen: C0 and C1 controls, DEL, and the marks that reorder or hide text (bidi
 * controls, line and paragraph separators, byte order mark).
 */
const ACTIVE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
const ACTIVE_ALL = new RegExp(ACTIVE, 'g');
const ACTIVE_BUT_LINE_FEED =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const NAMED: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** The text on one line with each acting character shown as an escape: `\x1b`, `\n`, `\u202e`. */
export function escapeControls(text: string): string {
  return ACTIVE.test(text) ? text.replace(ACTIVE_ALL, escapeCharacter) : text;
}

/** As {@link escapeControls}, but the lines of a multi-line text stay lines. */
export function escapeControlsInLines(text: string): string {
  return ACTIVE.test(text) ? text.replace(ACTIVE_BUT_LINE_FEED, escapeCharacter) : text;
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code > 0xff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return NAMED[character] ?? `\\x${code.toString(16).padStart(2, '0')}`;
}

/** JSON of a plain value in which the acting characters that JSON leaves alone are escaped too. */
export function stringifyJson(value: unknown): string {
  const json = JSON.stringify(value);
  return ACTIVE.test(json)
    ? json.replace(ACTIVE_ALL, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : json;
}
