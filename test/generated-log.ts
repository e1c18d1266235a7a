import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
// @ts-expect-error plain JavaScript
import { generateLog } from './bench/generate.mjs';

/** An invented log of the server generation `format`, the same for the same seed. */
export function generatedLog(wishes: { lines: number; format: string; seed: number }): Uint8Array {
  const folder = mkdtempSync(path.join(tmpdir(), 'ftplens-'));
  try {
    const log = path.join(folder, 'log');
    generateLog(log, wishes);
    return new Uint8Array(readFileSync(log));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
