import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { KeyedHash } from '../core/redact/pseudonyms.ts';

const KEY_BYTES = 32;
/** A shorter key could be found by trying. */
const KEY_BYTES_MIN = 16;

/** HMAC-SHA-256 by the bytes of a file, or by random bytes that are forgotten with the run. */
export function createKeyedHash(keyFile: string | null): KeyedHash {
  const key = keyFile === null ? randomBytes(KEY_BYTES) : readFileSync(keyFile);
  if (key.length < KEY_BYTES_MIN)
    throw new RangeError(`${keyFile}: a key has at least ${KEY_BYTES_MIN} bytes; head -c 32 /dev/urandom makes one`);
  return (text) => createHmac('sha256', key).update(text, 'latin1').digest();
}
