/** What posters put in place of the lines that they left out: `...`, `[snip]`, `<lines removed>`. */
const ELISION =
  /^\s*(?:[-*_=#>.…\s]*[[(<{*-]+\s*)?(?:\.{2,}|…|(?:lots of |many |some |more )?(?:lines? )?(?:snip(?:ped)?|cut|omitted|removed|deleted|truncated|skipped|elided)(?: lines?| here| for brevity)?)(?:\s*[\])>}*-]+[-*_=#<.…\s]*)?\s*$/i;

/** Whether the line says that lines were left out. */
export function isElision(text: string): boolean {
  return text.length < 80 && ELISION.test(text);
}
