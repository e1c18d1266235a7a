import { bytesOf } from '../../src/core/bytes/text.ts';
import { redactBytes } from '../core/redact/redacted.ts';
import { outputKinds, writeAll } from './written.ts';

/** What must never reach a terminal or an editor as it is. Tabs and line ends are the outputs' own. */
const ACTIVE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
const TEXTS = /^(?:text|table|csv|tsv|ladder|markdown|html|sarif|junit)\b/;

/** How long a transcript of a megabyte may take, on a slow machine; per transcript at least `base`. */
const MS_PER_MEGABYTE = 20_000;
const BASE_MS = 30_000;

/**
 * Reads bytes in chunks into every output and redacts them; returns what is wrong with it, or null. Promised is that nothing
 * throws, nothing hangs, no control byte is printed, and lines are counted as `grep -c` does.
 */
export async function brokenPromise(
  bytes: Uint8Array,
  chunkBytes = bytes.length,
  kinds = outputKinds,
): Promise<string | null> {
  const startedAt = performance.now();
  try {
    const written = await writeAll(bytes, kinds, {}, chunkBytes);
    for (const [output, text] of written) {
      if (!TEXTS.test(output)) continue;
      const found = ACTIVE.exec(text);
      if (found !== null)
        return `${output} prints ${JSON.stringify(text.substring(found.index - 40, found.index + 20))}`;
    }
    const json = written.get('json report');
    if (json !== undefined) JSON.parse(json);
    redactBytes(bytes);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const tookMs = performance.now() - startedAt;
  const allowedMs = BASE_MS + (bytes.length / 2 ** 20) * MS_PER_MEGABYTE * 3;
  return tookMs > allowedMs ? `took ${Math.round(tookMs)} ms for ${bytes.length} bytes` : null;
}

/** Bytes of a text, one byte a character. */
export function latin1(text: string): Uint8Array {
  return /[^\x00-\xff]/.test(text) ? bytesOf(text) : new Uint8Array(Buffer.from(text, 'latin1'));
}
