import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Analysis } from '../core/analysis.ts';
import { bytesOfString } from '../core/bytes/byte-string.ts';
import { createTranscoder } from '../core/bytes/encoding.ts';
import { Redactor } from '../core/redact/redactor.ts';
import { plainSession } from '../exporters/plain.ts';
import type { Source } from './data/messages.ts';
import { readSource } from './read-source.ts';

/** A redactor whose pseudonyms depend on the key. */
export function createRedactor(key: Uint8Array): Redactor {
  return new Redactor({ hash: (text) => hmac(sha256, key, bytesOfString(text)) });
}

/** Writes a copy of one source that can be shared, as UTF-8; names have the same pseudonyms in the copies of the others. */
export async function copyRedacted(
  sources: readonly Source[],
  wanted: number,
  key: Uint8Array,
  write: (bytes: Uint8Array) => void,
): Promise<void> {
  const redactor = createRedactor(key);
  const sink = {
    session: (session: Parameters<typeof plainSession>[0]) => redactor.learn(plainSession(session)),
    end: () => undefined,
  };
  const analysis = new Analysis({ filter: { only: [] } }, sink);
  for (const source of sources) await readSource(source, analysis);
  const input = analysis.end().inputs[wanted]!;
  if (input.transcripts.length === 0) throw new Error(`${input.path}: ${input.error}`);
  const copy = redactor.begin(
    write,
    input.transcripts.flatMap(({ repairs }) => repairs),
  );
  const transcoder = createTranscoder(input.encoding);
  await readSource(sources[wanted]!, {
    open: () => undefined,
    push(chunk) {
      copy.push(transcoder.push(chunk));
      return true;
    },
    close() {
      copy.push(transcoder.end());
      copy.end();
    },
  });
}
