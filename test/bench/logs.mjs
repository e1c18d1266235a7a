/** The logs that are measured, made once for the same wishes and kept in a folder that git does not see. */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { generateLog } from './generate.mjs';

export const FOLDER = '.bench';
const SPLIT_LINES = 1000;

/** Another generator makes other logs. */
const edition = createHash('sha256')
  .update(['generate', 'dialogue', 'words'].map((name) => readFileSync(new URL(`${name}.mjs`, import.meta.url))).join())
  .digest('hex')
  .slice(0, 8);

/** A log with its truth, its name and its size. */
export function logOf({ lines, format = '0.9', ends = 'usual', crlf, seed }) {
  const name = [format, lines, ends, seed, crlf ? 'crlf' : 'lf', edition].join('-');
  const file = path.join(FOLDER, `${name}.log`);
  const known = `${file}.truth.json`;
  if (!existsSync(known)) {
    mkdirSync(FOLDER, { recursive: true });
    const truth = generateLog(file, { lines, format, ends, crlf, seed });
    writeFileSync(known, JSON.stringify(truth));
  }
  return { path: file, format, truth: JSON.parse(readFileSync(known, 'utf8')), bytes: statSync(file).size };
}

/** The same log, compressed. */
export async function gzipOf(log) {
  const file = `${log.path}.gz`;
  if (!existsSync(file)) {
    await pipeline(createReadStream(log.path), createGzip(), createWriteStream(`${file}.part`));
    renameSync(`${file}.part`, file);
  }
  return { ...log, path: file };
}

/** A folder with the same log in files of a thousand lines; sessions are cut at their ends, so that nothing is known of its totals. */
export function filesOf(log) {
  const folder = `${log.path}.d`;
  if (!existsSync(folder)) {
    mkdirSync(folder);
    const lines = readFileSync(log.path, 'utf8').split(/(?<=\n)/);
    for (let at = 0; at < lines.length; at += SPLIT_LINES) {
      const name = `server-${String(at / SPLIT_LINES).padStart(5, '0')}.txt`;
      writeFileSync(path.join(folder, name), lines.slice(at, at + SPLIT_LINES).join(''));
    }
  }
  return { ...log, path: folder, truth: null };
}
