import { createHmac } from 'node:crypto';
import type { Keepable } from '../../../src/core/redact/pseudonyms.ts';
import { Redactor } from '../../../src/core/redact/redactor.ts';
import { analyse } from '../../../src/index.ts';

/** A redactor whose pseudonyms are the same in every run of the tests. */
export function makeRedactor(key = 'k', keep: readonly Keepable[] = [], isKeyed = false): Redactor {
  return new Redactor({ hash: (text) => createHmac('sha256', key).update(text, 'latin1').digest(), keep, isKeyed });
}

/** The redacted copy of a whole transcript. */
export function redactBytes(bytes: Uint8Array, redactor = makeRedactor(), chunkBytes = bytes.length): Uint8Array {
  const { sessions, inputs } = analyse([{ path: 'a.log', bytes }]);
  for (const session of sessions) redactor.learn(session);
  const pieces: Uint8Array[] = [];
  const repairs = inputs[0]!.transcripts.flatMap((transcript) => transcript.repairs);
  const rewriting = redactor.begin((piece) => pieces.push(piece), repairs);
  for (let at = 0; at < bytes.length; at += chunkBytes) rewriting.push(bytes.subarray(at, at + chunkBytes));
  rewriting.end();
  return new Uint8Array(Buffer.concat(pieces));
}
