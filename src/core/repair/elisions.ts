/** Words for what was left out. */
const WORDS = '(?:snip(?:ped)?|cut|omitted|removed|deleted|truncated|skipped|elided)';
/** `...`, or words, in any marks: `[...]`, `<snip>`, `--- lines removed ---`. */
const ELISION = new RegExp(
  String.raw`^[-*_=#>.…\s[(<{]*(?:\.{2,}|…|(?:lots of |many |some |more )?(?:lines? )?${WORDS}` +
    String.raw`(?: lines?| here| for brevity)?)[-*_=#<>.…\s\])}]*$`,
  'i',
);
/** No longer line is one. */
const LENGTH_MAX = 80;

/** Whether the line is what posters put in place of the lines that they left out. */
export function isElision(text: string): boolean {
  return text.length < LENGTH_MAX && ELISION.test(text);
}
