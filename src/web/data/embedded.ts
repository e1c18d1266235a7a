/** What was in the page when it was opened. */
export interface Embedded {
  /** JSON of the report; empty in a page without one. */
  readonly text: string;
  /** The page as it was, without a report: reports that are saved are made of it. */
  readonly page: string;
}

/** Takes the report out of the page. To be called once, before anything is drawn. */
export function takeEmbedded(): Embedded {
  const place = document.getElementById('report')!;
  const text = place.textContent!.trim();
  place.replaceChildren();
  const page = document.documentElement.cloneNode(true) as HTMLElement;
  // What boot put in is in the file already, compressed.
  for (const added of page.querySelectorAll('head > script, head > style')) added.remove();
  return { text, page: `<!doctype html>\n${page.outerHTML}\n` };
}
