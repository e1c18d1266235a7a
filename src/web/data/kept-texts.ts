import type { Source } from './messages.ts';

const KEY = 'ftplens.texts';
/** Characters that are kept; browsers hold about five million. */
const KEPT_MAX = 2_000_000;

/**
 * Keeps pasted texts until the tab is closed, so that they survive a reload. Files are not kept. Nothing is kept where the
 * browser does not allow it.
 */
export async function keepTexts(sources: readonly Source[]): Promise<void> {
  try {
    const isText = sources.every(({ blob }) => !(blob instanceof File) && blob.size <= KEPT_MAX);
    if (!isText) return sessionStorage.removeItem(KEY);
    const texts = await Promise.all(sources.map(async ({ name, blob }) => ({ name, text: await blob.text() })));
    sessionStorage.setItem(KEY, JSON.stringify(texts));
  } catch {
    forgetTexts();
  }
}

/** Texts kept before a reload, or none. */
export function keptTexts(): readonly Source[] {
  try {
    const texts: { name: string; text: string }[] = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return texts.map(({ name, text }) => sourceOf(name, text));
  } catch {
    return [];
  }
}

/** Forgets what was kept. */
export function forgetTexts(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept where nothing may be.
  }
}

/** A pasted text as a source. */
export function sourceOf(name: string, text: string): Source {
  return { name, blob: new Blob([text], { type: 'text/plain' }) };
}
